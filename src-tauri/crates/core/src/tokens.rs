//! Access tokens: renewed ahead of their end, once for everybody, and never lost on the way.
//!
//! One lock file an account makes renewing single-flight across threads, windows and processes: whoever waited for the
//! lock finds the new token in the keychain and uses it. A refusal that only consent can mend becomes the account's state;
//! everything else is kept and tried again.

use std::collections::HashMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};

use crate::accounts::{self, Need};
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::accounts::{self as rows, AccountRow, Standing};
use crate::supplier::{self, Pair};
use crate::vault::{Entry, Kind};
use crate::views::{AccountState, AccountStatus, AppStatus, Supplier};

/// How often the background looks whether something is due.
const ROUND: Duration = Duration::from_secs(60);

/// When SmartLinks renews: a tenth of the token's life ahead, at least half an hour (AliExpress's advice), at most two
/// days (CJ answers the same pair within a day, so later tries still have room).
pub(crate) fn renews_at(account: &AccountRow) -> Option<Timestamp> {
    let end = account.access_expires_at?;
    let life = account
        .access_obtained_at
        .map_or(SignedDuration::from_hours(24), |from| {
            end.duration_since(from)
        });
    let margin = (life / 10).clamp(
        SignedDuration::from_mins(30),
        SignedDuration::from_hours(48),
    );
    // A token that lives less than the margin is renewed at half its life, not at once and again at once.
    let margin = margin.min(life / 2);
    end.checked_sub(margin).ok()
}

/// A good access token, renewed first if it is due.
pub(crate) async fn access(shop: &Shop, account: &str) -> Result<SecretString> {
    let row = accounts::row(shop, account).await?;
    standing(&row)?;
    let token = stored(shop, &row).await?;
    let now = shop.now();
    if renews_at(&row).is_none_or(|due| now < due) {
        return Ok(token);
    }
    match renew(shop, account, &token).await {
        Ok(token) => Ok(token),
        // Renewing ahead may fail; as long as the old token lives, the owner's work goes on.
        Err(error)
            if error.code.retry_helps() && row.access_expires_at.is_none_or(|end| now < end) =>
        {
            Ok(token)
        }
        Err(error) => Err(error),
    }
}

fn standing(row: &AccountRow) -> Result<()> {
    match row.standing {
        Standing::Connected => Ok(()),
        Standing::NotConnected => Err(Error::new(
            Code::NotConnected,
            format!("{} is not connected", row.supplier),
        )),
        Standing::ReconnectNeeded => Err(row.last_error.as_ref().map_or_else(
            || {
                Error::new(
                    Code::ReconnectNeeded,
                    format!("{} must be connected again", row.supplier),
                )
            },
            |last| Error::new(Code::ReconnectNeeded, last.message.clone()),
        )),
        // Only CJ knows whether it is over: a call is worth a try.
        Standing::Suspended => Ok(()),
    }
}

async fn stored(shop: &Shop, row: &AccountRow) -> Result<SecretString> {
    let entry = Entry::new(row.supplier, &row.id, Kind::AccessToken);
    shop.ports().vault.get(&entry).await?.ok_or_else(|| {
        Error::new(
            Code::ReconnectNeeded,
            format!("the {} access token is not in the keychain", row.supplier),
        )
    })
}

/// Renews unless somebody just did: `refused` is the token that is no longer good (or about to end).
pub(crate) async fn renew(
    shop: &Shop,
    account: &str,
    refused: &SecretString,
) -> Result<SecretString> {
    let _only_one = shop.lock(&format!("token-{account}")).await?;
    let mut row = accounts::row(shop, account).await?;
    let token = stored(shop, &row).await?;
    if token.expose_secret() != refused.expose_secret() {
        return Ok(token);
    }
    match ask_supplier(shop, &row).await {
        Ok(pair) => {
            keep(shop, &mut row, &pair).await?;
            shop.tell_account(row.supplier, account);
            Ok(pair.access)
        }
        Err(error) => {
            let standing = match error.code {
                Code::ReconnectNeeded | Code::WrongKey | Code::WrongSecret => {
                    Some(Standing::ReconnectNeeded)
                }
                Code::Suspended => Some(Standing::Suspended),
                _ => None,
            };
            let error = match standing {
                Some(Standing::ReconnectNeeded) => Error {
                    code: Code::ReconnectNeeded,
                    ..error
                },
                _ => error,
            };
            let (id, view) = (account.to_owned(), error.view());
            shop.store()
                .write(move |tx| rows::failed(tx, &id, &view, standing))
                .await?;
            shop.tell_account(row.supplier, account);
            Err(error)
        }
    }
}

async fn ask_supplier(shop: &Shop, row: &AccountRow) -> Result<Pair> {
    let entry = Entry::new(row.supplier, &row.id, Kind::RefreshToken);
    let refresh = if row.refreshable {
        shop.ports().vault.get(&entry).await?
    } else {
        None
    };
    match row.supplier {
        Supplier::Aliexpress => {
            let refresh = refresh.ok_or_else(|| {
                Error::new(
                    Code::ReconnectNeeded,
                    "AliExpress gave a token that cannot be renewed; consent is needed again",
                )
            })?;
            let client = supplier::aliexpress::client_of(shop, row).await?;
            let tokens = client
                .refresh(&refresh)
                .await
                .map_err(|error| supplier::aliexpress::refused(shop, error))?;
            Ok(supplier::aliexpress::pair(&tokens))
        }
        Supplier::Cj => supplier::cj::renew(shop, row, refresh).await,
    }
}

/// Keeps a new pair: the keychain first, so that a crash in between leaves tokens that work, then the dates.
pub(crate) async fn keep(shop: &Shop, row: &mut AccountRow, pair: &Pair) -> Result<()> {
    let vault = &shop.ports().vault;
    let entry = |kind| Entry::new(row.supplier, &row.id, kind);
    if let Some(refresh) = &pair.refresh {
        vault.set(&entry(Kind::RefreshToken), refresh).await?;
    }
    let kept = vault.set(&entry(Kind::AccessToken), &pair.access).await?;
    let now = shop.now();
    row.kept = kept;
    row.standing = Standing::Connected;
    row.access_obtained_at = Some(now);
    row.access_expires_at = pair.access_expires_at;
    row.refresh_expires_at = pair.refresh_expires_at.or(row.refresh_expires_at);
    row.refreshable = pair.refreshable;
    // The last pair of a consent may be cut short: only long-lived tokens are news about an app that is known.
    row.app_status = match (row.app_status, pair.app_status) {
        (None, said) => said,
        (_, Some(AppStatus::Online)) => pair.app_status,
        (known, _) => known,
    };
    row.last_success_at = Some(now);
    row.last_error = None;
    let row = row.clone();
    shop.store().write(move |tx| rows::put(tx, &row, now)).await
}

/// Notes how a call ended, and what it says about the account.
pub(crate) async fn note(shop: &Shop, account: &str, error: Option<&Error>) -> Result<()> {
    let (id, now) = (account.to_owned(), shop.now());
    match error {
        None => {
            shop.store()
                .write(move |tx| rows::succeeded(tx, &id, now))
                .await
        }
        Some(error) => {
            let standing = match error.code {
                Code::ReconnectNeeded => Standing::ReconnectNeeded,
                Code::Suspended => Standing::Suspended,
                // What was asked for was wrong or missing, not the connection.
                Code::NotFound | Code::SupplierRefused | Code::BadInput => return Ok(()),
                _ => {
                    let view = error.view();
                    return shop
                        .store()
                        .write(move |tx| rows::failed(tx, &id, &view, None))
                        .await;
                }
            };
            let view = error.view();
            shop.store()
                .write(move |tx| rows::failed(tx, &id, &view, Some(standing)))
                .await
        }
    }
}

/// Renews now, because the owner asked.
///
/// # Errors
/// What the supplier answered; the account's state says the same afterwards.
pub async fn refresh(
    shop: &Shop,
    supplier: Supplier,
    account: Option<&str>,
) -> Result<AccountStatus> {
    let row = accounts::pick(shop, supplier, account).await?;
    if row.standing == Standing::NotConnected {
        return Err(Error::new(
            Code::NotConnected,
            format!("{supplier} is not connected"),
        ));
    }
    let token = stored(shop, &row).await?;
    renew(shop, &row.id, &token).await?;
    accounts::status_of(shop, &row.id).await
}

/// Renews whatever is due, and tells when time alone changed how an account stands, as long as the host runs. Ends never; the
/// host drops it.
pub async fn keep_fresh(shop: Shop) {
    let mut told = HashMap::new();
    loop {
        // First of all: a program that is seldom open for long should still say that a consent ends.
        if let Err(error) = tell_by_time(&shop, &mut told).await {
            tracing::warn!(code = ?error.code, "how accounts stand could not be read");
        }
        // Windows and processes should not all wake at the same moment.
        let jitter = Duration::from_millis(u64::from(shop.random::<1>()[0]) * 40);
        shop.ports().clock.sleep(ROUND + jitter).await;
        let Ok(rows) = shop.store().read(rows::all).await else {
            continue;
        };
        let now = shop.now();
        for row in rows {
            let due = row.standing == Standing::Connected
                && renews_at(&row).is_some_and(|due| due <= now);
            if due && let Err(error) = access(&shop, &row.id).await {
                tracing::warn!(supplier = %row.supplier, code = ?error.code, "renewing ahead did not work");
            }
        }
    }
}

/// What was told of an account, as far as time can change it.
type Told = HashMap<String, (AccountState, Option<Need>)>;

/// Tells of every account that stands differently than when it was last looked at.
async fn tell_by_time(shop: &Shop, told: &mut Told) -> Result<()> {
    let keychain = shop.ports().vault.state().await;
    for row in shop.store().read(rows::all).await? {
        let (supplier, id) = (row.supplier, row.id.clone());
        let state = accounts::view(shop, row.clone(), keychain).await?.state;
        let stands = (state, accounts::need(&row, state, shop.now()));
        if told.insert(id.clone(), stands) != Some(stands) {
            shop.tell_account(supplier, &id);
        }
    }
    Ok(())
}
