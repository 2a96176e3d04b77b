//! Accounts: what they are called, how they stand, and letting go of one. Connecting CJ is in `cj`, authorizing
//! AliExpress in `authorization`.

mod aliexpress;
mod cj;
mod configure;
mod hand_on;
mod reminders;
mod steps;

use jiff::{SignedDuration, Timestamp};

pub use aliexpress::test as test_aliexpress;
pub use cj::{connect as connect_cj, recognise as recognise_cj, test as test_cj};
pub use configure::{
    SUGGESTED_CALLBACK, Which, aliexpress_app, aliexpress_app_of,
    configure as configure_aliexpress, configure_which as configure_aliexpress_which,
};
pub use hand_on::{HandedOn, handed_on};
pub(crate) use reminders::need;
pub use reminders::{Need, reminder};

use crate::error::{Code, Error, ErrorView, Result};
use crate::shop::Shop;
use crate::store::accounts::{self as rows, AccountRow, Standing};
use crate::store::{paces, products, sync_runs};
use crate::tokens;
use crate::vault::{Entry, Kind};
use crate::views::{AccountState, AccountStatus, KeychainState, Status, Supplier};

/// How far ahead a consent that ends is announced.
const NOTICE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Everything at a glance. Works without a keychain and without a network.
///
/// # Errors
/// Only those of the database.
pub async fn status(shop: &Shop) -> Result<Status> {
    let keychain = shop.ports().vault.state().await;
    let (all, catalog, last_sync) = shop
        .store()
        .read(|connection| {
            Ok((
                rows::all(connection)?,
                products::counts(connection)?,
                sync_runs::recent(connection, 1)?.pop(),
            ))
        })
        .await?;
    let mut accounts = Vec::new();
    // A row that never got further than a refused key is no account to an owner.
    for row in all.into_iter().filter(|row| row.client_id.is_some()) {
        accounts.push(view(shop, row, keychain).await?);
    }
    // A locked keychain says that it has no probe, and refuses only what is in it.
    let locked = accounts
        .iter()
        .any(|account| account.state == AccountState::KeychainUnavailable);
    let keychain = if locked {
        KeychainState::Unavailable
    } else {
        keychain
    };
    Ok(Status {
        accounts,
        catalog,
        last_sync,
        keychain,
        practice: shop.practice(),
    })
}

/// One account at a glance.
///
/// # Errors
/// `NotFound` when there is no such account.
pub async fn status_of(shop: &Shop, account: &str) -> Result<AccountStatus> {
    let row = row(shop, account).await?;
    view(shop, row, shop.ports().vault.state().await).await
}

pub(crate) async fn view(
    shop: &Shop,
    row: AccountRow,
    keychain: KeychainState,
) -> Result<AccountStatus> {
    let token = shop
        .ports()
        .vault
        .get(&Entry::new(row.supplier, &row.id, Kind::AccessToken))
        .await;
    let (has_token, unknown) = match &token {
        Ok(token) => (token.is_some(), keychain == KeychainState::Unavailable),
        Err(_) => (false, true),
    };
    let now = shop.now();
    let state = match row.standing {
        Standing::NotConnected => AccountState::NotConnected,
        Standing::ReconnectNeeded => AccountState::ReconnectNeeded,
        Standing::Suspended => AccountState::Suspended,
        Standing::Connected if !has_token && unknown => AccountState::KeychainUnavailable,
        Standing::Connected if !has_token => AccountState::ReconnectNeeded,
        Standing::Connected if consent_over(&row, now) => AccountState::ReconnectNeeded,
        Standing::Connected if attention_soon(&row, now) => AccountState::ConnectedExpiring,
        Standing::Connected => AccountState::Connected,
    };
    let id = row.id.clone();
    let pace = shop
        .store()
        .read(move |connection| paces::get(connection, &id))
        .await?;
    let renews_at = (row.standing == Standing::Connected && can_renew(&row))
        .then(|| tokens::renews_at(&row))
        .flatten();
    Ok(AccountStatus {
        supplier: row.supplier,
        account: row.id,
        name: row.label.unwrap_or(row.name),
        state,
        access_expires_at: row.access_expires_at,
        refresh_expires_at: row.refresh_expires_at,
        renews_at,
        last_success_at: row.last_success_at,
        last_error: row.last_error,
        qps: pace
            .map(|pace| pace.qps)
            .filter(|_| row.supplier == Supplier::Cj),
        points: pace
            .and_then(|pace| pace.points)
            .map(|(points, at)| crate::sync::refilled(points, at, now)),
        kept: row.kept,
        app_status: row.app_status,
    })
}

/// CJ's key is in the keychain and buys a new pair at any time; AliExpress's consent ends with the refresh token.
fn can_renew(row: &AccountRow) -> bool {
    row.supplier == Supplier::Cj || row.refreshable
}

fn consent_over(row: &AccountRow, now: Timestamp) -> bool {
    let ended = |end: Option<Timestamp>| end.is_some_and(|end| end <= now);
    row.supplier == Supplier::Aliexpress
        && ended(row.access_expires_at)
        && (!row.refreshable || ended(row.refresh_expires_at))
}

fn attention_soon(row: &AccountRow, now: Timestamp) -> bool {
    let overdue = tokens::renews_at(row).is_some_and(|due| due <= now) && row.last_error.is_some();
    overdue || consent_ends(row).is_some_and(|end| end.duration_since(now) <= NOTICE)
}

/// When the owner has to consent again. CJ's key is a consent without an end.
fn consent_ends(row: &AccountRow) -> Option<Timestamp> {
    match row.supplier {
        Supplier::Cj => None,
        Supplier::Aliexpress if row.refreshable => row.refresh_expires_at,
        Supplier::Aliexpress => row.access_expires_at,
    }
}

/// Characters of an owner's name for an account.
const LABEL: usize = 60;

/// Calls an account what the owner calls it; nothing but spaces gives it its own name back.
///
/// # Errors
/// `NotFound`, `BadInput` for another supplier's account and for a name over 60 characters.
pub async fn rename(
    shop: &Shop,
    supplier: Supplier,
    account: Option<&str>,
    label: &str,
) -> Result<AccountStatus> {
    let row = pick(shop, supplier, account).await?;
    let words: Vec<&str> = label.split_whitespace().collect();
    let label = words.join(" ");
    if label.chars().count() > LABEL {
        return Err(Error::new(
            Code::BadInput,
            format!("a name has at most {LABEL} characters"),
        ));
    }
    let id = row.id.clone();
    shop.store()
        .write(move |tx| {
            rows::rename(
                tx,
                &id,
                Some(label.as_str()).filter(|label| !label.is_empty()),
            )
        })
        .await?;
    shop.tell_account(supplier, &row.id);
    status_of(shop, &row.id).await
}

/// Lets an account go: the secrets are removed, the data stays.
///
/// # Errors
/// `KeychainUnavailable` when the secrets may still be there.
pub async fn disconnect(
    shop: &Shop,
    supplier: Supplier,
    account: Option<&str>,
) -> Result<AccountStatus> {
    let mut row = pick(shop, supplier, account).await?;
    let _nobody_renews = shop.lock(&format!("token-{}", row.id)).await?;
    for kind in Kind::ALL {
        shop.ports()
            .vault
            .forget(&Entry::new(supplier, &row.id, kind))
            .await?;
    }
    row.standing = Standing::NotConnected;
    row.access_expires_at = None;
    row.access_obtained_at = None;
    row.refresh_expires_at = None;
    row.refreshable = false;
    row.last_error = None;
    row.pair_checked_at = None;
    row.app_status = None;
    let (now, id) = (shop.now(), row.id.clone());
    shop.store()
        .write(move |tx| rows::put(tx, &row, now))
        .await?;
    shop.tell_account(supplier, &id);
    status_of(shop, &id).await
}

/// The row of an account.
pub(crate) async fn row(shop: &Shop, account: &str) -> Result<AccountRow> {
    let id = account.to_owned();
    shop.store()
        .read(move |connection| rows::get(connection, &id))
        .await?
        .ok_or_else(|| Error::new(Code::NotFound, format!("there is no account {account:?}")))
}

/// The account meant: the named one, or the first connected one of the supplier, or the first.
pub(crate) async fn pick(
    shop: &Shop,
    supplier: Supplier,
    account: Option<&str>,
) -> Result<AccountRow> {
    if let Some(id) = account {
        let row = row(shop, id).await?;
        if row.supplier != supplier {
            return Err(Error::new(
                Code::BadInput,
                format!("account {id:?} is not one of {supplier}"),
            ));
        }
        return Ok(row);
    }
    let all = shop
        .store()
        .read(move |connection| rows::of(connection, supplier))
        .await?;
    let connected = all
        .iter()
        .find(|row| row.standing != Standing::NotConnected)
        .cloned();
    connected
        .or_else(|| all.into_iter().next())
        .ok_or_else(|| Error::new(Code::NotConnected, format!("{supplier} is not connected")))
}

/// Every account of a supplier that is connected, oldest first: what happens by itself happens to each of them.
pub(crate) async fn connected(shop: &Shop, supplier: Supplier) -> Result<Vec<AccountRow>> {
    let mut all = shop
        .store()
        .read(move |connection| rows::of(connection, supplier))
        .await?;
    all.retain(|row| row.standing == Standing::Connected);
    Ok(all)
}

/// What is remembered of a failure.
pub(crate) async fn remember_failure(shop: &Shop, account: &str, error: &ErrorView) -> Result<()> {
    let (id, error) = (account.to_owned(), error.clone());
    shop.store()
        .write(move |tx| rows::failed(tx, &id, &error, None))
        .await
}
