//! Reading the catalogue from end to end for a file or a table: one row after the other, however many there are.
//!
//! The caller holds a read transaction, so that everything read is of one moment. Not for pages of the window: see `search`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::codec::{named, price, time, unjson};
use super::search::Asked;
use crate::error::Result;
use crate::export::{Product, Variant};
use crate::views::{ExportSelection, ProductQuery, VariantOption};

const COLUMNS: &str = "p.id, p.supplier, p.account, p.product_id, p.title, coalesce(p.first_title, p.title), p.sku, \
                       p.category, p.image, p.images, p.price_min, p.price_max, p.currency, p.stock, p.status, p.seen_at, \
                       p.details_at IS NOT NULL";
/// Whether another account of the same supplier has the product too.
const SHARED: &str = "EXISTS (SELECT 1 FROM accounts a JOIN products o ON o.account = a.id AND o.product_id = p.product_id \
                      WHERE a.supplier = p.supplier AND a.id <> p.account)";

/// The products a [`ProductKey`] names.
const NAMED: &str = "FROM accounts a JOIN products p ON p.account = a.id \
                     WHERE a.supplier = ?1 AND p.product_id = ?2 AND (?3 IS NULL OR a.id = ?3) ORDER BY p.id";

/// Tables, conditions and their values for a query; its page and order are left aside.
fn from(connection: &Connection, query: &ProductQuery) -> Result<(String, Vec<Value>)> {
    let asked = Asked::of(connection, query)?;
    let (conditions, filters) = asked.with_prices();
    if asked.expression.is_empty() {
        return Ok((format!("FROM products p WHERE 1 {conditions}"), filters));
    }
    let mut values = vec![Value::Text(asked.expression)];
    values.extend(filters);
    let sql = format!(
        "FROM product_words w CROSS JOIN products p ON p.id = w.rowid WHERE w.product_words MATCH ? {conditions}"
    );
    Ok((sql, values))
}

/// How many products a selection has.
pub fn count(connection: &Connection, selection: &ExportSelection) -> Result<u64> {
    let everything = ProductQuery::default();
    let query = match selection {
        ExportSelection::All => &everything,
        ExportSelection::Query { query } => query,
        ExportSelection::Products { products } => return Ok(products.len() as u64),
    };
    let (from, values) = from(connection, query)?;
    let count: i64 = connection.query_row(
        &format!("SELECT count(*) {from}"),
        params_from_iter(values),
        |row| row.get(0),
    )?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Runs over the rows of a selection, in the order they came into the catalogue, until `visit` breaks off.
fn run_over(
    connection: &Connection,
    columns: &str,
    selection: &ExportSelection,
    visit: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let everything = ProductQuery::default();
    let query = match selection {
        ExportSelection::All => &everything,
        ExportSelection::Query { query } => query,
        ExportSelection::Products { products } => {
            let mut statement = connection.prepare_cached(&format!("SELECT {columns} {NAMED}"))?;
            for key in products {
                let mut named =
                    statement.query((key.supplier.as_str(), &key.product_id, &key.account))?;
                while let Some(row) = named.next()? {
                    if visit(row)?.is_break() {
                        return Ok(());
                    }
                }
            }
            return Ok(());
        }
    };
    let (from, values) = from(connection, query)?;
    let mut statement = connection.prepare(&format!("SELECT {columns} {from} ORDER BY p.id"))?;
    let mut found = statement.query(params_from_iter(values))?;
    while let Some(row) = found.next()? {
        if visit(row)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// The rows of a selection, each once, account by account, oldest first.
pub fn rows(
    connection: &Connection,
    selection: &ExportSelection,
) -> Result<BTreeMap<String, BTreeSet<i64>>> {
    let mut rows: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    run_over(connection, "p.account, p.id", selection, &mut |row| {
        rows.entry(row.get(0)?).or_default().insert(row.get(1)?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(rows)
}

/// Hands every product of a selection to `visit`, in the order they came into the catalogue, until it breaks off.
pub fn each(
    connection: &Connection,
    selection: &ExportSelection,
    visit: &mut dyn FnMut(&Product) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let shared = if several_accounts(connection)? {
        SHARED
    } else {
        "0"
    };
    let mut variants = connection.prepare(
        "SELECT position, variant_id, sku, title, price, currency, stock, image, weight_g, options \
         FROM variants WHERE product = ?1 AND gone = 0",
    )?;
    let mut product = Product::default();
    let columns = format!("{COLUMNS}, {shared}");
    run_over(connection, &columns, selection, &mut |row| {
        read(row, &mut variants, &mut product)?;
        visit(&product)
    })
}

fn several_accounts(connection: &Connection) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM accounts GROUP BY supplier HAVING count(*) > 1")?
        .exists([])?)
}

fn read(
    row: &Row<'_>,
    variants: &mut rusqlite::Statement<'_>,
    product: &mut Product,
) -> Result<()> {
    let id: i64 = row.get(0)?;
    product.supplier = text(row, 1)?.parse()?;
    product.account = row.get(2)?;
    product.product_id = row.get(3)?;
    product.title = row.get(4)?;
    product.first_title = row.get(5)?;
    product.sku = row.get(6)?;
    product.category = row.get(7)?;
    let image: Option<String> = row.get(8)?;
    product.images = match maybe(row, 9)? {
        Some(images) => unjson(images)?,
        None => Vec::new(),
    };
    if product.images.is_empty() {
        product.images.extend(image);
    }
    product.price_min = row.get::<_, Option<i64>>(10)?.map(price);
    product.price_max = row.get::<_, Option<i64>>(11)?.map(price);
    product.currency = row.get(12)?;
    product.stock = row.get(13)?;
    product.status = named(text(row, 14)?)?;
    product.seen_at = time(row.get(15)?);
    product.detailed = row.get(16)?;
    product.shared = row.get(17)?;
    product.variants.clear();
    // Details bring the variants, so there is nothing to look for before.
    if !product.detailed {
        return Ok(());
    }
    let mut rows = variants.query([id])?;
    while let Some(row) = rows.next()? {
        product.variants.push(variant(row)?);
    }
    // Cheaper here than a sort in SQLite for every product.
    product
        .variants
        .sort_by(|a, b| (a.position, &a.variant_id).cmp(&(b.position, &b.variant_id)));
    Ok(())
}

fn variant(row: &Row<'_>) -> Result<Variant> {
    let options = text(row, 9)?;
    let options: Vec<VariantOption> = match options {
        "[]" => Vec::new(),
        options => unjson(options)?,
    };
    Ok(Variant {
        position: row.get(0)?,
        variant_id: row.get(1)?,
        sku: row.get(2)?,
        title: row.get(3)?,
        price: row.get::<_, Option<i64>>(4)?.map(price),
        currency: row.get(5)?,
        stock: row.get(6)?,
        image: row.get(7)?,
        weight_g: maybe(row, 8)?.and_then(|grams| grams.parse().ok()),
        options,
    })
}

/// Text as it lies in the database, without a copy.
fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a str> {
    let value = row.get_ref(column)?;
    Ok(value.as_str().map_err(rusqlite::Error::from)?)
}

fn maybe<'a>(row: &'a Row<'_>, column: usize) -> Result<Option<&'a str>> {
    let value = row.get_ref(column)?;
    Ok(value.as_str_or_null().map_err(rusqlite::Error::from)?)
}
