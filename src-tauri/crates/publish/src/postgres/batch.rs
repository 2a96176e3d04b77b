//! One batch: rows by `COPY`, the place reached, commit.
//!
//! Where an account has no rows yet they are copied straight into the tables. Otherwise they go into tables that end with the
//! transaction, and one upsert from there touches a row only when it differs and the supplier showed ours no earlier than
//! theirs, so that repeating a batch writes nothing and an older catalogue does not overwrite a newer one.

use serde_json::Value;
use smartlinks_core::outbox::{Changed, Mark, Position};
use smartlinks_core::{Error, Result};
use tokio_postgres::Client;
use tokio_postgres::types::{ToSql, Type};

use super::error::from_postgres;
use super::lease;
use super::rows::{Batch, PRODUCT, PRODUCT_TYPES, VARIANT, VARIANT_TYPES, typed};

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
    "options",
    "status",
];

/// How many rows a batch wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Touched {
    pub products: u64,
    pub variants: u64,
}

/// What is in the tables before a batch comes, and so the way it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum There {
    /// No row of the account.
    Nothing,
    /// Rows of this computer.
    Ours,
    /// Rows that another computer publishes too.
    Shared,
}

/// Writes `changed` and the place behind it, if that is one, in one transaction.
/// `tables` where some that end with it can be made.
///
/// # Errors
/// What the server refuses; [`is_taken`] tells the one that says that there was something where `There::Nothing` was said.
pub(super) async fn write(
    client: &Client,
    account: &str,
    mark: &Mark,
    changed: &[Changed],
    place: Option<Position>,
    there: There,
    tables: bool,
) -> Result<Touched> {
    client.batch_execute("BEGIN").await.map_err(from_postgres)?;
    let now = lease::hold(client, account, &mark.source).await?;
    let batch = Batch {
        account,
        changed,
        now,
    };
    let touched = match there {
        There::Nothing => Touched {
            products: batch.copy_products(client, "smartlinks.products").await?,
            variants: batch.copy_variants(client, "smartlinks.variants").await?,
        },
        There::Ours | There::Shared => compared(client, &batch, there, tables).await?,
    };
    if let Some(place) = place {
        lease::reached(client, account, mark, place).await?;
    }
    client
        .batch_execute("COMMIT")
        .await
        .map_err(from_postgres)?;
    Ok(touched)
}

/// Whether a row was in the way of another with the same key.
pub(super) fn is_taken(error: &Error) -> bool {
    let said = error.supplier.as_ref();
    said.is_some_and(|said| said.code.as_deref() == Some("23505"))
}

async fn compared(
    client: &Client,
    batch: &Batch<'_>,
    there: There,
    tables: bool,
) -> Result<Touched> {
    let incoming = if tables {
        in_tables(client, batch).await?
    } else {
        in_json(batch)
    };
    let products = upsert("products", PRODUCT, "account, product_id", PRODUCT_FACTS);
    let variants = upsert(
        "variants",
        VARIANT,
        "account, product_id, variant_id",
        VARIANT_FACTS,
    );
    let mut touched = Touched {
        products: incoming.run(client, &products).await?,
        variants: 0,
    };
    if there == There::Shared {
        touched.variants += incoming.run(client, FORGOTTEN).await?;
    }
    touched.variants += incoming.run(client, &variants).await?;
    Ok(touched)
}

/// The rows where a statement finds them as `incoming_products` and `incoming_variants`.
struct Incoming {
    /// What makes these names, before a statement; empty where they are tables.
    with: String,
    /// What it takes.
    given: Vec<Value>,
}

impl Incoming {
    async fn run(&self, client: &Client, statement: &str) -> Result<u64> {
        let given: Vec<(&(dyn ToSql + Sync), Type)> = self
            .given
            .iter()
            .map(|rows| (rows as &(dyn ToSql + Sync), Type::JSONB))
            .collect();
        client
            .execute_typed(&format!("{}{statement}", self.with), &given)
            .await
            .map_err(from_postgres)
    }
}

/// Copied into tables that end with the transaction: the fast way.
async fn in_tables(client: &Client, batch: &Batch<'_>) -> Result<Incoming> {
    let tables = format!(
        "CREATE TEMPORARY TABLE incoming_products ON COMMIT DROP AS SELECT {PRODUCT} FROM smartlinks.products WITH NO DATA; \
         CREATE TEMPORARY TABLE incoming_variants ON COMMIT DROP AS SELECT {VARIANT} FROM smartlinks.variants WITH NO DATA"
    );
    client.batch_execute(&tables).await.map_err(from_postgres)?;
    batch.copy_products(client, "incoming_products").await?;
    batch.copy_variants(client, "incoming_variants").await?;
    Ok(Incoming {
        with: String::new(),
        given: Vec::new(),
    })
}

/// Handed over with each statement, for a role that may make no table, and for CockroachDB, which drops none at a commit.
fn in_json(batch: &Batch<'_>) -> Incoming {
    let (product, variant) = (
        typed(PRODUCT, &PRODUCT_TYPES),
        typed(VARIANT, &VARIANT_TYPES),
    );
    Incoming {
        with: format!(
            "WITH incoming_products AS (SELECT * FROM jsonb_to_recordset($1) AS i ({product})), \
             incoming_variants AS (SELECT * FROM jsonb_to_recordset($2) AS i ({variant})) "
        ),
        given: vec![batch.products(), batch.variants()],
    }
}

/// Variants another computer published that the supplier no longer shows to this one, which looked later.
const FORGOTTEN: &str = "UPDATE smartlinks.variants v SET status = 'delisted', as_of = p.as_of, published_at = clock_timestamp() \
     FROM incoming_products p WHERE v.account = p.account AND v.product_id = p.product_id AND p.variant_count IS NOT NULL \
     AND v.status = 'active' AND v.as_of < p.as_of AND NOT EXISTS (SELECT FROM incoming_variants i \
     WHERE i.account = v.account AND i.product_id = v.product_id AND i.variant_id = v.variant_id)";

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
        "INSERT INTO smartlinks.{table} AS t ({columns}) SELECT {columns} FROM incoming_{table} \
         ON CONFLICT ({key}) DO UPDATE SET {set}, as_of = excluded.as_of, published_at = excluded.published_at \
         WHERE t.as_of <= excluded.as_of AND ({}) IS DISTINCT FROM ({})",
        list("t"),
        list("excluded")
    )
}
