//! Variants of a product, with the changes of their price and stock.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use rusqlite::{CachedStatement, Connection, params};

use super::changes::{self, Change};
use super::codec::{cents, json, price, unjson};
use super::intake::note_number;
use crate::error::Result;
use crate::views::{ChangeKind, VariantRow};

/// What [`put`] did.
pub struct Put {
    /// Changes noted; none the first time, when there is nothing to compare with.
    pub noted: u64,
    /// Whether anything at all is different now.
    pub moved: bool,
}

/// Puts the supplier's present variants in place. What is gone is marked, not deleted: orders and history may name it.
pub fn put(
    connection: &Connection,
    product: i64,
    now_there: &[VariantRow],
    first_time: bool,
    at: Timestamp,
) -> Result<Put> {
    let mut before: HashMap<String, (Option<i64>, Option<i64>, bool)> = HashMap::new();
    {
        let mut statement = connection.prepare_cached(
            "SELECT variant_id, price, stock, gone FROM variants WHERE product = ?1",
        )?;
        let mut rows = statement.query([product])?;
        while let Some(row) = rows.next()? {
            before.insert(row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?));
        }
    }
    let mut noted = 0;
    let mut moved = false;
    let mut upsert = connection.prepare_cached(
        "INSERT INTO variants (product, position, variant_id, sku, title, price, currency, stock, stock_in_warehouse, \
         image, weight_g, warehouses, options, gone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0) \
         ON CONFLICT (product, variant_id) DO UPDATE SET position = excluded.position, sku = excluded.sku, \
         title = excluded.title, price = coalesce(excluded.price, price), currency = excluded.currency, \
         stock = excluded.stock, stock_in_warehouse = excluded.stock_in_warehouse, image = excluded.image, \
         weight_g = excluded.weight_g, warehouses = excluded.warehouses, options = excluded.options, gone = 0 \
         WHERE gone OR (position, sku, title, price, currency, stock, stock_in_warehouse, image, weight_g, warehouses, options) \
         IS NOT (excluded.position, excluded.sku, excluded.title, coalesce(excluded.price, price), excluded.currency, \
         excluded.stock, excluded.stock_in_warehouse, excluded.image, excluded.weight_g, excluded.warehouses, excluded.options)",
    )?;
    for (position, variant) in now_there.iter().enumerate() {
        let units = variant.price.and_then(cents);
        let written = upsert.execute(params![
            product,
            i64::try_from(position).unwrap_or(i64::MAX),
            variant.variant_id,
            variant.sku,
            variant.title,
            units,
            variant.currency,
            variant.stock,
            variant.stock_in_warehouse,
            variant.image,
            variant.weight_g.map(|grams| grams.to_string()),
            json(&variant.warehouses)?,
            json(&variant.options)?
        ])?;
        moved |= written > 0;
        match before.remove(&variant.variant_id) {
            Some((old_price, old_stock, was_gone)) => {
                if old_price.is_some() && units.is_some() && old_price != units {
                    let change = Change {
                        product,
                        variant: Some(&variant.variant_id),
                        what: ChangeKind::Price,
                        old: old_price.map(|units| price(units).to_string()),
                        new: units.map(|units| price(units).to_string()),
                        currency: variant.currency.as_deref(),
                        at,
                    };
                    changes::note(connection, &change)?;
                    noted += 1;
                }
                if old_stock.is_some() && variant.stock.is_some() && old_stock != variant.stock {
                    note_number(
                        connection,
                        product,
                        Some(&variant.variant_id),
                        old_stock,
                        variant.stock,
                        at,
                    )?;
                    noted += 1;
                }
                if was_gone {
                    noted += note_listing(connection, product, &variant.variant_id, true, at)?;
                }
            }
            None if !first_time => {
                noted += note_listing(connection, product, &variant.variant_id, true, at)?;
            }
            None => {}
        }
    }
    for (variant_id, (_, _, was_gone)) in before {
        if !was_gone {
            connection
                .prepare_cached(
                    "UPDATE variants SET gone = 1 WHERE product = ?1 AND variant_id = ?2",
                )?
                .execute(params![product, variant_id])?;
            noted += note_listing(connection, product, &variant_id, false, at)?;
            moved = true;
        }
    }
    put_countries(connection, product, now_there)?;
    Ok(Put { noted, moved })
}

/// Keeps in which countries something of the product lies.
fn put_countries(connection: &Connection, product: i64, there: &[VariantRow]) -> Result<()> {
    let now: BTreeSet<String> = there
        .iter()
        .flat_map(|variant| &variant.warehouses)
        .filter(|warehouse| warehouse.total > 0)
        .map(|warehouse| warehouse.country.to_ascii_uppercase())
        .collect();
    let before: BTreeSet<String> = connection
        .prepare_cached("SELECT country FROM product_warehouses WHERE product = ?1")?
        .query_map([product], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for country in before.difference(&now) {
        connection
            .prepare_cached("DELETE FROM product_warehouses WHERE country = ?1 AND product = ?2")?
            .execute(params![country, product])?;
    }
    for country in now.difference(&before) {
        connection
            .prepare_cached("INSERT INTO product_warehouses (country, product) VALUES (?1, ?2)")?
            .execute(params![country, product])?;
    }
    Ok(())
}

fn note_listing(
    connection: &Connection,
    product: i64,
    variant: &str,
    there: bool,
    at: Timestamp,
) -> Result<u64> {
    let (old, new) = if there {
        (None, Some("active"))
    } else {
        (Some("active"), Some("delisted"))
    };
    let change = Change {
        product,
        variant: Some(variant),
        what: ChangeKind::Listing,
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
        currency: None,
        at,
    };
    changes::note(connection, &change)?;
    Ok(1)
}

/// The variants of a product that can be ordered, in the supplier's order.
pub fn of(connection: &Connection, product: i64) -> Result<Vec<VariantRow>> {
    let all = with_gone(connection, product)?;
    Ok(all
        .into_iter()
        .filter_map(|(variant, gone)| (!gone).then_some(variant))
        .collect())
}

/// Every variant ever known of a product, in the supplier's order, and whether it is gone.
pub fn with_gone(connection: &Connection, product: i64) -> Result<Vec<(VariantRow, bool)>> {
    of_each(connection)?.read(product)
}

/// For many products one after the other: the statement is looked up once.
pub fn of_each(connection: &Connection) -> Result<OfEach<'_>> {
    Ok(OfEach(connection.prepare_cached(
        "SELECT variant_id, sku, title, price, currency, stock, stock_in_warehouse, image, weight_g, warehouses, gone, options \
         FROM variants WHERE product = ?1 ORDER BY position, variant_id",
    )?))
}

/// Reads the variants of one product after the other.
pub struct OfEach<'a>(CachedStatement<'a>);

impl OfEach<'_> {
    /// Every variant ever known of a product, in the supplier's order, and whether it is gone.
    pub fn read(&mut self, product: i64) -> Result<Vec<(VariantRow, bool)>> {
        let mut rows = self.0.query([product])?;
        let mut variants = Vec::new();
        while let Some(row) = rows.next()? {
            let gone = row.get(10)?;
            let variant = VariantRow {
                variant_id: row.get(0)?,
                sku: row.get(1)?,
                title: row.get(2)?,
                price: row.get::<_, Option<i64>>(3)?.map(price),
                currency: row.get(4)?,
                stock: row.get(5)?,
                stock_in_warehouse: row.get(6)?,
                image: row.get(7)?,
                weight_g: row
                    .get::<_, Option<String>>(8)?
                    .and_then(|grams| grams.parse().ok()),
                warehouses: unjson(&row.get::<_, String>(9)?)?,
                options: unjson(&row.get::<_, String>(11)?)?,
            };
            variants.push((variant, gone));
        }
        Ok(variants)
    }
}
