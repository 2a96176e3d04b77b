//! Rows of products and variants on their way into the database: by `COPY`, or as JSON where no table can be made for them.

use std::borrow::Cow;
use std::pin::pin;

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use smartlinks_core::Result;
use smartlinks_core::outbox::Changed;
use smartlinks_core::views::{ProductStatus, VariantOption, VariantRow};
use tokio_postgres::Client;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{Json, ToSql, Type};

use super::error::from_postgres;

/// The columns of a product's row.
pub(super) const PRODUCT: &str = "account, product_id, supplier, title, sku, category, image, images, price_min, price_max, currency, stock, \
                       stock_in_warehouse, variant_count, status, as_of, published_at";
/// Their types.
pub(super) const PRODUCT_TYPES: [Type; 17] = [
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::TEXT_ARRAY,
    Type::NUMERIC,
    Type::NUMERIC,
    Type::TEXT,
    Type::INT8,
    Type::INT8,
    Type::INT8,
    Type::TEXT,
    Type::TIMESTAMPTZ,
    Type::TIMESTAMPTZ,
];
/// The columns of a variant's row.
pub(super) const VARIANT: &str = "account, product_id, variant_id, position, sku, title, price, currency, stock, stock_in_warehouse, image, \
                       weight_g, warehouses, options, status, as_of, published_at";
/// Their types.
pub(super) const VARIANT_TYPES: [Type; 17] = [
    Type::TEXT,
    Type::TEXT,
    Type::TEXT,
    Type::INT4,
    Type::TEXT,
    Type::TEXT,
    Type::NUMERIC,
    Type::TEXT,
    Type::INT8,
    Type::INT8,
    Type::TEXT,
    Type::NUMERIC,
    Type::JSONB,
    Type::JSONB,
    Type::TEXT,
    Type::TIMESTAMPTZ,
    Type::TIMESTAMPTZ,
];
/// Products of an account on their way, at a time of the server's clock.
pub(super) struct Batch<'a> {
    pub(super) account: &'a str,
    pub(super) changed: &'a [Changed],
    pub(super) now: Timestamp,
}

impl Batch<'_> {
    /// Copies the products into a table.
    pub(super) async fn copy_products(&self, client: &Client, table: &str) -> Result<u64> {
        let mut writer = pin!(writer(client, table, PRODUCT, &PRODUCT_TYPES).await?);
        for Changed {
            product, images, ..
        } in self.changed
        {
            let images: Vec<Cow<'_, str>> = images.iter().map(|image| text(image)).collect();
            let row: [&(dyn ToSql + Sync); 17] = [
                &self.account,
                &text(&product.product_id),
                &product.supplier.as_str(),
                &text(&product.title),
                &product.sku.as_deref().map(text),
                &product.category.as_deref().map(text),
                &product.image.as_deref().map(text),
                &images,
                &product.price_min,
                &product.price_max,
                &product.currency,
                &product.stock,
                &product.stock_in_warehouse,
                &product.variants,
                &status(product.status == ProductStatus::Delisted),
                &product.seen_at,
                &self.now,
            ];
            writer.as_mut().write(&row).await.map_err(from_postgres)?;
        }
        writer.finish().await.map_err(from_postgres)
    }

    /// Copies their variants into a table.
    pub(super) async fn copy_variants(&self, client: &Client, table: &str) -> Result<u64> {
        let mut writer = pin!(writer(client, table, VARIANT, &VARIANT_TYPES).await?);
        for Changed {
            product, variants, ..
        } in self.changed
        {
            for (position, (variant, gone)) in variants.iter().enumerate() {
                let VariantRow {
                    variant_id,
                    sku,
                    title,
                    price,
                    currency,
                    stock,
                    stock_in_warehouse,
                    image,
                    weight_g,
                    warehouses,
                    options,
                } = variant;
                let row: [&(dyn ToSql + Sync); 17] = [
                    &self.account,
                    &text(&product.product_id),
                    &text(variant_id),
                    &i32::try_from(position).unwrap_or(i32::MAX),
                    &sku.as_deref().map(text),
                    &text(title),
                    price as &(dyn ToSql + Sync),
                    currency,
                    stock,
                    stock_in_warehouse,
                    &image.as_deref().map(text),
                    weight_g as &Option<Decimal>,
                    &Json(warehouses),
                    &Json(plain(options)),
                    &status(*gone),
                    &product.seen_at,
                    &self.now,
                ];
                writer.as_mut().write(&row).await.map_err(from_postgres)?;
            }
        }
        writer.finish().await.map_err(from_postgres)
    }
}

impl Batch<'_> {
    /// The same products as JSON, by the names of the columns.
    pub(super) fn products(&self) -> Value {
        let row = |changed: &Changed| {
            let Changed {
                product, images, ..
            } = changed;
            let images: Vec<Cow<'_, str>> = images.iter().map(|image| text(image)).collect();
            json!({
                "account": self.account,
                "product_id": text(&product.product_id),
                "supplier": product.supplier,
                "title": text(&product.title),
                "sku": product.sku.as_deref().map(text),
                "category": product.category.as_deref().map(text),
                "image": product.image.as_deref().map(text),
                "images": images,
                "price_min": product.price_min,
                "price_max": product.price_max,
                "currency": product.currency,
                "stock": product.stock,
                "stock_in_warehouse": product.stock_in_warehouse,
                "variant_count": product.variants,
                "status": status(product.status == ProductStatus::Delisted),
                "as_of": product.seen_at,
                "published_at": self.now,
            })
        };
        self.changed.iter().map(row).collect()
    }

    /// The same variants as JSON.
    pub(super) fn variants(&self) -> Value {
        let of = |changed: &Changed| -> Vec<Value> {
            let row = |(position, (variant, gone)): (usize, &(VariantRow, bool))| {
                json!({
                    "account": self.account,
                    "product_id": text(&changed.product.product_id),
                    "variant_id": text(&variant.variant_id),
                    "position": position,
                    "sku": variant.sku.as_deref().map(text),
                    "title": text(&variant.title),
                    "price": variant.price,
                    "currency": variant.currency,
                    "stock": variant.stock,
                    "stock_in_warehouse": variant.stock_in_warehouse,
                    "image": variant.image.as_deref().map(text),
                    "weight_g": variant.weight_g,
                    "warehouses": variant.warehouses,
                    "options": plain(&variant.options),
                    "status": status(*gone),
                    "as_of": changed.product.seen_at,
                    "published_at": self.now,
                })
            };
            changed.variants.iter().enumerate().map(row).collect()
        };
        self.changed.iter().flat_map(of).collect()
    }
}

/// The columns with their types, as `jsonb_to_recordset` wants to know them.
pub(super) fn typed(columns: &str, types: &[Type]) -> String {
    let named = columns.split(", ").zip(types);
    let typed: Vec<String> = named
        .map(|(column, kind)| match *kind {
            Type::TEXT_ARRAY => format!("{column} text[]"),
            _ => format!("{column} {}", kind.name()),
        })
        .collect();
    typed.join(", ")
}

async fn writer(
    client: &Client,
    table: &str,
    columns: &str,
    types: &[Type],
) -> Result<BinaryCopyInWriter> {
    let copy = format!("COPY {table} ({columns}) FROM STDIN BINARY");
    let sink = client.copy_in(&copy).await.map_err(from_postgres)?;
    Ok(BinaryCopyInWriter::new(sink, types))
}

fn status(delisted: bool) -> &'static str {
    if delisted { "delisted" } else { "active" }
}

fn plain(options: &[VariantOption]) -> Cow<'_, [VariantOption]> {
    let holds = |option: &VariantOption| {
        option.value.contains('\0')
            || option
                .name
                .as_deref()
                .is_some_and(|name| name.contains('\0'))
    };
    if !options.iter().any(holds) {
        return Cow::Borrowed(options);
    }
    let clean = |option: &VariantOption| VariantOption {
        name: option.name.as_deref().map(|name| text(name).into_owned()),
        value: text(&option.value).into_owned(),
    };
    Cow::Owned(options.iter().map(clean).collect())
}

/// Postgres takes every letter but the one of value zero, which some supplier's title holds.
fn text(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', ""))
    } else {
        Cow::Borrowed(text)
    }
}
