//! What is known of a product before a supplier's word on it is written.

use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;
use crate::views::ProductStatus;

/// A product that is here, as far as what a supplier says is compared with it.
pub struct Known {
    pub id: i64,
    pub title: String,
    pub sku: Option<String>,
    pub category: Option<String>,
    pub image: Option<String>,
    pub list: (Option<i64>, Option<i64>),
    pub shown: (Option<i64>, Option<i64>),
    pub currency: Option<String>,
    pub stock: Option<i64>,
    pub stock_in_warehouse: Option<i64>,
    pub status: ProductStatus,
    pub detailed: bool,
    pub unlisted: i64,
    pub mine: bool,
}

/// The product of an account, if it is here.
pub fn known(connection: &Connection, account: &str, product_id: &str) -> Result<Option<Known>> {
    connection
        .prepare_cached(
            "SELECT id, title, sku, category, image, list_min, list_max, price_min, price_max, currency, stock, \
             stock_in_warehouse, status, details_at IS NOT NULL, unlisted, mine FROM products WHERE account = ?1 AND product_id = ?2",
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
                unlisted: row.get(14)?,
                mine: row.get(15)?,
            })
        })
        .optional()
        .map_err(Into::into)
}
