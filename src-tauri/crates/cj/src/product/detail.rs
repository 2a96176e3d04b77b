//! One product with everything CJ tells of it, and its variants.
//!
//! The price of a variant is the truth; the product's own is a range made from them. Plain answers carry no stock of variants:
//! that needs `with_stock`, or `stock_by_product`.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::Value;

use super::{address, images, on_sale, path};
use crate::client::Session;
use crate::error::{Error, Result};
use crate::price::PriceRange;
use crate::row::{Row, read_all, required_list};
use crate::stock::{self, Inventory};

/// A product with its variants.
#[derive(Debug, Clone, PartialEq)]
pub struct Product {
    /// CJ's id.
    pub pid: String,
    /// The English title; else what there is.
    pub title: String,
    /// The SKU of the product (CJ's SPU).
    pub sku: Option<String>,
    /// Description, HTML as CJ sends it: not safe to show as it is.
    pub description: Option<String>,
    /// Pictures, best first.
    pub images: Vec<String>,
    /// Cheapest to dearest variant, USD.
    pub price: Option<PriceRange>,
    /// What CJ suggests to sell it for, USD.
    pub suggested_price: Option<PriceRange>,
    /// Weight in grams.
    pub weight_g: Option<Decimal>,
    /// Weight with packing in grams.
    pub packed_weight_g: Option<Decimal>,
    /// Third-level category.
    pub category_id: Option<String>,
    /// Names from the first level down.
    pub category_path: Vec<String>,
    /// What the variants differ in, as in `Color`, `Size`.
    pub option_names: Vec<String>,
    /// Customs code.
    pub hs_code: Option<String>,
    /// What the customs call it.
    pub hs_name: Option<String>,
    /// What it is made of.
    pub materials: Vec<String>,
    /// `COMMON`, `BATTERY` …: what decides how it may be shipped.
    pub properties: Vec<String>,
    /// `ORDINARY_PRODUCT`, `SUPPLIER_PRODUCT` …
    pub product_type: Option<String>,
    /// Whether it is on sale.
    pub on_sale: Option<bool>,
    /// In how many shops it is listed.
    pub listed_count: Option<u64>,
    /// The supplier's name.
    pub supplier: Option<String>,
    /// When CJ made it.
    pub created_at: Option<Timestamp>,
    /// Its variants; products without any exist.
    pub variants: Vec<Variant>,
    /// Variants without an id, which had to be left out.
    pub unreadable_variants: usize,
}

/// One way to have a product: what is ordered.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// CJ's id.
    pub vid: String,
    /// The product's id, where told.
    pub pid: Option<String>,
    /// Its SKU.
    pub sku: Option<String>,
    /// The English title.
    pub title: Option<String>,
    /// CJ's key as sent: `Black-XL`, or `["Black","XL"]`.
    pub key: Option<String>,
    /// The key taken apart, by the option names of the product where they are known.
    pub options: Vec<OptionValue>,
    /// What the owner pays, USD; the upper end should CJ send a range.
    pub price: Option<Decimal>,
    /// What CJ suggests to sell it for, USD; the upper end of a range.
    pub suggested_price: Option<Decimal>,
    /// Weight in grams.
    pub weight_g: Option<Decimal>,
    /// Length in millimetres.
    pub length_mm: Option<Decimal>,
    /// Width in millimetres.
    pub width_mm: Option<Decimal>,
    /// Height in millimetres.
    pub height_mm: Option<Decimal>,
    /// Picture.
    pub image: Option<String>,
    /// When CJ made it.
    pub created_at: Option<Timestamp>,
    /// Stock by country; `None` when CJ does not tell (not asked for, or null), which is not "sold out".
    pub inventories: Option<Vec<Inventory>>,
}

/// One option of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionValue {
    /// As in `Color`, where known.
    pub name: Option<String>,
    /// As in `Black`.
    pub value: String,
}

impl Variant {
    /// All that can be sold of it; `None` when CJ does not tell.
    #[must_use]
    pub fn stock(&self) -> Option<u64> {
        stock::sum(self.inventories.as_deref()?)
    }

    fn of(row: Row<'_>, option_names: &[String]) -> Option<Self> {
        let key = row.value(["variantKey"]);
        Some(Self {
            vid: row.text(["vid", "variantId"])?,
            pid: row.text(["pid", "productId"]),
            sku: row.text(["variantSku", "sku"]),
            title: row.title(["variantNameEn", "variantName"]),
            options: options(&row.texts(["variantKey"]), key, option_names),
            key: key.map(|key| match key {
                Value::String(text) => text.trim().to_owned(),
                other => other.to_string(),
            }),
            price: row
                .price(["variantSellPrice", "sellPrice"])
                .map(|price| price.max),
            suggested_price: row
                .price(["variantSugSellPrice", "variantSuggestSellPrice"])
                .map(|price| price.max),
            weight_g: row.decimal(["variantWeight"]),
            length_mm: row.decimal(["variantLength"]),
            width_mm: row.decimal(["variantWidth"]),
            height_mm: row.decimal(["variantHeight"]),
            image: row.text(["variantImage"]).map(|image| address(&image)),
            created_at: row.time(["createTime"]),
            inventories: row
                .list(["inventories", "inventory"])
                .map(|rows| read_all(&rows, Inventory::of).0),
        })
    }
}

/// Takes a variant's key apart. A JSON list says itself where the parts end; in `Light-Blue-XL` only the number of option names
/// does, and what is left over belongs to the last of them. Without names the key stays whole.
fn options(parts: &[String], key: Option<&Value>, names: &[String]) -> Vec<OptionValue> {
    let listed = key.and_then(crate::row::list).is_some();
    let values: Vec<String> = match parts {
        [whole] if !listed => whole
            .splitn(names.len().max(1), '-')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        parts => parts.to_vec(),
    };
    values
        .into_iter()
        .enumerate()
        .map(|(index, value)| OptionValue {
            name: names.get(index).cloned(),
            value,
        })
        .collect()
}

impl Session {
    /// A product with its variants. 10 points; with stock by country of every variant when `with_stock`.
    ///
    /// # Errors
    /// [`crate::Class::NotFound`] and [`crate::Class::OffShelf`] when it is gone; [`crate::Class::Answer`] with `empty` when
    /// CJ says "success" and nothing else.
    pub async fn product(&self, pid: &str, with_stock: bool) -> Result<Product> {
        let mut query = vec![("pid", pid.to_owned())];
        if with_stock {
            query.push(("features", String::from("enable_inventory")));
        }
        product(&self.get("product/query", query).await?)
    }

    /// The variants of a product. 10 points. Option names are not in this answer, so keys like `Light-Blue` stay whole.
    ///
    /// # Errors
    /// [`crate::Class::Answer`] with `empty` when CJ sends none; [`Session::product`] tells whether there really are none.
    pub async fn variants(&self, pid: &str) -> Result<Vec<Variant>> {
        let data = self
            .get("product/variant/query", vec![("pid", pid.to_owned())])
            .await?;
        let variants = required_list(&data, "variants", |row| Variant::of(row, &[]))?;
        if variants.is_empty() {
            Err(Error::nothing("variants"))
        } else {
            Ok(variants)
        }
    }
}

fn product(data: &Value) -> Result<Product> {
    let row = Row::required(data, "product")?;
    let pid = row
        .text(["pid", "productId", "id"])
        .ok_or_else(|| Error::unreadable("product without id"))?;
    let sku = row.text(["productSku", "sku", "spu"]);
    let title = row
        .title(["productNameEn", "nameEn", "productName"])
        .or_else(|| sku.clone())
        .unwrap_or_else(|| pid.clone());
    let option_names = option_names(row);
    let rows = row.list(["variants"]).unwrap_or_default();
    let (variants, unreadable_variants) = read_all(&rows, |row| Variant::of(row, &option_names));
    Ok(Product {
        pid,
        title,
        sku,
        description: row.text(["description"]),
        images: images(row),
        price: row.price(["sellPrice"]),
        suggested_price: row.price(["suggestSellPrice", "productSugSellPrice"]),
        weight_g: row.decimal(["productWeight"]),
        packed_weight_g: row.decimal(["packingWeight", "packWeight"]),
        category_id: row.text(["categoryId"]),
        category_path: row
            .text(["categoryName"])
            .map(|name| path(&name))
            .unwrap_or_default(),
        option_names,
        hs_code: row.text(["entryCode"]),
        hs_name: row.text(["entryNameEn", "entryName"]),
        materials: row.texts(["materialNameEn", "materialName"]),
        properties: row.texts(["productProEnSet", "productProEn"]),
        product_type: row.text(["productType"]),
        on_sale: on_sale(row),
        listed_count: row.count(["listedNum"]),
        supplier: row.text(["supplierName"]),
        created_at: row.time(["createrTime", "createTime"]),
        variants,
        unreadable_variants,
    })
}

/// `Color-Size`, or a list of the same.
fn option_names(row: Row<'_>) -> Vec<String> {
    let names = row.texts(["productKeyEn"]);
    match &names[..] {
        [one] => one
            .split('-')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        _ => names,
    }
}

#[cfg(test)]
#[path = "detail_tests.rs"]
mod tests;
