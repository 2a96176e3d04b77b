//! The suppliers as the rest of the core knows them: one error, one pair of tokens, products and orders of one shape.
//!
//! Each supplier's own words are translated in its file and nowhere else. Not here: when to renew (tokens), what to
//! fetch next (sync).

pub(crate) mod aliexpress;
pub(crate) mod cj;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

/// Tokens as either supplier gives them.
pub(crate) struct Pair {
    /// Goes with every call.
    pub access: SecretString,
    /// Buys the next pair; absent when the old one stays good.
    pub refresh: Option<SecretString>,
    /// When the access token ends, as the supplier said.
    pub access_expires_at: Option<Timestamp>,
    /// When the refresh token ends, as the supplier said.
    pub refresh_expires_at: Option<Timestamp>,
    /// Whether the supplier will take the refresh token at all.
    pub refreshable: bool,
    /// AliExpress: what the lifetimes say about the app, when they say anything.
    pub app_status: Option<crate::views::AppStatus>,
}

/// The time from which a retry makes sense, when the supplier said how long to wait.
pub(crate) fn later(now: Timestamp, wait: Option<std::time::Duration>) -> Option<Timestamp> {
    let wait = SignedDuration::try_from(wait?).ok()?;
    now.checked_add(wait).ok()
}
