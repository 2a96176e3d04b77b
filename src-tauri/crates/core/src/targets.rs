//! Facts about where the catalogue is published to: addresses, how the last publish went. Secrets are the vault's.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Result;
use crate::shop::Shop;
use crate::store::{codec, settings};

fn key(name: &str) -> String {
    format!("target/{name}")
}

/// What is kept under `name`, if anything is and if this version can read it.
///
/// # Errors
/// Those of the database.
pub async fn read<T: DeserializeOwned>(shop: &Shop, name: &str) -> Result<Option<T>> {
    let key = key(name);
    let kept = shop
        .store()
        .read(move |connection| settings::get(connection, &key))
        .await?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Keeps `value` under `name`, or forgets it with `None`.
///
/// # Errors
/// Those of the database.
pub async fn write<T: Serialize>(shop: &Shop, name: &str, value: Option<&T>) -> Result<()> {
    let key = key(name);
    let text = value.map(codec::json).transpose()?;
    shop.store()
        .write(move |tx| settings::set(tx, &key, text.as_deref()))
        .await
}
