//! Products: what a list or the details said, and what changed by it. Prices of the list and of the details are told
//! apart, so that a list that only knows the lowest price does not look like a price change after every sync.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use rust_decimal::Decimal;

use super::changes::{self, Change};
use super::codec::{cents, json, ms, name, named, price, time, unjson};
use super::variants;
use crate::catalog::{Detailed, Listed};
use crate::error::Result;
use crate::views::{CatalogCounts, ChangeKind, ProductDetail, ProductRow, ProductStatus, Supplier};

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

/// Where a row came from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Whose.
    pub supplier: Supplier,
    /// Of which account.
    pub account: &'a str,
    /// In which run, if in one.
    pub run: Option<i64>,
    /// When.
    pub now: Timestamp,
}

struct Known {
    id: i64,
    title: String,
    sku: Option<String>,
    category: Option<String>,
    image: Option<String>,
    list: (Option<i64>, Option<i64>),
    shown: (Option<i64>, Option<i64>),
    currency: Option<String>,
    stock: Option<i64>,
    stock_in_warehouse: Option<i64>,
    status: ProductStatus,
    detailed: bool,
}

fn known(connection: &Connection, account: &str, product_id: &str) -> Result<Option<Known>> {
    connection
        .prepare_cached(
            "SELECT id, title, sku, category, image, list_min, list_max, price_min, price_max, currency, stock, \
             stock_in_warehouse, status, details_at IS NOT NULL FROM products WHERE account = ?1 AND product_id = ?2",
        )?
        .query_row([account, product_id], |row| {
            Ok(Known {
                id: row.get(0)?,
                title: row.get(1)?,
                sku: row.get(2)?,
                category: row.get(3)?,
                image: row.get(4)?,
                list: (row.get(5)?, row.get(6)?),
                shown: (row.get(7)?, row.get(8)?),
                currency: row.get(9)?,
                stock: row.get(10)?,
                stock_in_warehouse: row.get(11)?,
                status: if row.get_ref(12)?.as_str()? == "delisted" { ProductStatus::Delisted } else { ProductStatus::Active },
                detailed: row.get(13)?,
            })
        })
        .optional()
        .map_err(Into::into)
}

/// Writes what a list said of a product. Returns its row id and how many changes were noted.
pub fn put_listed(
    connection: &Connection,
    origin: Origin<'_>,
    listed: &Listed,
) -> Result<(i64, u64)> {
    let list = match listed.price {
        Some((low, high)) => (cents(low), cents(high)),
        None => (None, None),
    };
    let Some(old) = known(connection, origin.account, &listed.product_id)? else {
        return Ok((insert(connection, origin, listed, list)?, 0));
    };
    let now = origin.now;
    let status = match listed.on_sale {
        Some(false) => ProductStatus::Delisted,
        Some(true) => ProductStatus::Active,
        None => old.status,
    };
    let list_moved = listed.price.is_some() && list != old.list;
    let shown = if list_moved { list } else { old.shown };
    let (stock, in_warehouse) = if old.detailed {
        (old.stock, old.stock_in_warehouse)
    } else {
        (
            listed.stock.or(old.stock),
            listed.stock_in_warehouse.or(old.stock_in_warehouse),
        )
    };
    let sku = listed.sku.clone().or_else(|| old.sku.clone());
    let category = listed.category.clone().or_else(|| old.category.clone());
    let image = listed.image.clone().or_else(|| old.image.clone());
    let words_same = listed.title == old.title && sku == old.sku && category == old.category;
    let currency = listed.currency.clone().or_else(|| old.currency.clone());
    if words_same
        && !list_moved
        && status == old.status
        && image == old.image
        && (stock, in_warehouse) == (old.stock, old.stock_in_warehouse)
        && currency == old.currency
    {
        connection
            .prepare_cached("UPDATE products SET seen_at = ?2, seen_run = coalesce(?3, seen_run), misses = 0 WHERE id = ?1")?
            .execute(params![old.id, ms(now), origin.run])?;
        return Ok((old.id, 0));
    }
    connection
        .prepare_cached(
            "UPDATE products SET title = ?2, sku = ?3, category = ?4, image = ?5, price_min = ?6, price_max = ?7, \
             list_min = ?8, list_max = ?9, currency = ?10, stock = ?11, stock_in_warehouse = ?12, status = ?13, \
             seen_at = ?14, seen_run = coalesce(?15, seen_run), misses = 0 WHERE id = ?1",
        )?
        .execute(params![
            old.id,
            listed.title,
            sku,
            category,
            image,
            shown.0,
            shown.1,
            if list_moved { list.0 } else { old.list.0 },
            if list_moved { list.1 } else { old.list.1 },
            currency,
            stock,
            in_warehouse,
            name(&status)?,
            ms(now),
            origin.run
        ])?;
    if !words_same {
        connection
            .prepare_cached("DELETE FROM product_words WHERE rowid = ?1")?
            .execute([old.id])?;
        put_words(
            connection,
            old.id,
            &listed.title,
            sku.as_deref(),
            category.as_deref(),
        )?;
    }
    let mut noted = 0;
    if list_moved && old.list.0.is_some() && shown != old.shown {
        let change = Change {
            product: old.id,
            variant: None,
            what: ChangeKind::Price,
            old: range(old.shown),
            new: range(shown),
            currency: currency.as_deref(),
            at: now,
        };
        changes::note(connection, &change)?;
        noted += 1;
    }
    if stock != old.stock && old.stock.is_some() {
        note_number(connection, old.id, None, old.stock, stock, now)?;
        noted += 1;
    }
    noted += note_status(connection, old.id, old.status, status, now)?;
    Ok((old.id, noted))
}

fn insert(
    connection: &Connection,
    origin: Origin<'_>,
    listed: &Listed,
    list: (Option<i64>, Option<i64>),
) -> Result<i64> {
    let status = if listed.on_sale == Some(false) {
        ProductStatus::Delisted
    } else {
        ProductStatus::Active
    };
    connection
        .prepare_cached(
            "INSERT INTO products (account, supplier, product_id, title, sku, category, image, price_min, price_max, \
             list_min, list_max, currency, stock, stock_in_warehouse, status, listed_at, seen_at, seen_run) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?
        .execute(params![
            origin.account,
            origin.supplier.as_str(),
            listed.product_id,
            listed.title,
            listed.sku,
            listed.category,
            listed.image,
            list.0,
            list.1,
            listed.currency,
            listed.stock,
            listed.stock_in_warehouse,
            name(&status)?,
            listed.listed_at.map(ms),
            ms(origin.now),
            origin.run
        ])?;
    let id = connection.last_insert_rowid();
    put_words(
        connection,
        id,
        &listed.title,
        listed.sku.as_deref(),
        listed.category.as_deref(),
    )?;
    Ok(id)
}

/// A statement of its own, not a trigger: an upsert that fires triggers makes FTS5 write a segment a row.
fn put_words(
    connection: &Connection,
    id: i64,
    title: &str,
    sku: Option<&str>,
    category: Option<&str>,
) -> Result<()> {
    let words = format!(
        "{title} {} {}",
        sku.unwrap_or_default(),
        category.unwrap_or_default()
    );
    connection
        .prepare_cached("INSERT INTO product_words (rowid, words) VALUES (?1, ?2)")?
        .execute(params![id, words])?;
    Ok(())
}

/// Writes everything the details said: the product, its variants, and what changed. Returns the changes noted.
pub fn put_detailed(
    connection: &Connection,
    origin: Origin<'_>,
    detailed: &Detailed,
) -> Result<u64> {
    let now = origin.now;
    let before = known(connection, origin.account, &detailed.listed.product_id)?;
    // The list's price stays what the list said: the details are compared by their variants.
    let listed = Listed {
        price: None,
        stock: None,
        stock_in_warehouse: None,
        ..detailed.listed.clone()
    };
    let (id, mut noted) = put_listed(connection, origin, &listed)?;
    let first_time = before.as_ref().is_none_or(|old| !old.detailed);
    noted += variants::put(connection, id, &detailed.variants, first_time, now)?;
    let prices: Vec<Decimal> = detailed
        .variants
        .iter()
        .filter_map(|variant| variant.price)
        .collect();
    let shown = match (prices.iter().min(), prices.iter().max()) {
        (Some(low), Some(high)) => (cents(*low), cents(*high)),
        _ => match detailed.listed.price {
            Some((low, high)) => (cents(low), cents(high)),
            None => before.as_ref().map_or((None, None), |old| old.shown),
        },
    };
    let sum = |of: fn(&crate::views::VariantRow) -> Option<i64>| {
        detailed
            .variants
            .iter()
            .filter_map(of)
            .reduce(i64::saturating_add)
    };
    let count = i64::try_from(detailed.variants.len()).unwrap_or(i64::MAX);
    connection
        .prepare_cached(
            "UPDATE products SET price_min = ?2, price_max = ?3, stock = ?4, stock_in_warehouse = ?5, variants = ?6, \
             images = ?7, details_at = ?8, currency = coalesce(?9, currency) WHERE id = ?1",
        )?
        .execute(params![
            id,
            shown.0,
            shown.1,
            sum(|variant| variant.stock).or(detailed.listed.stock),
            sum(|variant| variant.stock_in_warehouse).or(detailed.listed.stock_in_warehouse),
            count,
            json(&detailed.images)?,
            ms(now),
            detailed.listed.currency
        ])?;
    Ok(noted)
}

/// Marks a product as off the shelf. `at_once` when the supplier said so; otherwise only the second miss counts, because
/// an empty answer may be a hiccup. Returns whether it is delisted now and was not before.
pub fn miss(
    connection: &Connection,
    origin: Origin<'_>,
    product_id: &str,
    at_once: bool,
) -> Result<bool> {
    let Some(old) = known(connection, origin.account, product_id)? else {
        return Ok(false);
    };
    let misses: i64 = connection.query_row(
        "UPDATE products SET misses = misses + 1 WHERE id = ?1 RETURNING misses",
        [old.id],
        |row| row.get(0),
    )?;
    if old.status == ProductStatus::Delisted || !(at_once || misses >= 2) {
        return Ok(false);
    }
    connection.execute(
        "UPDATE products SET status = 'delisted' WHERE id = ?1",
        [old.id],
    )?;
    note_status(
        connection,
        old.id,
        old.status,
        ProductStatus::Delisted,
        origin.now,
    )?;
    Ok(true)
}

/// The next product seen in `run` behind row `after`, for the details pass.
pub fn next_of_run(connection: &Connection, run: i64, after: i64) -> Result<Option<(i64, String)>> {
    Ok(connection
        .prepare_cached(
            "SELECT id, product_id FROM products WHERE seen_run = ?1 AND id > ?2 AND status = 'active' ORDER BY id LIMIT 1",
        )?
        .query_row([run, after], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// How many products the details pass of `run` has before it.
pub fn count_of_run(connection: &Connection, run: i64) -> Result<u64> {
    let count: i64 = connection.query_row(
        "SELECT count(*) FROM products WHERE seen_run = ?1 AND status = 'active'",
        [run],
        |row| row.get(0),
    )?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Puts every product of an account into `run`, for a pass over what is here already.
pub fn enlist_all(connection: &Connection, account: &str, run: i64) -> Result<u64> {
    let count = connection.execute(
        "UPDATE products SET seen_run = ?2 WHERE account = ?1",
        params![account, run],
    )?;
    Ok(count as u64)
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
        changes: changes::page(connection, Some(id), None, 50)?.items,
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

fn range((low, high): (Option<i64>, Option<i64>)) -> Option<String> {
    match (low.map(price), high.map(price)) {
        (Some(low), Some(high)) if low != high => Some(format!("{low}-{high}")),
        (Some(low), _) => Some(low.to_string()),
        _ => None,
    }
}

fn note_status(
    connection: &Connection,
    id: i64,
    old: ProductStatus,
    new: ProductStatus,
    at: Timestamp,
) -> Result<u64> {
    if old == new {
        return Ok(0);
    }
    let change = Change {
        product: id,
        variant: None,
        what: ChangeKind::Listing,
        old: Some(name(&old)?),
        new: Some(name(&new)?),
        currency: None,
        at,
    };
    changes::note(connection, &change)?;
    Ok(1)
}

/// Notes a change of stock.
pub(super) fn note_number(
    connection: &Connection,
    product: i64,
    variant: Option<&str>,
    old: Option<i64>,
    new: Option<i64>,
    at: Timestamp,
) -> Result<()> {
    let text = |value: Option<i64>| value.map(|value| value.to_string());
    let change = Change {
        product,
        variant,
        what: ChangeKind::Stock,
        old: text(old),
        new: text(new),
        currency: None,
        at,
    };
    changes::note(connection, &change)
}
