//! The catalogue in the shop's database: what a publish did.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a publish did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Published {
    /// `user@host:5432/database`.
    pub target: String,
    /// Whether the line was encrypted and the certificate verified.
    pub encrypted: bool,
    /// Account by account.
    pub accounts: Vec<PublishedAccount>,
    /// Products that were sent.
    #[ts(type = "number")]
    pub products: u64,
    /// Rows of products that are different now.
    #[ts(type = "number")]
    pub products_changed: u64,
    /// Rows of variants that are different now.
    #[ts(type = "number")]
    pub variants_changed: u64,
}

/// The same for one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PublishedAccount {
    /// `cj:CJ1234567`.
    pub account: String,
    /// Whether it went on where an earlier publish of this computer ended.
    pub incremental: bool,
    /// Products that were sent.
    #[ts(type = "number")]
    pub products: u64,
    /// Rows of products that are different now.
    #[ts(type = "number")]
    pub products_changed: u64,
    /// Rows of variants that are different now.
    #[ts(type = "number")]
    pub variants_changed: u64,
}
