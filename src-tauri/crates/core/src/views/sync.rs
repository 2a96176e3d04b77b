//! Syncs as planned, watched and remembered.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Search, Supplier};
use crate::error::{Code, Error, ErrorView};

/// What a CJ sync covers; written `my-products`, `search:WORDS`, `search?…` with filters, `category:ID`,
/// `product:ID[,ID…]`, `all`.
#[derive(Debug, Clone, PartialEq, Eq, TS)]
#[ts(type = "string")]
pub enum Scope {
    /// The owner's own selection at CJ; costs no points.
    MyProducts,
    /// A search by words and filters.
    Search(Search),
    /// One category of the third level.
    Category(String),
    /// The whole catalogue, in slices.
    All,
    /// Single products by their ids: details only, asked for however fresh they are.
    Products(Vec<String>),
    /// The imported AliExpress products.
    Imported,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MyProducts => f.write_str("my-products"),
            Self::Search(search) => search.fmt(f),
            Self::Category(id) => write!(f, "category:{id}"),
            Self::All => f.write_str("all"),
            Self::Products(ids) => write!(f, "product:{}", ids.join(",")),
            Self::Imported => f.write_str("imported"),
        }
    }
}

impl FromStr for Scope {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.starts_with("search:") || text.starts_with("search?") {
            return text.parse().map(Self::Search);
        }
        match text.split_once(':') {
            Some(("category", id)) if !id.trim().is_empty() => {
                Ok(Self::Category(id.trim().to_owned()))
            }
            Some(("product", ids)) => product_ids(ids).map(Self::Products),
            None if text == "my-products" => Ok(Self::MyProducts),
            None if text == "all" => Ok(Self::All),
            None if text == "imported" => Ok(Self::Imported),
            _ => Err(Error::new(
                Code::BadInput,
                format!(
                    "{text:?} is not a scope: my-products, search:WORDS, category:ID, product:ID or all"
                ),
            )),
        }
    }
}

impl Scope {
    /// More single products than this are a list, not a handful.
    pub const MOST_PRODUCTS: usize = 500;
}

/// Longer than any supplier's product id (CJ's are UUIDs or up to 19 digits).
const LONGEST_ID: usize = 64;

/// Product ids as an owner writes them: with commas, or as addresses of CJ's product pages, whose id stands behind `-p-`.
fn product_ids(text: &str) -> Result<Vec<String>, Error> {
    let bad = |why: &str| Error::new(Code::BadInput, format!("{text:?}: {why}"));
    let mut ids: Vec<String> = Vec::new();
    for part in text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let page = part.contains("://").then(|| {
            let path = part.split(['?', '#']).next().unwrap_or(part);
            let (_, id) = path.rsplit_once("-p-")?;
            Some(id.strip_suffix(".html").unwrap_or(id))
        });
        let id = match page {
            Some(found) => found.ok_or_else(|| bad("not the address of a product"))?,
            None => part,
        };
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        if id.is_empty() || id.len() > LONGEST_ID || !id.chars().all(plain) {
            return Err(bad("a product id has letters, digits and dashes only"));
        }
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
    match ids.len() {
        0 => Err(bad("no product id")),
        1..=Scope::MOST_PRODUCTS => Ok(ids),
        _ => Err(bad("more than 500 products at once")),
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
    /// Calls that brought nothing and were made again, by reason; everything else was asked once.
    pub repeats: Vec<Repeats>,
    /// The run whose failures this one tries again.
    #[ts(type = "number | null")]
    pub retry_of: Option<i64>,
}

/// Why a call had to be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RepeatReason {
    /// The supplier found it too quick.
    TooQuick,
    /// No connection, one that broke, or an answer that did not come in time.
    Network,
    /// The supplier answered with a failure of its own.
    SupplierDown,
    /// The answer could not be read.
    BadAnswer,
    /// The answer held nothing.
    EmptyAnswer,
    /// The access token was no longer taken and was renewed.
    TokenRefused,
    /// The points or the quota of the day were spent.
    PointsSpent,
    /// The account was refused until the owner did something.
    AccountRefused,
    /// The program was cut off before the answer was kept.
    CutOff,
}

/// How many calls were made again for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Repeats {
    /// Why.
    pub reason: RepeatReason,
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
}

/// One product that failed in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SyncFailure {
    /// The product.
    pub product_id: String,
    /// Why.
    pub error: ErrorView,
    /// Whether a later retry brought it after all.
    pub mended: bool,
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
    /// Products whose details are fresh enough not to be asked for again.
    #[ts(type = "number")]
    pub fresh: u64,
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    #[test]
    fn single_products_are_taken_by_id_and_by_address_each_once() {
        let scope: Scope = "product: 1980012345678901248, 000B9312-456A-4D31-94BD-B083E2A198E8,1980012345678901248,\
                            https://cjdropshipping.com/product/glass-jar-p-1980012345678901249.html?x=1"
            .parse()
            .unwrap();
        let ids = [
            "1980012345678901248",
            "000B9312-456A-4D31-94BD-B083E2A198E8",
            "1980012345678901249",
        ];
        assert_eq!(scope, Scope::Products(ids.map(str::to_owned).to_vec()));
        assert_eq!(scope.to_string().parse::<Scope>().unwrap(), scope);
    }

    #[test]
    fn what_is_no_product_id_is_refused_before_anything_is_asked() {
        let many = ["1"; 3].join(",") + &(0..501).map(|n| format!(",{n}x")).collect::<String>();
        for hostile in [
            "product:",
            "product: ,",
            "product:a b",
            "product:../x",
            "product:'; DROP TABLE products",
            "product:https://evil.example/x",
            &format!("product:{}", "9".repeat(65)),
            &format!("product:{many}"),
            "products:1",
            "search: ",
            "category:",
        ] {
            assert_eq!(
                hostile.parse::<Scope>().unwrap_err().code,
                Code::BadInput,
                "{hostile}"
            );
        }
    }
}
