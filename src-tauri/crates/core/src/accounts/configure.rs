//! The owner's AliExpress app: key, secret, callback address; checked at the gateway before anything is kept.

use secrecy::SecretString;

use crate::authorization::callback::Callback;
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::accounts::{self as rows, AccountRow, Standing};
use crate::supplier::aliexpress;
use crate::vault::{Entry, Kind};
use crate::views::{AliexpressApp, Supplier};

/// What the guide suggests to register: an address of this computer needs nothing installed anywhere.
pub const SUGGESTED_CALLBACK: &str = "http://127.0.0.1:8765/aliexpress/callback";

/// Which AliExpress account an app is for. Several shops may use one app: who consents makes the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which<'a> {
    /// The connected one, the first, or a first one.
    #[default]
    Usual,
    /// The one of this id.
    Named(&'a str),
    /// One more beside those there are.
    Another,
}

/// The app of the usual account; see [`configure_which`].
///
/// # Errors
/// As there.
pub async fn configure(
    shop: &Shop,
    app_key: &str,
    secret: Option<SecretString>,
    callback_url: &str,
) -> Result<AliexpressApp> {
    configure_which(shop, Which::Usual, app_key, secret, callback_url).await
}

/// Checks key and secret without a login and keeps them. Without `secret` the stored one is used, to change the rest, or the
/// one another account has for the same key.
///
/// # Errors
/// `BadInput` for a key that is no number or an address that is none, `WrongKey`, `WrongSecret` as the gateway says,
/// `Network`, `KeychainUnavailable`. Nothing is changed then.
pub async fn configure_which(
    shop: &Shop,
    which: Which<'_>,
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
    let mut row = row_of(shop, which).await?;
    let entry = Entry::new(Supplier::Aliexpress, &row.id, Kind::AppSecret);
    let vault = &shop.ports().vault;
    let (secret, is_new) = match secret {
        Some(secret) => (secret, true),
        None => match vault.get(&entry).await? {
            Some(stored) => (stored, false),
            None => (secret_of_the_app(shop, &key).await?, true),
        },
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
    aliexpress_app_of(shop, Some(&id))
        .await?
        .ok_or_else(|| Error::new(Code::Unexpected, "the app was stored and is not there"))
}

/// The row to configure. Another one that was begun and never consented to is gone on with.
async fn row_of(shop: &Shop, which: Which<'_>) -> Result<AccountRow> {
    let new = || AccountRow::new(shop.new_id("ae"), Supplier::Aliexpress);
    match which {
        Which::Named(id) => super::pick(shop, Supplier::Aliexpress, Some(id)).await,
        Which::Usual => match super::pick(shop, Supplier::Aliexpress, None).await {
            Err(error) if error.code == Code::NotConnected => Ok(new()),
            picked => picked,
        },
        Which::Another => {
            let all = all(shop).await?;
            let begun = all.into_iter().find(|row| {
                row.standing == Standing::NotConnected && row.name.is_empty() && row.label.is_none()
            });
            Ok(begun.unwrap_or_else(new))
        }
    }
}

async fn all(shop: &Shop) -> Result<Vec<AccountRow>> {
    shop.store()
        .read(|connection| rows::of(connection, Supplier::Aliexpress))
        .await
}

/// The secret any account has for this App Key.
async fn secret_of_the_app(shop: &Shop, key: &str) -> Result<SecretString> {
    let mut same = all(shop).await?;
    same.retain(|row| row.client_id.as_deref() == Some(key));
    for row in same {
        let entry = Entry::new(Supplier::Aliexpress, &row.id, Kind::AppSecret);
        if let Some(secret) = shop.ports().vault.get(&entry).await? {
            return Ok(secret);
        }
    }
    Err(Error::new(Code::BadInput, "the App Secret is missing"))
}

/// The app of the usual account as configured, without its secret.
///
/// # Errors
/// Only those of the database.
pub async fn aliexpress_app(shop: &Shop) -> Result<Option<AliexpressApp>> {
    aliexpress_app_of(shop, None).await
}

/// The same of a named account.
///
/// # Errors
/// `NotFound` when there is no such account; those of the database.
pub async fn aliexpress_app_of(
    shop: &Shop,
    account: Option<&str>,
) -> Result<Option<AliexpressApp>> {
    let row = match super::pick(shop, Supplier::Aliexpress, account).await {
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
