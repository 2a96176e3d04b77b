//! `aliexpress.ds.order.tracking.get`: an order's parcels and what happened to them.

use jiff::Timestamp;

use crate::envelope::{self, Reply};
use crate::error::{Class, Error, Result};
use crate::fields::Fields;
use crate::session::Session;

/// The method of this module.
pub const METHOD: &str = "aliexpress.ds.order.tracking.get";

/// What an order that was not sent yet answers with; a normal state (measured live).
const NOTHING_YET: (&str, &str) = ("1001", "TRACKING DATA NOT FOUND");

/// A parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The number to follow it by.
    pub tracking_number: Option<String>,
    /// Who carries it.
    pub carrier: Option<String>,
    /// When it should arrive.
    pub eta: Option<Timestamp>,
    /// What happened, oldest first.
    pub events: Vec<TrackingEvent>,
    /// What is in it.
    pub items: Vec<ParcelItem>,
}

/// Something that happened to a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackingEvent {
    /// When.
    pub at: Option<Timestamp>,
    /// In short (`Delivered`).
    pub name: Option<String>,
    /// In the carrier's words.
    pub detail: Option<String>,
}

/// Something in a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelItem {
    /// The product.
    pub product_id: Option<String>,
    /// The variant.
    pub sku_id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// How many.
    pub quantity: i64,
}

impl Session {
    /// The parcels of an order; none before it is sent. `language` such as `en_US`.
    ///
    /// # Errors
    /// Those of every call.
    pub async fn tracking(&self, order_id: &str, language: &str) -> Result<Vec<Parcel>> {
        let params = [
            ("ae_order_id", order_id.to_owned()),
            ("language", language.to_owned()),
        ];
        let answer = self.business(METHOD, params).await;
        match answer.and_then(|reply| read(METHOD, &reply)) {
            // The docs list it among the gateway's errors as well.
            Err(error) if says_nothing_yet(error.code.as_deref(), &error.message) => Ok(Vec::new()),
            parcels => parcels,
        }
    }
}

fn says_nothing_yet(code: Option<&str>, message: &str) -> bool {
    let (number, words) = NOTHING_YET;
    code.is_some_and(|code| code == number || code.eq_ignore_ascii_case(words))
        || message.to_uppercase().contains(words)
}

pub(crate) fn read(api: &str, reply: &Reply) -> Result<Vec<Parcel>> {
    let result = Fields(&reply.body).get("result");
    if result.0.is_null() {
        envelope::check_status(api, reply)?;
        return Err(Error::new(Class::Answer, "the answer has no result"));
    }
    if result.flag("ret") == Some(false) {
        let code = result.text("code").unwrap_or_default();
        let message = result.text("msg").unwrap_or_default();
        return Err(envelope::refused_inside(api, reply, code, message));
    }
    let parcels = result
        .get("data")
        .list("tracking_detail_line_list")
        .map(parcel);
    Ok(parcels.collect())
}

fn parcel(line: Fields<'_>) -> Parcel {
    let mut events: Vec<TrackingEvent> = line
        .list("detail_node_list")
        .map(|node| TrackingEvent {
            at: node.time("time_stamp"),
            name: node.text("tracking_name"),
            detail: node.text("tracking_detail_desc"),
        })
        .collect();
    // The order of the nodes is not documented; those without a time come first and keep theirs.
    events.sort_by_key(|event| event.at);
    let items = line.list("package_item_list").map(|item| ParcelItem {
        product_id: item.text("item_id"),
        sku_id: item.text("sku_id"),
        title: item.text("item_title"),
        quantity: item.int("quantity").unwrap_or(1),
    });
    Parcel {
        tracking_number: line.text("mail_no"),
        carrier: line.text("carrier_name"),
        eta: line.time("eta_time_stamps"),
        events,
        items: items.collect(),
    }
}
