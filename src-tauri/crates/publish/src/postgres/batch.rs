//! One batch: rows by `COPY` into tables that end with the transaction, one upsert from there, the place reached, commit.
//!
//! The upsert touches a row only when it differs and the supplier showed ours no earlier than theirs, so that repeating a batch
//! writes nothing and an older catalogue does not overwrite a newer one.

use std::borrow::Cow;
use std::pin::pin;

use rust_decimal::Decimal;
use serde_json::Value;
use smartlinks_core::outbox::{Changed, Mark};
use smartlinks_core::views::{ProductStatus, VariantRow};
use smartlinks_core::{Code, Error, Result};
use tokio_postgres::Client;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

use super::error::from_postgres;
use super::lease;

const PRODUCT: &str = "account, product_id, supplier, title, sku, category, image, images, price_min, price_max, currency, stock, \
                       stock_in_warehouse, variant_count, status, as_of";
const PRODUCT_TYPES: [Type; 16] = [
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
];
const VARIANT: &str = "account, product_id, variant_id, position, sku, title, price, currency, stock, stock_in_warehouse, image, \
                       weight_g, warehouses, status, as_of";
const VARIANT_TYPES: [Type; 15] = [
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
    Type::TEXT,
    Type::TIMESTAMPTZ,
];
/// What decides whether a row differs: everything but the key, `as_of` and `published_at`.
const PRODUCT_FACTS: &[&str] = &[
    "title",
    "sku",
    "category",
    "image",
    "images",
    "price_min",
    "price_max",
    "currency",
    "stock",
    "stock_in_warehouse",
    "variant_count",
    "status",
];
const VARIANT_FACTS: &[&str] = &[
    "position",
    "sku",
    "title",
    "price",
    "currency",
    "stock",
    "stock_in_warehouse",
    "image",
    "weight_g",
    "warehouses",
    "status",
];

/// How many rows a batch wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Touched {
    pub products: u64,
    pub variants: u64,
}

/// Writes `changed` and the place behind it in one transaction. `shared` when another computer publishes this account too.
pub(super) async fn write(
    client: &Client,
    account: &str,
    mark: &Mark,
    changed: &[Changed],
    shared: bool,
) -> Result<Touched> {
    let Some(last) = changed.last() else {
        return Ok(Touched::default());
    };
    let begin = format!(
        "BEGIN; \
         CREATE TEMPORARY TABLE incoming_products ON COMMIT DROP AS SELECT {PRODUCT} FROM smartlinks.products WITH NO DATA; \
         CREATE TEMPORARY TABLE incoming_variants ON COMMIT DROP AS SELECT {VARIANT} FROM smartlinks.variants WITH NO DATA"
    );
    client.batch_execute(&begin).await.map_err(from_postgres)?;
    lease::hold(client, account, &mark.source).await?;
    copy_products(client, account, changed).await?;
    copy_variants(client, account, changed).await?;
    let products = upsert("products", PRODUCT, "account, product_id", PRODUCT_FACTS);
    let variants = upsert(
        "variants",
        VARIANT,
        "account, product_id, variant_id",
        VARIANT_FACTS,
    );
    let mut touched = Touched {
        products: run(client, &products).await?,
        variants: 0,
    };
    if shared {
        touched.variants += run(client, FORGOTTEN).await?;
    }
    touched.variants += run(client, &variants).await?;
    lease::reached(client, account, mark, last.position).await?;
    client
        .batch_execute("COMMIT")
        .await
        .map_err(from_postgres)?;
    Ok(touched)
}

/// Variants another computer published that the supplier no longer shows to this one, which looked later.
const FORGOTTEN: &str = "UPDATE smartlinks.variants v SET status = 'delisted', as_of = p.as_of, published_at = clock_timestamp() \
     FROM incoming_products p WHERE v.account = p.account AND v.product_id = p.product_id AND p.variant_count IS NOT NULL \
     AND v.status = 'active' AND v.as_of < p.as_of AND NOT EXISTS (SELECT FROM incoming_variants i \
     WHERE i.account = v.account AND i.product_id = v.product_id AND i.variant_id = v.variant_id)";

async fn run(client: &Client, statement: &str) -> Result<u64> {
    client
        .execute_typed(statement, &[])
        .await
        .map_err(from_postgres)
}

fn upsert(table: &str, columns: &str, key: &str, facts: &[&str]) -> String {
    let list = |prefix: &str| {
        facts
            .iter()
            .map(|fact| format!("{prefix}.{fact}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let set = facts
        .iter()
        .map(|fact| format!("{fact} = excluded.{fact}"))
        .collect::<Vec<_>>()
        .join(", ");
    format!(
        "INSERT INTO smartlinks.{table} AS t ({columns}, published_at) \
         SELECT {columns}, clock_timestamp() FROM incoming_{table} \
         ON CONFLICT ({key}) DO UPDATE SET {set}, as_of = excluded.as_of, published_at = excluded.published_at \
         WHERE t.as_of <= excluded.as_of AND ({}) IS DISTINCT FROM ({})",
        list("t"),
        list("excluded")
    )
}

async fn copy_products(client: &Client, account: &str, changed: &[Changed]) -> Result<()> {
    let mut writer = pin!(writer(client, "products", PRODUCT, &PRODUCT_TYPES).await?);
    for Changed {
        product, images, ..
    } in changed
    {
        let images: Vec<Cow<'_, str>> = images.iter().map(|image| text(image)).collect();
        let optional = |value: &Option<String>| value.as_deref().map(text).map(Cow::into_owned);
        let row: [&(dyn ToSql + Sync); 16] = [
            &account,
            &text(&product.product_id),
            &product.supplier.as_str(),
            &text(&product.title),
            &optional(&product.sku),
            &optional(&product.category),
            &optional(&product.image),
            &images,
            &product.price_min,
            &product.price_max,
            &product.currency,
            &product.stock,
            &product.stock_in_warehouse,
            &product.variants,
            &status(product.status == ProductStatus::Delisted),
            &product.seen_at,
        ];
        writer.as_mut().write(&row).await.map_err(from_postgres)?;
    }
    writer.finish().await.map_err(from_postgres)?;
    Ok(())
}

async fn copy_variants(client: &Client, account: &str, changed: &[Changed]) -> Result<()> {
    let mut writer = pin!(writer(client, "variants", VARIANT, &VARIANT_TYPES).await?);
    for Changed {
        product, variants, ..
    } in changed
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
            } = variant;
            let warehouses: Value = serde_json::to_value(warehouses)
                .map_err(|error| Error::new(Code::Unexpected, format!("warehouses: {error}")))?;
            let optional = |value: &Option<String>| value.as_deref().map(text).map(Cow::into_owned);
            let row: [&(dyn ToSql + Sync); 15] = [
                &account,
                &text(&product.product_id),
                &text(variant_id),
                &i32::try_from(position).unwrap_or(i32::MAX),
                &optional(sku),
                &text(title),
                price as &(dyn ToSql + Sync),
                currency,
                stock,
                stock_in_warehouse,
                &optional(image),
                weight_g as &Option<Decimal>,
                &warehouses,
                &status(*gone),
                &product.seen_at,
            ];
            writer.as_mut().write(&row).await.map_err(from_postgres)?;
        }
    }
    writer.finish().await.map_err(from_postgres)?;
    Ok(())
}

async fn writer(
    client: &Client,
    table: &str,
    columns: &str,
    types: &[Type],
) -> Result<BinaryCopyInWriter> {
    let copy = format!("COPY incoming_{table} ({columns}) FROM STDIN BINARY");
    let sink = client.copy_in(&copy).await.map_err(from_postgres)?;
    Ok(BinaryCopyInWriter::new(sink, types))
}

fn status(delisted: bool) -> &'static str {
    if delisted { "delisted" } else { "active" }
}

/// Postgres takes every letter but the one of value zero, which some supplier's title holds.
fn text(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', ""))
    } else {
        Cow::Borrowed(text)
    }
}
