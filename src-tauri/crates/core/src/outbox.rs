//! What a publish reads: the products that changed since a target last saw them, with the place to go on from.
//!
//! A publish asks for a [`Mark`], reads everything between the place its target knows and the mark, batch by batch, and lets
//! the target keep the place it reached. Nothing here knows what a target is; small facts about one are kept by `targets`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::error::Result;
use crate::shop::Shop;
use crate::store::{accounts, export, outbox as rows};
use crate::views::{ExportSelection, ProductRow, Supplier, VariantRow};

/// A line drawn under everything written so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Who this catalogue is, among several that publish into one target.
    pub source: String,
    /// Changes below this revision are complete.
    pub until: i64,
    /// By which this catalogue knows the mark as its own.
    pub word: String,
}

/// How far a target has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The revision.
    pub revision: i64,
    /// The row in it; everything up to and with it is read.
    pub row: i64,
}

impl Position {
    /// Nothing was read.
    pub const START: Self = Self {
        revision: -1,
        row: 0,
    };

    /// Everything below a mark was read.
    #[must_use]
    pub fn before(until: i64) -> Self {
        Self {
            revision: until - 1,
            row: i64::MAX,
        }
    }
}

/// An account whose products can be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxAccount {
    /// Our id, different on every computer.
    pub id: String,
    /// Whose.
    pub supplier: Supplier,
    /// The same on every computer: `cj:CJ1234567`, `aliexpress:500000`.
    pub key: String,
    /// As whom.
    pub name: String,
}

/// A product as a target shall have it.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// Where reading goes on after it.
    pub position: Position,
    /// The product.
    pub product: ProductRow,
    /// All pictures.
    pub images: Vec<String>,
    /// When the details were last asked for.
    pub details_at: Option<Timestamp>,
    /// Every variant ever known, in the supplier's order, and whether it is gone.
    pub variants: Vec<(VariantRow, bool)>,
}

/// Draws the line.
///
/// # Errors
/// Those of the database.
pub async fn mark(shop: &Shop) -> Result<Mark> {
    let (source, word) = (shop.new_id("source"), shop.new_id("mark"));
    shop.store()
        .write(move |tx| rows::mark(tx, &source, &word))
        .await
}

/// Whether this catalogue drew that line; one that was put back from a backup did not.
///
/// # Errors
/// Those of the database.
pub async fn knows(shop: &Shop, until: i64, word: &str) -> Result<bool> {
    let word = word.to_owned();
    shop.store()
        .read(move |connection| rows::knows(connection, until, &word))
        .await
}

/// The accounts there are, oldest first.
///
/// # Errors
/// Those of the database.
pub async fn accounts(shop: &Shop) -> Result<Vec<OutboxAccount>> {
    let all = shop.store().read(accounts::all).await?;
    Ok(all
        .into_iter()
        .map(|row| OutboxAccount {
            key: format!(
                "{}:{}",
                row.supplier,
                row.client_id.as_ref().unwrap_or(&row.id)
            ),
            id: row.id,
            supplier: row.supplier,
            name: row.name,
        })
        .collect())
}

/// How many products of an account lie between a position and a mark.
///
/// # Errors
/// Those of the database.
pub async fn count(shop: &Shop, account: &str, after: Position, until: i64) -> Result<u64> {
    let account = account.to_owned();
    shop.store()
        .read(move |connection| rows::count(connection, &account, after, until))
        .await
}

/// The next products of an account behind a position; none at the end.
///
/// # Errors
/// Those of the database.
pub async fn batch(
    shop: &Shop,
    account: &str,
    after: Position,
    until: i64,
    limit: u32,
) -> Result<Vec<Changed>> {
    let account = account.to_owned();
    shop.store()
        .read(move |connection| rows::batch(connection, &account, after, until, limit))
        .await
}

/// The rows of a selection, each once, by account.
///
/// # Errors
/// Those of the database.
pub async fn chosen(
    shop: &Shop,
    selection: ExportSelection,
) -> Result<BTreeMap<String, BTreeSet<i64>>> {
    shop.store()
        .read(move |connection| export::rows(connection, &selection))
        .await
}

/// The products of some rows as they are now.
///
/// # Errors
/// Those of the database.
pub async fn of_rows(shop: &Shop, some: Vec<i64>) -> Result<Vec<Changed>> {
    shop.store()
        .read(move |connection| rows::of_rows(connection, &some))
        .await
}
