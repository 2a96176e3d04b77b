//! The owner's AliExpress app: key, secret, callback address; checked at the gateway before anything is kept.

use secrecy::SecretString;

use crate::authorization::callback::Callback;
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::accounts::{self as rows, AccountRow};
use crate::supplier::aliexpress;
use crate::vault::{Entry, Kind};
use crate::views::{AliexpressApp, Supplier};

/// What the guide suggests to register: an address of this computer needs nothing installed anywhere.
pub const SUGGESTED_CALLBACK: &str = "http://127.0.0.1:8765/aliexpress/callback";

/// Checks key and secret without a login and keeps them. Without `secret` the stored one is used, to change the rest.
///
/// # Errors
/// `BadInput` for a key that is no number or an address that is none, `WrongKey`, `WrongSecret` as the gateway says,
/// `Network`, `KeychainUnavailable`. Nothing is changed then.
pub async fn configure(
    shop: &Shop,
    app_key: &str,
    secret: Option<SecretString>,
    callback_url: &str,
) -> Result<AliexpressApp> {
    let key: String = app_key.split_whitespace().collect();
    if key.is_empty() || !key.chars().all(|letter| letter.is_ascii_digit()) {
        return Err(Error::new(
            Code::BadInput,
            "an App Key is a number; the App Secret goes into the other field",
        ));
    }
    let callback = Callback::parse(callback_url)?;
    let mut row = match super::pick(shop, Supplier::Aliexpress, None).await {
        Ok(row) => row,
        Err(error) if error.code == Code::NotConnected => {
            AccountRow::new(shop.new_id("ae"), Supplier::Aliexpress)
        }
        Err(error) => return Err(error),
    };
    let entry = Entry::new(Supplier::Aliexpress, &row.id, Kind::AppSecret);
    let vault = &shop.ports().vault;
    let (secret, is_new) = match secret {
        Some(secret) => (secret, true),
        None => {
            let stored = vault.get(&entry).await?;
            (
                stored.ok_or_else(|| Error::new(Code::BadInput, "the App Secret is missing"))?,
                false,
            )
        }
    };
    let client = aliexpress::client(shop, &key, secret.clone());
    client
        .check_pair()
        .await
        .map_err(|error| aliexpress::refused(shop, error))?;
    if is_new {
        row.kept = vault.set(&entry, &secret).await?;
    }
    row.client_id = Some(key);
    row.callback_url = Some(callback.as_str().to_owned());
    row.pair_checked_at = Some(shop.now());
    let (id, now) = (row.id.clone(), shop.now());
    shop.store()
        .write(move |tx| rows::put(tx, &row, now))
        .await?;
    shop.tell_account(Supplier::Aliexpress, &id);
    aliexpress_app(shop)
        .await?
        .ok_or_else(|| Error::new(Code::Unexpected, "the app was stored and is not there"))
}

/// The app as configured, without its secret.
///
/// # Errors
/// Only those of the database.
pub async fn aliexpress_app(shop: &Shop) -> Result<Option<AliexpressApp>> {
    let row = match super::pick(shop, Supplier::Aliexpress, None).await {
        Ok(row) => row,
        Err(error) if error.code == Code::NotConnected => return Ok(None),
        Err(error) => return Err(error),
    };
    let (Some(app_key), Some(callback_url)) = (row.client_id, row.callback_url) else {
        return Ok(None);
    };
    let entry = Entry::new(Supplier::Aliexpress, &row.id, Kind::AppSecret);
    let secret_stored = matches!(shop.ports().vault.get(&entry).await, Ok(Some(_)));
    let door = Callback::parse(&callback_url)?.door();
    Ok(Some(AliexpressApp {
        account: row.id,
        app_key,
        callback_url,
        door,
        secret_stored,
        checked_at: row.pair_checked_at,
    }))
}
