//! Lists of products: the search, the legacy list, and the owner's "My products". One row type for all three.
//!
//! A search shows at most [`MOST_ROWS`] rows however it is paged; slicing by category, price or date is the caller's.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::Value;

use super::{images, on_sale, path};
use crate::client::Session;
use crate::error::{Error, Result};
use crate::price::PriceRange;
use crate::row::{Row, list, read_all};
use crate::time::written;

/// The most rows CJ shows of one search: beyond this offset it refuses, and it reports no larger total.
pub const MOST_ROWS: u64 = 6000;

/// What to search for with `product/listV2`; everything optional. Page from 1, size 1 to 100.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListV2Query {
    /// Words of the name, or a SKU.
    pub words: Option<String>,
    /// A third-level category.
    pub category_id: Option<String>,
    /// Only with stock in this country (two letters).
    pub country: Option<String>,
    /// Not cheaper than, USD.
    pub price_min: Option<Decimal>,
    /// Not dearer than, USD.
    pub price_max: Option<Decimal>,
    /// Listed at or after.
    pub listed_from: Option<Timestamp>,
    /// Listed at or before.
    pub listed_to: Option<Timestamp>,
    /// Which page, from 1 (0 counts as 1).
    pub page: u32,
    /// Rows a page; clamped to 1 to 100.
    pub size: u32,
}

/// What to search for with the legacy `product/list`; everything optional. Page from 1, size 1 to 200.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListQuery {
    /// Words of the English name.
    pub words: Option<String>,
    /// A SKU.
    pub sku: Option<String>,
    /// A third-level category.
    pub category_id: Option<String>,
    /// Only with stock in this country (two letters).
    pub country: Option<String>,
    /// Not cheaper than, USD.
    pub price_min: Option<Decimal>,
    /// Not dearer than, USD.
    pub price_max: Option<Decimal>,
    /// Created at or after.
    pub listed_from: Option<Timestamp>,
    /// Created at or before.
    pub listed_to: Option<Timestamp>,
    /// Which page, from 1 (0 counts as 1).
    pub page: u32,
    /// Rows a page; clamped to 1 to 200.
    pub size: u32,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListPage {
    /// Its rows.
    pub items: Vec<ListedProduct>,
    /// How many rows the whole list has, as CJ says; searches stop counting at [`MOST_ROWS`].
    pub total: Option<u64>,
    /// Which page CJ says this is.
    pub page: Option<u64>,
    /// How many rows a page has, as CJ says; it may be fewer than asked for.
    pub size: Option<u64>,
    /// Rows without an id, which had to be left out.
    pub unreadable: usize,
}

impl ListPage {
    /// Whether the list may be longer than CJ shows, so that it must be sliced to be seen whole.
    #[must_use]
    pub fn capped(&self) -> bool {
        self.total.is_some_and(|total| total >= MOST_ROWS)
    }
}

/// A product as listed. What a list does not tell is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedProduct {
    /// CJ's id: a UUID, or 16 to 19 digits.
    pub pid: String,
    /// The English title; else what there is.
    pub title: String,
    /// The SKU of the product (CJ's SPU).
    pub sku: Option<String>,
    /// One picture.
    pub image: Option<String>,
    /// Cheapest to dearest variant.
    pub price: Option<PriceRange>,
    /// ISO 4217, where the list names one; CJ's prices are USD otherwise.
    pub currency: Option<String>,
    /// Third-level category.
    pub category_id: Option<String>,
    /// Names from the first level down; empty when not told.
    pub category_path: Vec<String>,
    /// When it was listed at CJ, or added to "My products".
    pub listed_at: Option<Timestamp>,
    /// Whether it is on sale.
    pub on_sale: Option<bool>,
    /// All stock.
    pub warehouse_stock: Option<u64>,
    /// The part CJ counted.
    pub verified_stock: Option<u64>,
    /// The part CJ did not count.
    pub unverified_stock: Option<u64>,
    /// Weight in grams.
    pub weight_g: Option<Decimal>,
    /// In how many shops it is listed.
    pub listed_count: Option<u64>,
    /// `ORDINARY_PRODUCT`, `SUPPLIER_PRODUCT` …
    pub product_type: Option<String>,
    /// The supplier's name.
    pub supplier: Option<String>,
}

impl ListedProduct {
    fn of(row: Row<'_>) -> Option<Self> {
        let pid = row.text(["pid", "productId", "id"])?;
        let sku = row.text(["productSku", "sku", "spu"]);
        let title = row
            .title(["productNameEn", "nameEn", "productName", "name"])
            .or_else(|| sku.clone())
            .unwrap_or_else(|| pid.clone());
        let mut category_path: Vec<String> =
            ["oneCategoryName", "twoCategoryName", "threeCategoryName"]
                .into_iter()
                .filter_map(|name| row.text([name]))
                .collect();
        if category_path.is_empty() {
            category_path = row
                .text(["categoryName"])
                .map(|name| path(&name))
                .unwrap_or_default();
        }
        let image = row.text(["bigImage"]).map(|image| super::address(&image));
        Some(Self {
            title,
            sku,
            image: image.or_else(|| images(row).into_iter().next()),
            price: row.price(["sellPrice", "totalPrice", "nowPrice"]),
            currency: row.text(["currency"]),
            category_id: row.text(["categoryId"]),
            category_path,
            listed_at: row.time(["createAt", "createTime", "createrTime"]),
            on_sale: on_sale(row),
            warehouse_stock: row.count(["warehouseInventoryNum"]),
            verified_stock: row.count(["totalVerifiedInventory"]),
            unverified_stock: row.count(["totalUnVerifiedInventory"]),
            weight_g: row.decimal(["productWeight"]),
            listed_count: row.count(["listedNum", "listedShopNum"]),
            product_type: row.text(["productType"]),
            supplier: row.text(["supplierName"]),
            pid,
        })
    }
}

impl Session {
    /// Searches CJ's whole catalogue. 50 points.
    ///
    /// # Errors
    /// [`crate::Class::Param`] past the offset of [`MOST_ROWS`]; [`crate::Class::Answer`] when CJ sends no list at all. An
    /// empty page while `total` is above zero is `Ok`: the caller knows whether it is past the end.
    pub async fn list_v2(&self, q: &ListV2Query) -> Result<ListPage> {
        let mut query = vec![
            ("page", q.page.max(1).to_string()),
            ("size", q.size.clamp(1, 100).to_string()),
            // Without it the rows have no category names.
            ("features", String::from("enable_category")),
        ];
        put(&mut query, "keyWord", q.words.as_ref());
        put(&mut query, "categoryId", q.category_id.as_ref());
        put(&mut query, "countryCode", q.country.as_ref());
        put(&mut query, "startSellPrice", q.price_min.as_ref());
        put(&mut query, "endSellPrice", q.price_max.as_ref());
        put(
            &mut query,
            "timeStart",
            q.listed_from.map(Timestamp::as_millisecond),
        );
        put(
            &mut query,
            "timeEnd",
            q.listed_to.map(Timestamp::as_millisecond),
        );
        page(&self.get("product/listV2", query).await?)
    }

    /// Lists CJ's catalogue the old way. 50 points.
    ///
    /// # Errors
    /// As [`Session::list_v2`].
    pub async fn list(&self, q: &ListQuery) -> Result<ListPage> {
        let mut query = vec![
            ("pageNum", q.page.max(1).to_string()),
            ("pageSize", q.size.clamp(1, 200).to_string()),
        ];
        put(&mut query, "productNameEn", q.words.as_ref());
        put(&mut query, "productSku", q.sku.as_ref());
        put(&mut query, "categoryId", q.category_id.as_ref());
        put(&mut query, "countryCode", q.country.as_ref());
        put(&mut query, "minPrice", q.price_min.as_ref());
        put(&mut query, "maxPrice", q.price_max.as_ref());
        put(&mut query, "createTimeFrom", q.listed_from.map(written));
        put(&mut query, "createTimeTo", q.listed_to.map(written));
        page(&self.get("product/list", query).await?)
    }

    /// The owner's "My products". Free of points. Page from 1, size 1 to 200.
    ///
    /// # Errors
    /// [`crate::Class::Answer`] when CJ sends no list at all; refusals as everywhere.
    pub async fn my_products(&self, page_number: u32, size: u32) -> Result<ListPage> {
        let number = page_number.max(1).to_string();
        // Both spellings of the page are in use by programs that work; CJ ignores what it does not know.
        let query = vec![
            ("pageNum", number.clone()),
            ("pageNumber", number),
            ("pageSize", size.clamp(1, 200).to_string()),
        ];
        page(&self.get("product/myProduct/query", query).await?)
    }
}

fn put(query: &mut Vec<(&'static str, String)>, name: &'static str, value: Option<impl ToString>) {
    let value = value.map(|value| value.to_string());
    if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
        query.push((name, value));
    }
}

/// Reads a page: rows in `list`, `content`, or `content[].productList`; the total under any of its names.
fn page(data: &Value) -> Result<ListPage> {
    if let Some(rows) = list(data) {
        let (items, unreadable) = read_all(&rows, ListedProduct::of);
        return whole(ListPage {
            items,
            total: None,
            page: None,
            size: None,
            unreadable,
        });
    }
    let row = Row::required(data, "list of products")?;
    let total = row.count(["total", "totalRecords", "totalCount"]);
    let rows = row.list(["list", "content", "productList"]);
    if rows.is_none() && total.is_none() {
        return Err(Error::nothing("list of products"));
    }
    let mut items = Vec::new();
    let mut unreadable = 0;
    for value in rows.unwrap_or_default().iter() {
        let nested = Row::of(value).filter(|row| row.text(["pid", "productId", "id"]).is_none());
        let nested = nested
            .and_then(|row| row.value(["productList"]))
            .and_then(list);
        let (some, bad) = match nested {
            Some(nested) => read_all(&nested, ListedProduct::of),
            None if holds_no_rows(value) => continue,
            None => read_all(std::slice::from_ref(value), ListedProduct::of),
        };
        items.extend(some);
        unreadable += bad;
    }
    whole(ListPage {
        items,
        total,
        page: row.count(["pageNum", "pageNumber"]),
        size: row.count(["pageSize"]),
        unreadable,
    })
}

/// A search group whose `productList` is null: a search without hits has one.
fn holds_no_rows(value: &Value) -> bool {
    value.get("productList").is_some_and(Value::is_null)
}

/// A page of which nothing could be read is no page.
fn whole(page: ListPage) -> Result<ListPage> {
    if page.unreadable > 0 {
        tracing::warn!(
            unreadable = page.unreadable,
            "listed products without an id"
        );
        if page.items.is_empty() {
            return Err(Error::unreadable("no listed product has an id"));
        }
    }
    Ok(page)
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
