//! Writing what suppliers say of products, and noting what changed by it.
//!
//! Prices of the list and of the details are told apart, so that a list that only knows the lowest price does not look like
//! a price change after every sync. Reading is in `products`.

mod known;

use jiff::Timestamp;
use rusqlite::{Connection, params};
use rust_decimal::Decimal;

use super::changes::{self, Change};
use super::codec::{cents, json, ms, name, price};
use super::outbox::STANDING;
use super::vanished::ENOUGH;
use super::{days, products, variants};
use crate::catalog::{Detailed, Listed};
use crate::error::{Code, Error, Result};
use crate::views::{ChangeKind, ProductStatus, Supplier};
use known::{Known, known};

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

/// Writes what a page of a list said; `mine` when it is the list of the owner's own selection. Returns how many changes
/// were noted.
pub fn put_page(
    connection: &Connection,
    origin: Origin<'_>,
    page: impl Iterator<Item = Listed>,
    mine: bool,
) -> Result<u64> {
    let (mut noted, mut new) = (0, 0);
    // New products come in a row, and so do known ones: whether the one before was new says what to try first.
    let mut likely_new = false;
    for listed in page {
        match put(connection, origin, &listed, mine, likely_new)? {
            Put::New(_) => {
                new += 1;
                likely_new = true;
            }
            Put::Known(_, changes) => {
                noted += changes;
                likely_new = false;
            }
        }
    }
    days::arrived(connection, origin.now, new)?;
    Ok(noted)
}

/// Writes what a list said of a product. Returns its row id and how many changes were noted.
pub fn put_listed(
    connection: &Connection,
    origin: Origin<'_>,
    listed: &Listed,
) -> Result<(i64, u64)> {
    match put(connection, origin, listed, false, false)? {
        Put::New(id) => {
            days::arrived(connection, origin.now, 1)?;
            Ok((id, 0))
        }
        Put::Known(id, noted) => Ok((id, noted)),
    }
}

/// What became of a product that a list named: its row, and of a known one the changes that were noted.
enum Put {
    New(i64),
    Known(i64, u64),
}

fn put(
    connection: &Connection,
    origin: Origin<'_>,
    listed: &Listed,
    mine: bool,
    likely_new: bool,
) -> Result<Put> {
    if likely_new && let Some(id) = insert(connection, origin, listed, mine)? {
        return Ok(Put::New(id));
    }
    if let Some(old) = known(connection, origin.account, &listed.product_id)? {
        if mine && !old.mine {
            products::mark_mine(connection, old.id)?;
        }
        let id = old.id;
        return Ok(Put::Known(id, renew(connection, origin, listed, old)?));
    }
    let id = insert(connection, origin, listed, mine)?;
    id.map(Put::New).ok_or_else(|| {
        Error::new(
            Code::Unexpected,
            "a product was neither here nor could it be added",
        )
    })
}

fn list_price(listed: &Listed) -> (Option<i64>, Option<i64>) {
    match listed.price {
        Some((low, high)) => (cents(low), cents(high)),
        None => (None, None),
    }
}

/// Writes what a list said of a product that is here. Returns how many changes were noted.
fn renew(connection: &Connection, origin: Origin<'_>, listed: &Listed, old: Known) -> Result<u64> {
    let list = list_price(listed);
    let now = origin.now;
    let status = match listed.on_sale {
        Some(false) => ProductStatus::Delisted,
        Some(true) => ProductStatus::Active,
        // It was off the shelf for no other reason than that no list named it.
        None if old.unlisted >= ENOUGH => ProductStatus::Active,
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
            .prepare_cached(
                "UPDATE products SET seen_at = ?2, seen_run = coalesce(?3, seen_run), unlisted = 0 WHERE id = ?1",
            )?
            .execute(params![old.id, ms(now), origin.run])?;
        return Ok(0);
    }
    connection
        .prepare_cached(&format!(
            "UPDATE products SET title = ?2, sku = ?3, category = ?4, image = ?5, price_min = ?6, price_max = ?7, \
             list_min = ?8, list_max = ?9, currency = ?10, stock = ?11, stock_in_warehouse = ?12, status = ?13, \
             seen_at = ?14, seen_run = coalesce(?15, seen_run), unlisted = 0, revision = {STANDING} WHERE id = ?1"
        ))?
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
    Ok(noted)
}

/// Adds a product and returns its row; `None` when it is here already.
fn insert(
    connection: &Connection,
    origin: Origin<'_>,
    listed: &Listed,
    mine: bool,
) -> Result<Option<i64>> {
    let list = list_price(listed);
    let status = if listed.on_sale == Some(false) {
        ProductStatus::Delisted
    } else {
        ProductStatus::Active
    };
    let added = connection
        .prepare_cached(&format!(
            "INSERT INTO products (account, supplier, product_id, title, sku, category, image, price_min, price_max, \
             list_min, list_max, currency, stock, stock_in_warehouse, status, listed_at, seen_at, seen_run, first_title, mine, revision) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?4, ?17, {STANDING}) \
             ON CONFLICT (account, product_id) DO NOTHING"
        ))?
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
            origin.run,
            mine
        ])?;
    if added == 0 {
        return Ok(None);
    }
    let id = connection.last_insert_rowid();
    put_words(
        connection,
        id,
        &listed.title,
        listed.sku.as_deref(),
        listed.category.as_deref(),
    )?;
    Ok(Some(id))
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
    // Which list named it last stays known: details are no list.
    let of_details = Origin {
        run: None,
        ..origin
    };
    let (id, mut noted) = put_listed(connection, of_details, &listed)?;
    let first_time = before.as_ref().is_none_or(|old| !old.detailed);
    let put = variants::put(connection, id, &detailed.variants, first_time, now)?;
    noted += put.noted;
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
        .prepare_cached(&format!(
            "UPDATE products SET price_min = ?2, price_max = ?3, stock = ?4, stock_in_warehouse = ?5, variants = ?6, \
             images = ?7, details_at = ?8, currency = coalesce(?9, currency), misses = 0, \
             revision = CASE WHEN ?10 OR details_at IS NULL OR price_min IS NOT ?2 OR price_max IS NOT ?3 \
             OR stock IS NOT ?4 OR stock_in_warehouse IS NOT ?5 OR images IS NOT ?7 \
             OR currency IS NOT coalesce(?9, currency) THEN {STANDING} ELSE revision END WHERE id = ?1"
        ))?
        .execute(params![
            id,
            shown.0,
            shown.1,
            sum(|variant| variant.stock).or(detailed.listed.stock),
            sum(|variant| variant.stock_in_warehouse).or(detailed.listed.stock_in_warehouse),
            count,
            json(&detailed.images)?,
            ms(now),
            detailed.listed.currency,
            put.moved
        ])?;
    Ok(noted)
}

/// Marks a product as off the shelf. `at_once` when the supplier said so; otherwise only the second miss counts, because
/// one may be a hiccup; that a list goes on naming it does not take the first back. Returns whether it is delisted now and was not before.
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
        "UPDATE products SET misses = misses + 1, unlisted = 0 WHERE id = ?1 RETURNING misses",
        [old.id],
        |row| row.get(0),
    )?;
    if old.status == ProductStatus::Delisted || !(at_once || misses >= 2) {
        return Ok(false);
    }
    take_off(connection, old.id, origin.now)?;
    Ok(true)
}

/// Marks a product that was on sale as off the shelf.
pub fn take_off(connection: &Connection, product: i64, at: Timestamp) -> Result<()> {
    connection.execute(
        &format!("UPDATE products SET status = 'delisted', revision = {STANDING} WHERE id = ?1"),
        [product],
    )?;
    let (old, new) = (ProductStatus::Active, ProductStatus::Delisted);
    note_status(connection, product, old, new, at)?;
    Ok(())
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
