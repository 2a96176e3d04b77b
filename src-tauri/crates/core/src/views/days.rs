//! A day at a glance: what came, what moved, what it cost.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One day of the catalogue. Days are UTC ones: CJ's points start anew at 00:00 UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Day {
    /// Noon of the day, so that it is the same date in most of the world.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// Products in the catalogue at its end, delisted ones too.
    #[ts(type = "number")]
    pub products: u64,
    /// Products that came.
    #[ts(type = "number")]
    pub added: u64,
    /// Products whose price went up.
    #[ts(type = "number")]
    pub dearer: u64,
    /// Products whose price went down.
    #[ts(type = "number")]
    pub cheaper: u64,
    /// Products of which something sold out.
    #[ts(type = "number")]
    pub sold_out: u64,
    /// Products taken off the shelf.
    #[ts(type = "number")]
    pub gone: u64,
    /// CJ points spent by syncs that started on it.
    #[ts(type = "number")]
    pub points: u64,
    /// Calls made by them.
    #[ts(type = "number")]
    pub calls: u64,
}
