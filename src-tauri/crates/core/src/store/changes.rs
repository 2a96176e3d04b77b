//! What changed, when: price, stock, listing. Rows are only ever added.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::codec::{name, named, time};
use crate::error::Result;
use crate::views::{ChangeKind, ChangeRow, Page, Supplier};

/// One change to note.
pub struct Change<'a> {
    /// Row id of the product.
    pub product: i64,
    /// The variant, when it is about one.
    pub variant: Option<&'a str>,
    /// About what.
    pub what: ChangeKind,
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
    /// Currency of a price.
    pub currency: Option<&'a str>,
    /// When it was seen.
    pub at: Timestamp,
}

/// Notes a change.
pub fn note(connection: &Connection, change: &Change<'_>) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO changes (product, variant_id, what, old, new, currency, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            change.product,
            change.variant,
            name(&change.what)?,
            change.old,
            change.new,
            change.currency,
            change.at.as_millisecond()
        ])?;
    Ok(())
}

/// Changes newest first; of one product or one supplier when they are given. `after` is the id the page before ended with.
pub fn page(
    connection: &Connection,
    product: Option<i64>,
    supplier: Option<Supplier>,
    after: Option<i64>,
    limit: u32,
) -> Result<Page<ChangeRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM changes c JOIN products p ON p.id = c.product \
         WHERE c.id < ?1 AND (?2 IS NULL OR c.product = ?2) AND (?4 IS NULL OR p.supplier = ?4) \
         ORDER BY c.id DESC LIMIT ?3",
    ))?;
    let mut rows = statement.query(params![
        after.unwrap_or(i64::MAX),
        product,
        i64::from(limit) + 1,
        supplier.map(Supplier::as_str)
    ])?;
    let mut items = Vec::new();
    let mut last = 0;
    let mut next = None;
    while let Some(row) = rows.next()? {
        if items.len() == limit as usize {
            next = Some(last.to_string());
            break;
        }
        last = row.get::<_, i64>(0)?;
        items.push(read(row)?);
    }
    Ok(Page { items, next })
}

/// The columns [`read`] expects, of `changes c` joined with `products p`.
pub(super) const COLUMNS: &str =
    "c.id, p.supplier, p.product_id, p.title, c.variant_id, c.what, c.old, c.new, c.currency, c.at";

/// One change out of [`COLUMNS`].
pub(super) fn read(row: &Row<'_>) -> Result<ChangeRow> {
    Ok(ChangeRow {
        supplier: row.get::<_, String>(1)?.parse::<Supplier>()?,
        product_id: row.get(2)?,
        title: row.get(3)?,
        variant_id: row.get(4)?,
        what: named(&row.get::<_, String>(5)?)?,
        old: row.get(6)?,
        new: row.get(7)?,
        currency: row.get(8)?,
        at: time(row.get(9)?),
    })
}
