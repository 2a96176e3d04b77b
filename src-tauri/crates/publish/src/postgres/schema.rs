//! The schema `smartlinks`: made by the first publish, brought up to date by later ones, left alone when a newer app made it.

use smartlinks_core::{Code, Error, Result};
use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::error::from_postgres;

/// Every step from nothing to the present schema. Shipped steps never change; a new version adds one.
const STEPS: &[&str] = &[include_str!("sql/001_first.sql")];

/// The version this program knows.
pub const LATEST: i32 = STEPS.len() as i32;

/// Which version is there; none when the schema was never made.
pub(super) async fn version(client: &Client) -> Result<Option<i32>> {
    let there: bool = client
        .query_typed_one(
            "SELECT to_regclass('smartlinks.schema_version') IS NOT NULL",
            &[],
        )
        .await
        .map_err(from_postgres)?
        .get(0);
    if !there {
        return Ok(None);
    }
    let row = client
        .query_typed_one("SELECT max(version) FROM smartlinks.schema_version", &[])
        .await
        .map_err(from_postgres)?;
    Ok(row.get(0))
}

/// Whether this program may write into a schema of that version.
pub(super) fn known(version: Option<i32>) -> Result<()> {
    match version {
        Some(there) if there > LATEST => Err(Error::new(
            Code::ShopSchemaNewer,
            format!("the schema smartlinks is of version {there}, this program knows {LATEST}"),
        )),
        _ => Ok(()),
    }
}

/// Whether this role can make tables that end with a transaction. CockroachDB lets nobody
/// (<https://www.cockroachlabs.com/docs/stable/temporary-tables>).
pub(super) async fn takes_tables(client: &Client) -> Result<bool> {
    let row = client
        .query_typed_one(
            "SELECT version() NOT LIKE '%CockroachDB%' AND has_database_privilege(current_database(), 'TEMPORARY')",
            &[],
        )
        .await
        .map_err(from_postgres)?;
    Ok(row.get(0))
}

/// Brings the schema to the present version.
pub(super) async fn ensure(client: &Client) -> Result<()> {
    let there = version(client).await?;
    known(there)?;
    if there == Some(LATEST) {
        return Ok(());
    }
    // Two computers that publish for the first time must not make it twice; the lock ends with the transaction.
    let begin = "BEGIN; SELECT pg_advisory_xact_lock(hashtext('smartlinks schema'))";
    client.batch_execute(begin).await.map_err(from_postgres)?;
    let there = version(client).await?;
    known(there)?;
    // Only who may make schemas can say IF NOT EXISTS, so it is looked for first.
    let schema: bool = client
        .query_typed_one("SELECT to_regnamespace('smartlinks') IS NOT NULL", &[])
        .await
        .map_err(from_postgres)?
        .get(0);
    if !schema {
        client
            .batch_execute("CREATE SCHEMA smartlinks")
            .await
            .map_err(from_postgres)?;
    }
    if there.is_none() {
        let table = "CREATE TABLE smartlinks.schema_version (version integer PRIMARY KEY, made_at timestamptz NOT NULL DEFAULT now(), \
                     made_by text NOT NULL); \
                     COMMENT ON TABLE smartlinks.schema_version IS 'The versions this schema went through'";
        client.batch_execute(table).await.map_err(from_postgres)?;
    }
    let done = usize::try_from(there.unwrap_or(0)).unwrap_or(0);
    for (index, step) in STEPS.iter().enumerate().skip(done) {
        client.batch_execute(step).await.map_err(from_postgres)?;
        let version = i32::try_from(index + 1).unwrap_or(LATEST);
        let by = concat!("SmartLinks ", env!("CARGO_PKG_VERSION"));
        client
            .execute_typed(
                "INSERT INTO smartlinks.schema_version (version, made_by) VALUES ($1, $2)",
                &[(&version, Type::INT4), (&by, Type::TEXT)],
            )
            .await
            .map_err(from_postgres)?;
    }
    client.batch_execute("COMMIT").await.map_err(from_postgres)
}
