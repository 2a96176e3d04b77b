//! Freight quotes as shown.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Supplier;

/// One way to send a product somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FreightQuote {
    /// The service, by the name the supplier shows.
    pub service: String,
    /// What it costs for all pieces together, with taxes where the supplier names them; zero when free, null when unknown.
    #[ts(type = "string | null")]
    pub price: Option<Decimal>,
    /// ISO 4217; null when free or unknown.
    pub currency: Option<String>,
    /// Days at the least.
    #[ts(type = "number | null")]
    pub days_min: Option<i64>,
    /// Days at the most.
    #[ts(type = "number | null")]
    pub days_max: Option<i64>,
    /// Whether the parcel can be followed; null when the supplier does not say.
    pub tracked: Option<bool>,
    /// Where it is sent from, ISO 3166 two letters.
    pub ship_from: Option<String>,
}

/// What sending a variant somewhere costs, cheapest first. No quote at all: nobody sends it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FreightQuotes {
    /// Who sends.
    pub supplier: Supplier,
    /// The product.
    pub product_id: String,
    /// The variant the quotes are for.
    pub variant_id: String,
    /// Where to, ISO 3166 two letters.
    pub ship_to: String,
    /// How many pieces.
    pub quantity: u32,
    /// The ways, cheapest first.
    pub quotes: Vec<FreightQuote>,
}
