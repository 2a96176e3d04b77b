//! Alerts and the rules that raise them, and when syncs start by themselves.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ChangeRow, Scope, Supplier};

/// What an owner wants to be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// A price rose by at least the threshold, in percent.
    PriceUp,
    /// A price fell by at least the threshold, in percent.
    PriceDown,
    /// Stock fell to the threshold or below, in pieces.
    StockBelow,
    /// Something sold out can be sold again.
    BackInStock,
    /// A product left the supplier's shelf.
    Delisted,
}

impl AlertKind {
    /// Whether a rule of this kind has a threshold.
    #[must_use]
    pub fn has_threshold(self) -> bool {
        matches!(self, Self::PriceUp | Self::PriceDown | Self::StockBelow)
    }
}

/// A rule to add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct NewAlertRule {
    /// What to tell.
    pub what: AlertKind,
    /// From where on: percent for prices, pieces for stock; none for the other kinds.
    #[ts(as = "Option<String>")]
    pub threshold: Option<Decimal>,
    /// One supplier only.
    pub supplier: Option<Supplier>,
    /// One product only, by the supplier's id.
    pub product_id: Option<String>,
}

/// A rule in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AlertRule {
    /// Its number.
    #[ts(type = "number")]
    pub id: i64,
    /// What it tells.
    pub what: AlertKind,
    /// From where on: percent for prices, pieces for stock.
    #[ts(type = "string | null")]
    pub threshold: Option<Decimal>,
    /// One supplier only.
    pub supplier: Option<Supplier>,
    /// One product only.
    pub product_id: Option<String>,
    /// That product's title.
    pub title: Option<String>,
}

/// A change that met a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Alert {
    /// Its number; newer alerts have higher ones.
    #[ts(type = "number")]
    pub id: i64,
    /// What it tells.
    pub what: AlertKind,
    /// The change itself.
    pub change: ChangeRow,
    /// Whether the owner has looked at it.
    pub seen: bool,
}

/// When syncs start by themselves while the window runs. Nothing runs by itself before the owner has synced once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Schedule {
    /// Each time the window opens.
    pub at_start: bool,
    /// So many hours after the last one, 1 to 168; null for never.
    pub every_hours: Option<u32>,
    /// What of CJ.
    pub scope: Scope,
    /// Whether every CJ product's variants, price and stock are asked for too.
    pub details: bool,
    /// Whether orders are refreshed along with it.
    pub orders: bool,
}

impl Default for Schedule {
    /// Once a day what costs no points: the owner's own selection and the orders.
    fn default() -> Self {
        Self {
            at_start: false,
            every_hours: Some(24),
            scope: Scope::MyProducts,
            details: false,
            orders: true,
        }
    }
}

/// The schedule and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScheduleState {
    /// What the owner chose.
    pub schedule: Schedule,
    /// When the last sync was complete, by hand or by itself; null before the first.
    #[ts(type = "string | null")]
    pub last_at: Option<Timestamp>,
    /// When the next one starts by itself, if the window runs then.
    #[ts(type = "string | null")]
    pub next_at: Option<Timestamp>,
}
