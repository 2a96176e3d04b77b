//! Price rules and what they make of a cost.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Supplier;

/// How a shop price ends. Always upwards, so that rounding never eats the profit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the cent.
    None,
    /// `12.00`.
    Whole,
    /// `12.95`.
    Point95,
    /// `12.99`.
    #[default]
    Point99,
}

/// What is made of costs up to a bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PriceRange {
    /// Costs up to and with this, in the shop's currency; null in the last range, which takes the rest.
    #[ts(type = "string | null")]
    pub up_to: Option<Decimal>,
    /// The cost times this,
    #[ts(type = "string")]
    pub multiplier: Decimal,
    /// plus this, in the shop's currency.
    #[ts(type = "string")]
    pub add: Decimal,
}

/// What one unit of a supplier's currency is in the shop's, as the owner entered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rate {
    /// ISO 4217, of the supplier.
    pub currency: String,
    /// Units of the shop's currency.
    #[ts(type = "string")]
    pub rate: Decimal,
}

/// How supplier costs become shop prices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PriceRules {
    /// ISO 4217, of the shop.
    pub currency: String,
    /// For costs in other currencies; without a rate such a cost has no price.
    pub rates: Vec<Rate>,
    /// By cost, cheapest first; never empty.
    pub ranges: Vec<PriceRange>,
    /// How prices end.
    pub rounding: Rounding,
    /// What sending one piece costs the owner, in the shop's currency.
    #[ts(type = "string")]
    pub freight: Decimal,
    /// What must remain of every piece after cost and freight, in the shop's currency.
    #[ts(type = "string")]
    pub least_profit: Decimal,
    /// The price times this is shown struck through; null shows none.
    #[ts(type = "string | null")]
    pub compare_at: Option<Decimal>,
}

impl Default for PriceRules {
    fn default() -> Self {
        Self {
            currency: String::from("USD"),
            rates: Vec::new(),
            ranges: vec![PriceRange {
                up_to: None,
                multiplier: Decimal::TWO,
                add: Decimal::ZERO,
            }],
            rounding: Rounding::default(),
            freight: Decimal::ZERO,
            least_profit: Decimal::ZERO,
            compare_at: None,
        }
    }
}

/// A price the rules made, all in the shop's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Priced {
    /// The cost.
    #[ts(type = "string")]
    pub cost: Decimal,
    /// What the shop asks.
    #[ts(type = "string")]
    pub price: Decimal,
    /// What the shop shows struck through.
    #[ts(type = "string | null")]
    pub compare_at: Option<Decimal>,
    /// Price less cost and freight.
    #[ts(type = "string")]
    pub profit: Decimal,
    /// Whether cost, freight and the least profit asked for more than the range did.
    pub floored: bool,
}

/// Why a cost has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Unpriced {
    /// The supplier names no cost.
    NoCost,
    /// The cost is in another currency, and the owner entered no rate for it.
    NoRate,
    /// The result is too large to be a price.
    TooLarge,
}

/// What the rules make of one real product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PricePreviewRow {
    /// Whose.
    pub supplier: Supplier,
    /// The product.
    pub product_id: String,
    /// Its title.
    pub title: String,
    /// One picture.
    pub image: Option<String>,
    /// The cost of its cheapest variant, as the supplier says it.
    #[ts(type = "string | null")]
    pub cost: Option<Decimal>,
    /// ISO 4217, of that cost.
    pub currency: Option<String>,
    /// What the rules make of it.
    pub priced: Option<Priced>,
    /// Why they make nothing of it.
    pub unpriced: Option<Unpriced>,
}

/// The rules tried on real products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PricePreview {
    /// ISO 4217, of the shop.
    pub currency: String,
    /// The products.
    pub rows: Vec<PricePreviewRow>,
}
