//! The shapes both hosts show: what the window receives and what the terminal prints as JSON.
//!
//! Rules: ids are strings, money is a decimal string beside its currency, times are UTC instants. `shared` names of the
//! terminal contract are kept to the letter, because scripts rely on them. Nothing here holds a secret.

mod accounts;
mod alerts;
mod catalog;
mod days;
mod events;
mod exports;
mod freight;
mod orders;
mod pricing;
mod publishes;
mod search;
mod sync;

pub use accounts::*;
pub use alerts::*;
pub use catalog::*;
pub use days::*;
pub use events::*;
pub use exports::*;
pub use freight::*;
pub use orders::*;
pub use pricing::*;
pub use publishes::*;
pub use search::*;
pub use sync::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Supplier {
    /// AliExpress Open Platform, dropshipping.
    Aliexpress,
    /// CJ Dropshipping API 2.0.
    Cj,
}

impl Supplier {
    /// The supplier as written in JSON, in the database and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aliexpress => "aliexpress",
            Self::Cj => "cj",
        }
    }
}

impl std::fmt::Display for Supplier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Supplier {
    type Err = crate::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "aliexpress" => Ok(Self::Aliexpress),
            "cj" => Ok(Self::Cj),
            other => Err(crate::Error::new(
                crate::Code::BadInput,
                format!("no supplier is called {other:?}"),
            )),
        }
    }
}

/// One page of a list; `next` is handed back as `after`, and is null at the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page starts.
    pub next: Option<String>,
}

/// A count that never costs a scan: exact up to a bound, "more than" beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Count {
    /// How many were counted.
    #[ts(type = "number")]
    pub count: u64,
    /// Whether counting stopped at the bound.
    pub more: bool,
}
