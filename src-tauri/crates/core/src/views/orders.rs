//! Orders as listed and opened.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Supplier;
use crate::error::ErrorView;

/// Where an order is, in words of our own; the supplier's own is in `raw_state`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Waits to be confirmed or put in the cart.
    Draft,
    /// Waits for payment.
    Unpaid,
    /// Paid, not yet sent.
    Processing,
    /// On its way.
    Shipped,
    /// Arrived.
    Delivered,
    /// Cancelled.
    Cancelled,
    /// A state we do not know.
    Other,
}

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct OrderRow {
    /// Whose.
    pub supplier: Supplier,
    /// Of which account.
    pub account: String,
    /// The supplier's id.
    pub order_id: String,
    /// The shop's own number.
    pub shop_order_number: Option<String>,
    /// Where it is.
    pub state: OrderState,
    /// Where it is, in the supplier's word.
    pub raw_state: String,
    /// What it costs.
    #[ts(type = "string | null")]
    pub total: Option<Decimal>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// When it was placed.
    #[ts(type = "string | null")]
    pub created_at: Option<Timestamp>,
    /// Tracking numbers.
    pub tracking_numbers: Vec<String>,
    /// Where it goes: `Berlin, DE`.
    pub destination: Option<String>,
    /// When we last asked.
    #[ts(type = "string")]
    pub seen_at: Timestamp,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct OrderLine {
    /// Product, when known.
    pub product_id: Option<String>,
    /// Variant, when known.
    pub variant_id: Option<String>,
    /// Title, when known.
    pub title: Option<String>,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
    /// Price of one.
    #[ts(type = "string | null")]
    pub price: Option<Decimal>,
}

/// Something that happened to an order or parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OrderEvent {
    /// When.
    #[ts(type = "string | null")]
    pub at: Option<Timestamp>,
    /// `created`, `paid`, `left_warehouse`, `tracking`, `delivered`.
    pub what: String,
    /// The supplier's or carrier's words.
    pub detail: Option<String>,
    /// The parcel it is about.
    pub tracking_number: Option<String>,
}

/// An AliExpress order as found in a pasted text or a CSV.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedOrder {
    /// As it was written: a number, a cell, a line.
    pub item: String,
    /// The order number in it; null when there is none.
    pub order_id: Option<String>,
}

/// What became of an order the owner named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct OrderAdded {
    /// As it was named.
    pub item: String,
    /// The order as kept.
    pub order: Option<OrderRow>,
    /// Why it did not come.
    pub error: Option<ErrorView>,
}

/// An order, opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct OrderDetail {
    /// What the list shows of it.
    #[serde(flatten)]
    pub order: OrderRow,
    /// Its lines.
    pub lines: Vec<OrderLine>,
    /// Its story, oldest first.
    pub timeline: Vec<OrderEvent>,
    /// Where it is on the supplier's site.
    pub supplier_url: Option<String>,
}
