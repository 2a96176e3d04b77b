//! Authorizing AliExpress: a random single-use state goes out with the browser, the redirect comes back by one of several
//! doors, and all doors end in one check and one exchange.
//!
//! The attempt is in the database, so that a redirect finds it from whichever process it arrives in: the window that
//! started it, a second instance holding a deep link, or a terminal with a pasted address. Only a hash of the state is
//! kept. Codes live three minutes (AliExpress documentation), so an attempt ends after five.

pub mod bridge;
pub mod callback;
mod exchange;
mod judge;
mod loopback;
mod page;
mod redirect;
mod request;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::watch;

use crate::accounts;
use crate::error::{Code, Error, ErrorView, Result, SupplierSaid};
use crate::shop::{Shop, hex};
use crate::store::attempts::{self, AttemptRow};
use crate::supplier::aliexpress;
use crate::views::{AccountStatus, Attempt, AuthorizationPhase, Door, Event, Supplier};

use callback::Callback;
use exchange::exchange;
use judge::{hash, judge, waits};
use redirect::{Redirect, masked};

/// How long an attempt waits.
const LIFE: SignedDuration = SignedDuration::from_mins(5);
/// How long the listener stays after the end, so that the browser still gets its page.
const LINGER: Duration = Duration::from_secs(3);
/// How often an attempt that another process may end is looked at.
const LOOK: Duration = Duration::from_millis(200);

/// How to begin.
#[derive(Debug, Clone, Copy)]
pub struct Begin {
    /// Open the browser, or leave that to the owner.
    pub open_browser: bool,
    /// Listen on this computer when the callback is here; without it the answer is pasted.
    pub listen: bool,
}

/// An attempt that began.
#[derive(Debug, Clone)]
pub struct Began {
    /// What the owner sees of it.
    pub attempt: Attempt,
    id: String,
}

/// A redirect that is ours, with its code. Made by [`verify`] only, once an attempt.
pub(crate) struct Verified {
    attempt: AttemptRow,
    code: SecretString,
}

/// Starts an attempt for the usual account; see [`begin_for`].
///
/// # Errors
/// As there.
pub async fn begin(shop: &Shop, how: Begin) -> Result<Began> {
    begin_for(shop, None, how).await
}

/// Starts an attempt; one that waited before is superseded. The listener is bound before the browser opens.
///
/// # Errors
/// `NotConnected` before the app is configured, `PortTaken` and `PortReserved` when the callback's port cannot be had,
/// `KeychainUnavailable` when the tokens could not be kept.
pub async fn begin_for(shop: &Shop, account: Option<&str>, how: Begin) -> Result<Began> {
    shop.ports().vault.ready().await?;
    let row = accounts::pick(shop, Supplier::Aliexpress, account).await?;
    let configured = || Error::new(Code::NotConnected, "the AliExpress app is not configured");
    let callback = Callback::parse(row.callback_url.as_deref().ok_or_else(configured)?)?;
    let client = aliexpress::client_of(shop, &row).await?;
    // The listener of an attempt that waited gives its port back first.
    cancel_as(shop, "superseded").await?;
    shop.attempts().send_modify(|count| *count += 1);
    let bound = match callback.door() {
        Door::Loopback if how.listen => Some(bind_patiently(shop, &callback).await?),
        _ => None,
    };

    let state = hex(&shop.random::<32>());
    let now = shop.now();
    let attempt = AttemptRow {
        id: shop.new_id("attempt"),
        account: row.id.clone(),
        state_hash: hash(&state),
        redirect_uri: callback.as_str().to_owned(),
        expires_at: now.checked_add(LIFE).unwrap_or(now),
        outcome: None,
        error: None,
    };
    let url = client
        .authorize_url(callback.as_str(), &state)
        .map_err(|error| aliexpress::refused(shop, error))?;
    let began = Began {
        attempt: Attempt {
            account: row.id.clone(),
            authorize_url: url.to_string(),
            door: callback.door(),
            expires_at: attempt.expires_at,
        },
        id: attempt.id.clone(),
    };
    shop.store()
        .write(move |tx| attempts::start(tx, &attempt, now))
        .await?;
    shop.tell(Event::AuthorizeUrl {
        url: url.to_string(),
    });
    phase(shop, &row.id, AuthorizationPhase::Waiting, None, None);

    tokio::spawn(watch_over(shop.clone(), began.id.clone(), callback, bound));
    if how.open_browser
        && let Err(error) = shop.ports().browser.open(&url)
    {
        // Not the end: the address can be copied.
        tracing::warn!(%error, "no browser opened");
    }
    Ok(began)
}

/// Our own former listener may need a moment to let go of the port.
async fn bind_patiently(shop: &Shop, callback: &Callback) -> Result<loopback::Bound> {
    let mut tries = 0;
    loop {
        match loopback::bind(callback).await {
            Err(error) if error.code == Code::PortTaken && tries < 20 => {
                tries += 1;
                shop.ports().clock.sleep(LOOK / 4).await;
            }
            bound => return bound,
        }
    }
}

/// Serves the listener while the attempt waits, and tells when time is up.
async fn watch_over(shop: Shop, id: String, callback: Callback, bound: Option<loopback::Bound>) {
    let (over, heard) = watch::channel(false);
    let mut newer = shop.attempts().subscribe();
    newer.mark_unchanged();
    let server =
        bound.map(|bound| tokio::spawn(loopback::serve(bound, shop.clone(), callback, heard)));
    let ended = outcome(&shop, &id).await;
    if let Some(server) = server {
        let superseded =
            matches!(&ended, Ok(Some(attempt)) if attempt.outcome.as_deref() == Some("superseded"));
        if !superseded {
            // The browser still fetches its page, unless a new attempt wants the port.
            tokio::select! {
                () = shop.ports().clock.sleep(LINGER) => {}
                _ = newer.changed() => {}
            }
        }
        let _ = over.send(true);
        let _ = server.await;
    }
}

/// Waits until an attempt is no longer waiting or being exchanged; `None` when its time is up.
async fn outcome(shop: &Shop, id: &str) -> Result<Option<AttemptRow>> {
    loop {
        let key = id.to_owned();
        let attempt = shop
            .store()
            .read(move |connection| attempts::get(connection, &key))
            .await?
            .ok_or_else(|| Error::new(Code::NoAttempt, "the attempt is gone"))?;
        match attempt.outcome.as_deref() {
            None if attempt.expires_at <= shop.now() => {
                let error = Error::new(
                    Code::AttemptExpired,
                    "five minutes passed without an answer",
                );
                phase(
                    shop,
                    &attempt.account,
                    AuthorizationPhase::Failed,
                    None,
                    Some(error.view()),
                );
                return Ok(None);
            }
            None | Some("exchanging") => {}
            Some(_) => return Ok(Some(attempt)),
        }
        tokio::select! {
            () = shop.moved().notified() => {}
            () = shop.ports().clock.sleep(LOOK) => {}
        }
    }
}

impl Began {
    /// Waits for the end, whichever door and whichever process it comes through.
    ///
    /// # Errors
    /// Why there is no connection: `AttemptExpired`, `ConsentDenied`, `CodeRefused`, what the supplier answered.
    pub async fn connected(&self, shop: &Shop) -> Result<AccountStatus> {
        let ended = outcome(shop, &self.id).await?;
        match ended
            .as_ref()
            .and_then(|attempt| attempt.outcome.as_deref())
        {
            Some("connected") => accounts::status_of(shop, &self.attempt.account).await,
            Some(how) => Err(ended
                .as_ref()
                .and_then(|attempt| attempt.error.clone())
                .map_or_else(
                    || Error::new(Code::AttemptExpired, format!("the attempt was {how}")),
                    |view| Error {
                        code: view.code,
                        message: view.message,
                        retry_at: view.retry_at,
                        supplier: view.supplier.map(Box::new),
                        clock_ahead_s: view.clock_ahead_s,
                    },
                )),
            None => Err(Error::new(
                Code::AttemptExpired,
                "five minutes passed without an answer",
            )),
        }
    }
}

/// Ends the waiting attempt with an address (or bare code) from any door.
///
/// # Errors
/// `BadInput`, `NoAttempt`, `WrongState`, `MissingCode`, `AttemptExpired`, `ConsentDenied`: the redirect is not taken, and a
/// good attempt goes on waiting (except for a consent denied). `CodeRefused` and others: what AliExpress said.
pub async fn finish(shop: &Shop, text: &str) -> Result<AccountStatus> {
    let verified = verify(shop, Redirect::parse(text)?).await?;
    exchange(shop, verified).await
}

/// The one check: is it a redirect of the attempt that waits? Claims the attempt, so that nobody passes twice.
async fn verify(shop: &Shop, redirect: Redirect) -> Result<Verified> {
    let now = shop.now();
    let all = shop.store().read(attempts::recent).await?;
    let attempt = match judge(&all, &redirect, now) {
        Ok(attempt) => attempt.clone(),
        Err(error) => {
            if let Some(waiting) = all.iter().find(|attempt| waits(attempt, now)) {
                phase(
                    shop,
                    &waiting.account,
                    AuthorizationPhase::Ignored,
                    None,
                    Some(error.view()),
                );
            }
            return Err(error);
        }
    };
    if let Some(reason) = &redirect.error {
        let code = if reason == "access_denied" {
            Code::ConsentDenied
        } else {
            Code::SupplierRefused
        };
        let error =
            Error::new(code, "AliExpress sent the owner back without a code").said(SupplierSaid {
                code: Some(
                    reason
                        .chars()
                        .filter(|letter| !letter.is_control())
                        .take(100)
                        .collect(),
                ),
                message: redirect.description.clone(),
                request_id: None,
            });
        let outcome = if code == Code::ConsentDenied {
            "denied"
        } else {
            "failed"
        };
        end(shop, &attempt, Some(outcome), Some(&error.view())).await?;
        phase(
            shop,
            &attempt.account,
            AuthorizationPhase::Failed,
            None,
            Some(error.view()),
        );
        return Err(error);
    }
    let code = redirect
        .code
        .ok_or_else(|| Error::new(Code::MissingCode, "the redirect carries no code"))?;
    let shown = masked(code.expose_secret());
    phase(
        shop,
        &attempt.account,
        AuthorizationPhase::Received,
        Some(shown.clone()),
        None,
    );
    let id = attempt.id.clone();
    if !shop
        .store()
        .write(move |tx| attempts::claim(tx, &id, now))
        .await?
    {
        return Err(Error::new(
            Code::AttemptExpired,
            "the attempt was taken by an earlier answer",
        ));
    }
    phase(
        shop,
        &attempt.account,
        AuthorizationPhase::Verified,
        Some(shown),
        None,
    );
    Ok(Verified { attempt, code })
}

/// The attempt that waits, if any. Its address cannot be shown again after a restart, because the state is not kept.
///
/// # Errors
/// Only those of the database.
pub async fn waiting(shop: &Shop) -> Result<Option<Timestamp>> {
    let now = shop.now();
    let all = shop.store().read(attempts::recent).await?;
    Ok(all
        .iter()
        .find(|attempt| waits(attempt, now))
        .map(|attempt| attempt.expires_at))
}

/// Ends the attempt that waits, because the owner said so.
///
/// # Errors
/// Only those of the database.
pub async fn cancel(shop: &Shop) -> Result<()> {
    cancel_as(shop, "cancelled").await
}

async fn cancel_as(shop: &Shop, outcome: &str) -> Result<()> {
    let now = shop.now();
    let all = shop.store().read(attempts::recent).await?;
    for attempt in all.iter().filter(|attempt| waits(attempt, now)) {
        end(shop, attempt, Some(outcome), None).await?;
        let error = Error::new(Code::AttemptExpired, format!("the attempt was {outcome}"));
        phase(
            shop,
            &attempt.account,
            AuthorizationPhase::Failed,
            None,
            Some(error.view()),
        );
    }
    Ok(())
}

async fn end(
    shop: &Shop,
    attempt: &AttemptRow,
    outcome: Option<&str>,
    error: Option<&ErrorView>,
) -> Result<()> {
    let (id, outcome, error) = (
        attempt.id.clone(),
        outcome.map(str::to_owned),
        error.cloned(),
    );
    shop.store()
        .write(move |tx| attempts::end(tx, &id, outcome.as_deref(), error.as_ref()))
        .await?;
    shop.moved().notify_waiters();
    Ok(())
}

fn phase(
    shop: &Shop,
    account: &str,
    phase: AuthorizationPhase,
    code: Option<String>,
    error: Option<ErrorView>,
) {
    shop.tell(Event::Authorization {
        account: account.to_owned(),
        phase,
        code_masked: code,
        error,
    });
}

/// A redirect that was not taken is no failure of ours; it is counted in the log by its code, never by its address.
fn fail_quietly(error: &Error) {
    tracing::info!(code = ?error.code, "a redirect was not taken");
}
