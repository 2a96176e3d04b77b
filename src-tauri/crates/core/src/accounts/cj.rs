//! Connecting CJ with whatever the owner holds, and saying step by step what CJ answered.
//!
//! The documented exchange of an API key comes first; the owner's `/api/oauth/token` second, because nobody has been
//! seen succeeding with it. Both are told.

use std::sync::Arc;

use ::cj::key::{Credential, Missing, recognise as read};
use ::cj::{Class, Settings};
use rust_decimal::prelude::ToPrimitive;
use secrecy::{ExposeSecret, SecretString};

use super::steps::Steps;
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::accounts::{self as rows, AccountRow, Standing};
use crate::store::paces;
use crate::supplier::cj as supplier;
use crate::tokens;
use crate::vault::{Entry, Kind};
use crate::views::{CjConnection, CjWay, Recognised, Supplier};

/// What a pasted text is, before anything is sent. Secrets come back masked.
#[must_use]
pub fn recognise(pasted: &str, client_id: Option<&str>) -> Recognised {
    match read(pasted, client_id) {
        Credential::ApiKey(key) => match key.expose_secret().split_once("@api@") {
            Some((id, secret)) => Recognised::ApiKey {
                client_id: id.to_owned(),
                client_secret_masked: mask(secret),
            },
            None => Recognised::Incomplete {
                missing: "both".into(),
            },
        },
        Credential::Pair {
            client_id,
            client_secret,
        } => Recognised::ClientPair {
            client_id,
            client_secret_masked: mask(client_secret.expose_secret()),
        },
        Credential::Incomplete { missing } => {
            let missing = match missing {
                Missing::Everything => "both",
                Missing::ClientId => "client_id",
                Missing::ClientSecret => "secret",
                Missing::EndOfKey => "end_of_key",
            };
            Recognised::Incomplete {
                missing: missing.into(),
            }
        }
    }
}

/// A secret as far as it may be shown: how it ends, so that two keys can be told apart.
fn mask(secret: &str) -> String {
    let count = secret.chars().count();
    let tail: String = if count >= 16 {
        secret.chars().skip(count - 4).collect()
    } else {
        String::new()
    };
    format!("••••••••{tail}")
}

/// Connects CJ with an API key or a pair, pasted in any form. `account` is the one to reconnect.
///
/// # Errors
/// `BadInput` when half is missing, `WrongKey` when neither way takes it, `TooSoon` for the same key within five minutes,
/// `Suspended`, `Network`, `KeychainUnavailable`. An account that was connected before stays as it was.
pub async fn connect(
    shop: &Shop,
    pasted: &str,
    client_id: Option<&str>,
    account: Option<&str>,
) -> Result<CjConnection> {
    let credential = read(pasted, client_id);
    let Some(key) = credential.as_api_key() else {
        return Err(Error::new(
            Code::BadInput,
            "neither a CJ API key nor a client id with its secret",
        ));
    };
    shop.ports().vault.ready().await?;
    let id = key
        .expose_secret()
        .split_once("@api@")
        .map(|(id, _)| id.to_owned());
    let mut row = account_for(shop, account, id.as_deref()).await?;
    let told_as = row.id.clone();
    let mut steps = Steps::new(shop, Supplier::Cj, &told_as);

    if let Err(error) = supplier::guard(shop, &key).await {
        // The very key that is connected already needs no exchange: what it gave is tested instead.
        return if error.code == Code::TooSoon && holds(shop, &row, &key).await {
            test(shop, Some(&row.id)).await
        } else {
            Err(error)
        };
    }
    // The pace is shared by account, so a new account has a row before its first call.
    let (fresh, now) = (row.clone(), shop.now());
    shop.store()
        .write(move |tx| rows::put(tx, &fresh, now))
        .await?;
    let (way, obtained) = exchange(shop, &row, &key, &mut steps).await?;

    let vault = &shop.ports().vault;
    vault
        .set(&Entry::new(Supplier::Cj, &row.id, Kind::ApiKey), &key)
        .await?;
    row.way = Some(way);
    row.client_id = id;
    tokens::keep(shop, &mut row, &supplier::pair(shop, &obtained)).await?;
    finish(shop, row, steps).await
}

/// Asks CJ who we are, with the stored tokens.
///
/// # Errors
/// `NotConnected`, or what CJ answered.
pub async fn test(shop: &Shop, account: Option<&str>) -> Result<CjConnection> {
    let row = super::pick(shop, Supplier::Cj, account).await?;
    if row.standing == Standing::NotConnected {
        return Err(Error::new(Code::NotConnected, "CJ is not connected"));
    }
    let told_as = row.id.clone();
    let steps = Steps::new(shop, Supplier::Cj, &told_as);
    finish(shop, row, steps).await
}

/// The account a key belongs to: the named one, the one that had this number before, one that never connected, a new one.
async fn account_for(
    shop: &Shop,
    account: Option<&str>,
    client_id: Option<&str>,
) -> Result<AccountRow> {
    if account.is_some() {
        return super::pick(shop, Supplier::Cj, account).await;
    }
    let all = shop
        .store()
        .read(|connection| rows::of(connection, Supplier::Cj))
        .await?;
    let same = all
        .iter()
        .find(|row| row.client_id.is_some() && row.client_id.as_deref() == client_id);
    let unused = || {
        all.iter()
            .find(|row| row.client_id.is_none() && row.standing == Standing::NotConnected)
    };
    Ok(same
        .or_else(unused)
        .cloned()
        .unwrap_or_else(|| AccountRow::new(shop.new_id("cj"), Supplier::Cj)))
}

async fn holds(shop: &Shop, row: &AccountRow, key: &SecretString) -> bool {
    let stored = shop
        .ports()
        .vault
        .get(&Entry::new(Supplier::Cj, &row.id, Kind::ApiKey))
        .await;
    row.standing == Standing::Connected
        && matches!(stored, Ok(Some(stored)) if stored.expose_secret() == key.expose_secret())
}

async fn exchange(
    shop: &Shop,
    row: &AccountRow,
    key: &SecretString,
    steps: &mut Steps<'_>,
) -> Result<(CjWay, ::cj::Tokens)> {
    let client = supplier::client(shop, &row.id, Arc::default());
    let first = match client.exchange_api_key(key).await {
        Ok(tokens) => {
            steps.tick("reach", true, "");
            steps.tick("exchange_api_key", true, "");
            return Ok((CjWay::ApiKey, tokens));
        }
        Err(error) => error,
    };
    if matches!(first.class, Class::Network | Class::Server) {
        steps.tick("reach", false, first.message.clone());
        return Err(supplier::refused(shop, first));
    }
    steps.tick("reach", true, "");
    steps.tick("exchange_api_key", false, first.message.clone());
    // Only a key that is not taken makes the second way worth a try.
    if !matches!(
        first.class,
        Class::Key | Class::Permission | Class::Param | Class::Refused
    ) {
        return Err(supplier::refused(shop, first));
    }
    match supplier::exchange_pair(&client, key).await {
        Ok(tokens) => {
            steps.tick("exchange_oauth2", true, "");
            Ok((CjWay::OAuth2, tokens))
        }
        Err(second) => {
            steps.tick("exchange_oauth2", false, second.message);
            Err(supplier::refused(shop, first))
        }
    }
}

async fn finish(shop: &Shop, mut row: AccountRow, mut steps: Steps<'_>) -> Result<CjConnection> {
    let settings = match settings(shop, &row.id).await {
        Ok(settings) => settings,
        Err(error) => {
            steps.tick("who", false, error.message.clone());
            return Err(error);
        }
    };
    let name = name_of(&settings).unwrap_or_else(|| row.client_id.clone().unwrap_or_default());
    steps.tick("who", true, name.clone());
    let qps = settings
        .qps
        .as_ref()
        .and_then(ToPrimitive::to_f64)
        .filter(|qps| *qps > 0.0)
        .unwrap_or(1.0);
    steps.tick("limits", true, format!("{qps}"));

    // Renewing may have moved the dates meanwhile: only the name is ours to change.
    row = super::row(shop, &row.id).await?;
    row.name = name;
    if row.standing == Standing::Suspended {
        row.standing = Standing::Connected;
    }
    let (stored, id, now) = (row.clone(), row.id.clone(), shop.now());
    let pace = shop
        .store()
        .write(move |tx| {
            rows::put(tx, &stored, now)?;
            paces::set_qps(tx, &id, qps)?;
            paces::get(tx, &id)
        })
        .await?;
    shop.tell_account(Supplier::Cj, &row.id);
    Ok(CjConnection {
        supplier: Supplier::Cj,
        account: row.id,
        name: row.name,
        way: row.way.unwrap_or(CjWay::ApiKey),
        steps: steps.steps,
        access_expires_at: row.access_expires_at,
        refresh_expires_at: row.refresh_expires_at,
        qps: Some(qps),
        points: pace
            .and_then(|pace| pace.points)
            .map(|(points, at)| crate::sync::refilled(points, at, now)),
    })
}

async fn settings(shop: &Shop, account: &str) -> Result<Settings> {
    let mut line = supplier::Line::new(shop, account);
    loop {
        let answer = line.session().await?.settings().await;
        if let Some(settings) = line.answered(answer).await? {
            return Ok(settings);
        }
    }
}

fn name_of(settings: &Settings) -> Option<String> {
    settings
        .open_name
        .clone()
        .or_else(|| settings.open_email.clone())
        .filter(|name| !name.is_empty())
}
