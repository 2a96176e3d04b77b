//! The database a shop publishes into: tested, remembered without its password, which goes into the keychain.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use smartlinks_core::vault::{Entry, Kind, Whose};
use smartlinks_core::{Code, Error, Result, Shop, targets};
use tokio_postgres::types::Type;

use super::address::{Address, Given, Tls};
use super::connection::{self, Connection};
use super::error::from_postgres;
use super::schema;

/// Under which the address is kept.
const NAME: &str = "postgres";

/// What a test of the connection found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "PostgresCheck")]
pub struct Check {
    /// `user@host:5432/database`.
    pub target: String,
    /// Whether the line is encrypted and the certificate verified.
    pub encrypted: bool,
    /// The server as it calls itself: `PostgreSQL 15.8`.
    pub server: String,
    /// The version of the schema there; null before the first publish.
    pub schema: Option<i32>,
    /// Whether the role can make or fill the schema.
    pub may_publish: bool,
    /// Whether the keychain keeps the password beyond this session; null when there is none.
    pub kept: Option<bool>,
}

/// The address that is remembered.
///
/// # Errors
/// Those of the catalogue's database.
pub async fn remembered(shop: &Shop) -> Result<Option<Address>> {
    targets::read(shop, NAME).await
}

/// Tests a connection string, or the remembered address; nothing is kept.
///
/// # Errors
/// `ShopNotConnected` when nothing is remembered, `ShopLogin`, `ShopTls`, `ShopUnreachable`, `ShopSchemaNewer`,
/// `KeychainUnavailable`.
pub async fn test(shop: &Shop, given: Option<Given>) -> Result<Check> {
    let (address, password) = match given {
        Some(given) => (given.address, given.password),
        None => kept(shop).await?,
    };
    let connection = connection::open(&address, password.as_ref()).await?;
    check(&connection, &address).await
}

/// Tests a connection string and remembers it when the server takes it.
///
/// # Errors
/// Those of [`test`]; nothing is remembered then.
pub async fn connect(shop: &Shop, given: Given) -> Result<Check> {
    let mut found = test(shop, Some(given.clone())).await?;
    let Given { address, password } = given;
    if let Some(password) = password {
        found.kept = Some(shop.ports().vault.set(&entry(&address), &password).await?);
    }
    if let Some(before) = remembered(shop).await?
        && before.name() != address.name()
    {
        shop.ports().vault.forget(&entry(&before)).await?;
    }
    targets::write(shop, NAME, Some(&address)).await?;
    Ok(found)
}

/// Forgets address and password.
///
/// # Errors
/// `KeychainUnavailable` when the password may still be there.
pub async fn forget(shop: &Shop) -> Result<()> {
    if let Some(address) = remembered(shop).await? {
        shop.ports().vault.forget(&entry(&address)).await?;
    }
    targets::write::<Address>(shop, NAME, None).await
}

/// The remembered address with its password.
pub(super) async fn kept(shop: &Shop) -> Result<(Address, Option<SecretString>)> {
    let address = remembered(shop).await?.ok_or_else(|| {
        Error::new(
            Code::ShopNotConnected,
            "no database to publish into is remembered",
        )
    })?;
    let password = shop.ports().vault.get(&entry(&address)).await?;
    Ok((address, password))
}

fn entry(address: &Address) -> Entry {
    Entry::new(Whose::Postgres, &address.name(), Kind::Password)
}

async fn check(connection: &Connection, address: &Address) -> Result<Check> {
    let client = &connection.client;
    let version = schema::version(client).await?;
    schema::known(version)?;
    let row = client
        .query_typed_one(
            "SELECT current_setting('server_version'), \
             CASE WHEN to_regnamespace('smartlinks') IS NULL THEN has_database_privilege(current_database(), 'CREATE') \
             ELSE has_schema_privilege('smartlinks', CASE WHEN $1 THEN 'USAGE' ELSE 'CREATE' END) END",
            &[(&(version == Some(schema::LATEST)), Type::BOOL)],
        )
        .await
        .map_err(from_postgres)?;
    let may_schema: bool = row.get(1);
    let may_write = if version.is_some() {
        client
            .query_typed_one(
                "SELECT has_table_privilege('smartlinks.products', 'INSERT, UPDATE')",
                &[],
            )
            .await
            .map_err(from_postgres)?
            .get(0)
    } else {
        true
    };
    let server: String = row.get(0);
    Ok(Check {
        target: address.name(),
        encrypted: address.tls == Tls::Verified,
        server: format!("PostgreSQL {server}"),
        schema: version,
        may_publish: may_schema && may_write,
        kept: None,
    })
}
