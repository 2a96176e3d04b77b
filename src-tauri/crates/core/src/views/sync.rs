//! Syncs as planned, watched and remembered.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Supplier;
use crate::error::{Code, Error, ErrorView};

/// What a CJ sync covers; written `my-products`, `search:WORDS`, `category:ID`, `all`.
#[derive(Debug, Clone, PartialEq, Eq, TS)]
#[ts(type = "string")]
pub enum Scope {
    /// The owner's own selection at CJ; costs no points.
    MyProducts,
    /// A keyword search.
    Search(String),
    /// One category of the third level.
    Category(String),
    /// The whole catalogue, in slices.
    All,
    /// The imported AliExpress products.
    Imported,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MyProducts => f.write_str("my-products"),
            Self::Search(words) => write!(f, "search:{words}"),
            Self::Category(id) => write!(f, "category:{id}"),
            Self::All => f.write_str("all"),
            Self::Imported => f.write_str("imported"),
        }
    }
}

impl FromStr for Scope {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        match text.split_once(':') {
            Some(("search", words)) if !words.trim().is_empty() => {
                Ok(Self::Search(words.trim().to_owned()))
            }
            Some(("category", id)) if !id.trim().is_empty() => {
                Ok(Self::Category(id.trim().to_owned()))
            }
            None if text == "my-products" => Ok(Self::MyProducts),
            None if text == "all" => Ok(Self::All),
            None if text == "imported" => Ok(Self::Imported),
            _ => Err(Error::new(
                Code::BadInput,
                format!("{text:?} is not a scope: my-products, search:WORDS, category:ID or all"),
            )),
        }
    }
}

impl Serialize for Scope {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// At work.
    Running,
    /// Waits for points or the end of a ban; goes on at `continues_at`.
    Paused,
    /// Stopped by the owner, a crash or a lost network; goes on with resume.
    Interrupted,
    /// Complete.
    Done,
    /// Ended by something a retry cannot help.
    Failed,
}

/// A run, while it runs and afterwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SyncReceipt {
    /// Number of the run.
    #[ts(type = "number")]
    pub run: i64,
    /// Whose.
    pub supplier: Supplier,
    /// Of which account.
    pub account: String,
    /// What it covers.
    pub scope: Scope,
    /// Whether every product's variants, price and stock are asked for too.
    pub details: bool,
    /// How it stands.
    pub state: RunState,
    /// When it started.
    #[ts(type = "string")]
    pub started_at: Timestamp,
    /// When it ended.
    #[ts(type = "string | null")]
    pub finished_at: Option<Timestamp>,
    /// Calls made.
    #[ts(type = "number")]
    pub calls: u64,
    /// Points spent.
    #[ts(type = "number")]
    pub points: u64,
    /// Products seen (list) so far.
    #[ts(type = "number")]
    pub rows: u64,
    /// Changes found.
    #[ts(type = "number")]
    pub changed: u64,
    /// Products whose details failed.
    #[ts(type = "number")]
    pub failed: u64,
    /// Steps done (pages and products) and how many there are in all, once known.
    #[ts(type = "number")]
    pub done: u64,
    /// All steps, once known.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
    /// When a paused run goes on.
    #[ts(type = "string | null")]
    pub continues_at: Option<Timestamp>,
    /// Why it stands still.
    pub error: Option<ErrorView>,
}

/// One product that failed in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SyncFailure {
    /// The product.
    pub product_id: String,
    /// Why.
    pub error: ErrorView,
}

/// What a sync would cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncPlan {
    /// Calls to make.
    #[ts(type = "number")]
    pub calls: u64,
    /// Points to spend.
    #[ts(type = "number")]
    pub points: u64,
    /// How long at the account's own pace.
    #[ts(type = "number")]
    pub seconds: u64,
    /// Whether the number of pages is known; otherwise it is the most there can be.
    pub exact: bool,
    /// Whether the day's points suffice.
    pub fits_today: bool,
    /// When it would start.
    #[ts(type = "string")]
    pub starts: Timestamp,
    /// When it would end.
    #[ts(type = "string")]
    pub ends: Timestamp,
}
