//! Products: reading them, one or many. What suppliers say of them is written by `intake`.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::changes;
use super::codec::{named, price, time, unjson};
use super::variants;
use crate::error::Result;
use crate::views::{CatalogCounts, ProductDetail, ProductRow, Supplier};

/// The columns of a [`ProductRow`], in the order [`read`] takes them.
pub const COLUMNS: &str = "p.supplier, p.account, p.product_id, p.title, p.sku, p.category, p.image, p.price_min, \
                           p.price_max, p.currency, p.stock, p.stock_in_warehouse, p.variants, p.status, p.seen_at";

/// Reads a [`ProductRow`] from [`COLUMNS`].
pub fn read(row: &Row<'_>) -> Result<ProductRow> {
    Ok(ProductRow {
        supplier: row.get::<_, String>(0)?.parse()?,
        account: row.get(1)?,
        product_id: row.get(2)?,
        title: row.get(3)?,
        sku: row.get(4)?,
        category: row.get(5)?,
        image: row.get(6)?,
        price_min: row.get::<_, Option<i64>>(7)?.map(price),
        price_max: row.get::<_, Option<i64>>(8)?.map(price),
        currency: row.get(9)?,
        stock: row.get(10)?,
        stock_in_warehouse: row.get(11)?,
        variants: row.get(12)?,
        status: named(&row.get::<_, String>(13)?)?,
        seen_at: time(row.get(14)?),
    })
}

/// Marks a product as part of the owner's own selection.
pub fn mark_mine(connection: &Connection, row: i64) -> Result<()> {
    connection
        .prepare_cached("UPDATE products SET mine = 1 WHERE id = ?1 AND mine = 0")?
        .execute([row])?;
    Ok(())
}

/// A product that left the owner's selection and is still sold is one among the others again.
pub fn unmark_mine(
    connection: &Connection,
    account: &str,
    product_id: &str,
    run: i64,
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE products SET mine = 0 WHERE account = ?1 AND product_id = ?2 AND mine = 1 AND seen_run IS NOT ?3",
        )?
        .execute(params![account, product_id, run])?;
    Ok(())
}

/// How many products an account has.
pub fn count_of_account(connection: &Connection, account: &str) -> Result<u64> {
    let count: i64 = connection.query_row(
        "SELECT count(*) FROM products WHERE account = ?1",
        [account],
        |row| row.get(0),
    )?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// How much there is.
pub fn counts(connection: &Connection) -> Result<CatalogCounts> {
    let whole = |value: i64| u64::try_from(value).unwrap_or(0);
    let products = connection
        .query_row("SELECT count(*) FROM products", [], |row| row.get(0))
        .map(whole)?;
    let variants = connection
        .query_row("SELECT count(*) FROM variants WHERE gone = 0", [], |row| {
            row.get(0)
        })
        .map(whole)?;
    Ok(CatalogCounts { products, variants })
}

/// A product with everything known of it.
pub fn detail(
    connection: &Connection,
    supplier: Option<Supplier>,
    product_id: &str,
) -> Result<Option<ProductDetail>> {
    let found = connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, p.id, p.images, p.details_at FROM products p \
             WHERE p.product_id = ?1 AND (?2 IS NULL OR p.supplier = ?2) LIMIT 1"
        ))?
        .query_row(params![product_id, supplier.map(Supplier::as_str)], |row| {
            Ok(read(row).and_then(|product| {
                let images: Option<String> = row.get(16)?;
                let details_at: Option<i64> = row.get(17)?;
                Ok((
                    product,
                    row.get::<_, i64>(15)?,
                    images,
                    details_at.map(time),
                ))
            }))
        })
        .optional()?
        .transpose()?;
    let Some((product, id, images, details_at)) = found else {
        return Ok(None);
    };
    let mut images: Vec<String> = images
        .as_deref()
        .map(unjson)
        .transpose()?
        .unwrap_or_default();
    if images.is_empty() {
        images.extend(product.image.clone());
    }
    Ok(Some(ProductDetail {
        items: variants::of(connection, id)?,
        changes: changes::page(connection, Some(id), None, None, 50)?.items,
        product,
        images,
        details_at,
        supplier_url: None,
    }))
}

/// Whether a product is in the catalogue.
pub fn has(connection: &Connection, account: &str, product_id: &str) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM products WHERE account = ?1 AND product_id = ?2")?
        .exists([account, product_id])?)
}
