//! `aliexpress.ds.member.benefit.get`: what the dropshipper's membership gives. It takes no parameters and costs nothing,
//! which makes it the call to find out whether an access token is alive.

use crate::envelope::{self, Reply};
use crate::error::{Class, Error, Result};
use crate::fields::Fields;
use crate::session::Session;

/// The method of this module.
pub const METHOD: &str = "aliexpress.ds.member.benefit.get";

/// One benefit of the membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benefit {
    /// Such as `auto-pay`.
    pub code: String,
    /// In words.
    pub title: Option<String>,
    /// Whether the buyer can apply for it.
    pub can_apply: bool,
    /// Whether the buyer has it.
    pub has_it: bool,
}

impl Session {
    /// The benefits of the account; an empty list is a good answer too.
    ///
    /// # Errors
    /// `Token` when the access token is refused.
    pub async fn member_benefit(&self) -> Result<Vec<Benefit>> {
        read(METHOD, &self.business(METHOD, []).await?)
    }
}

pub(crate) fn read(api: &str, reply: &Reply) -> Result<Vec<Benefit>> {
    envelope::check_status(api, reply)?;
    let body = Fields(&reply.body);
    // Without this any JSON at all would pass for a living token.
    if body.get("result").0.is_null() && body.text("rsp_code").is_none() {
        return Err(Error::new(
            Class::Answer,
            "the answer has neither result nor rsp_code",
        ));
    }
    let benefits = body.list("result").filter_map(|benefit| {
        Some(Benefit {
            code: benefit.text("code")?,
            title: benefit.text("title"),
            can_apply: benefit.flag("canApply").unwrap_or(false),
            has_it: benefit.flag("canBenefit").unwrap_or(false),
        })
    });
    Ok(benefits.collect())
}
