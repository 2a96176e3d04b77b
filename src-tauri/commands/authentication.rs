//! Authentication: connecting CJ with a pasted key, authorizing AliExpress in the browser, letting either go.

use jiff::SignedDuration;
use secrecy::{ExposeSecret as _, SecretString};
use smartlinks_core::accounts::{self, Which};
use smartlinks_core::authorization::{self, Begin, bridge};
use smartlinks_core::refresh;
use smartlinks_core::views::{
    AccountStatus, AliexpressApp, AliexpressConnection, Attempt, CjConnection, Event, Recognised,
    Supplier,
};
use tauri::{AppHandle, Runtime, State};

use crate::downloads;
use crate::ipc_error::Answer;
use crate::practice::{self, PracticeCredentials};
use crate::sign_in;
use crate::state::AppState;

/// Ends this close together are those of one attempt.
const SAME: SignedDuration = SignedDuration::from_millis(10);

/// What a pasted text is; nothing is sent.
#[tauri::command]
pub fn cj_recognise(pasted: String, client_id: Option<String>) -> Recognised {
    accounts::recognise_cj(&pasted, client_id.as_deref())
}

/// Connects CJ; the steps come as events too.
///
/// # Errors
/// What half is missing, or what CJ answered.
#[tauri::command]
pub async fn cj_connect(
    state: State<'_, AppState>,
    pasted: String,
    client_id: Option<String>,
    account: Option<String>,
) -> Answer<CjConnection> {
    // What came through the bridge as plain text is wiped when we are done with it.
    let pasted = SecretString::from(pasted);
    state
        .ask(|shop| async move {
            let (id, account) = (client_id.as_deref(), account.as_deref());
            accounts::connect_cj(&shop, pasted.expose_secret(), id, account).await
        })
        .await
}

/// Asks CJ who we are.
///
/// # Errors
/// `NotConnected`, or what CJ answered.
#[tauri::command]
pub async fn cj_test(state: State<'_, AppState>, account: Option<String>) -> Answer<CjConnection> {
    state
        .ask(|shop| async move { accounts::test_cj(&shop, account.as_deref()).await })
        .await
}

/// Asks AliExpress whether the connection works; the steps come as events too.
///
/// # Errors
/// `NotConnected`, `ClockSkew`, or what AliExpress answered.
#[tauri::command]
pub async fn aliexpress_test(
    state: State<'_, AppState>,
    account: Option<String>,
) -> Answer<AliexpressConnection> {
    state
        .ask(|shop| async move { accounts::test_aliexpress(&shop, account.as_deref()).await })
        .await
}

/// Renews an account's tokens now.
///
/// # Errors
/// `NotConnected`, or what the supplier answered.
#[tauri::command]
pub async fn refresh_account(
    state: State<'_, AppState>,
    supplier: Supplier,
    account: String,
) -> Answer<AccountStatus> {
    state
        .ask(|shop| async move { refresh(&shop, supplier, Some(&account)).await })
        .await
}

/// Calls an account what the owner calls it.
///
/// # Errors
/// `NotFound`, `BadInput` for a name over 60 characters.
#[tauri::command]
pub async fn rename_account(
    state: State<'_, AppState>,
    supplier: Supplier,
    account: String,
    name: String,
) -> Answer<AccountStatus> {
    state
        .ask(|shop| async move { accounts::rename(&shop, supplier, Some(&account), &name).await })
        .await
}

/// Forgets an account's secrets; the data stays.
///
/// # Errors
/// `KeychainUnavailable` when they may still be there.
#[tauri::command]
pub async fn disconnect(
    state: State<'_, AppState>,
    supplier: Supplier,
    account: String,
) -> Answer<AccountStatus> {
    state
        .ask(|shop| async move { accounts::disconnect(&shop, supplier, Some(&account)).await })
        .await
}

/// The owner's AliExpress app, without its secret: of the named account, or of the usual one.
///
/// # Errors
/// `NotFound` for an account there is not; those of the database.
#[tauri::command]
pub async fn aliexpress_app(
    state: State<'_, AppState>,
    account: Option<String>,
) -> Answer<Option<AliexpressApp>> {
    state
        .ask(|shop| async move { accounts::aliexpress_app_of(&shop, account.as_deref()).await })
        .await
}

/// Checks the app's key and secret at the gateway and keeps them; no secret keeps the stored one. `another` is for one more
/// account beside those there are.
///
/// # Errors
/// `BadInput`, `NotFound` for an account there is not, `WrongKey`, `WrongSecret`, `Network`, `KeychainUnavailable`; nothing is
/// changed then.
#[tauri::command]
pub async fn aliexpress_configure(
    state: State<'_, AppState>,
    app_key: String,
    app_secret: Option<String>,
    callback_url: String,
    account: Option<String>,
    another: Option<bool>,
) -> Answer<AliexpressApp> {
    let secret = app_secret.map(SecretString::from);
    state
        .ask(|shop| async move {
            let which = match &account {
                Some(id) => Which::Named(id),
                None if another == Some(true) => Which::Another,
                None => Which::Usual,
            };
            accounts::configure_aliexpress_which(&shop, which, &app_key, secret, &callback_url)
                .await
        })
        .await
}

/// The callback address to register, for an owner who has none.
#[tauri::command]
pub fn aliexpress_suggested_callback() -> &'static str {
    accounts::SUGGESTED_CALLBACK
}

/// Starts an authorization. Without `listen` the answer is pasted, even when it could be caught.
///
/// # Errors
/// `NotConnected` before the app is configured, `PortTaken`, `PortReserved`, `KeychainUnavailable`.
#[tauri::command]
pub async fn aliexpress_begin(
    state: State<'_, AppState>,
    open_browser: bool,
    listen: Option<bool>,
    account: Option<String>,
) -> Answer<Attempt> {
    let how = Begin {
        open_browser,
        listen: listen.unwrap_or(true),
    };
    begin(&state, account, how).await
}

async fn begin(state: &AppState, account: Option<String>, how: Begin) -> Answer<Attempt> {
    let began = state
        .ask(|shop| async move { authorization::begin_for(&shop, account.as_deref(), how).await })
        .await?;
    state.remember(began.attempt.clone());
    Ok(began.attempt)
}

/// The attempt that waits, if this window began it: the address of another's cannot be known again.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn aliexpress_pending(state: State<'_, AppState>) -> Answer<Option<Attempt>> {
    pending(&state).await
}

async fn pending(state: &AppState) -> Answer<Option<Attempt>> {
    let until = state
        .ask(|shop| async move { authorization::waiting(&shop).await })
        .await?;
    // The database keeps milliseconds; two attempts of one owner are never that close.
    let ours = |attempt: &Attempt| {
        until.is_some_and(|until| until.duration_since(attempt.expires_at).abs() < SAME)
    };
    Ok(state.attempt().filter(ours))
}

/// Opens a window of ours on the consent page, for an address that nothing can be put at; the attempt that waits is gone on
/// with, or one begins.
///
/// # Errors
/// As `aliexpress_begin`; `Unexpected` when no window can be opened.
#[tauri::command]
pub async fn aliexpress_sign_in<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
    account: Option<String>,
) -> Answer<Attempt> {
    let waiting = pending(&state).await?;
    let ours = |attempt: &Attempt| account.as_ref().is_none_or(|id| *id == attempt.account);
    let attempt = match waiting.filter(ours) {
        Some(attempt) => attempt,
        None => {
            let how = Begin {
                open_browser: false,
                listen: true,
            };
            begin(&state, account, how).await?
        }
    };
    let shown = attempt.clone();
    state
        .ask(|shop| async move { sign_in::open(&app, &shop, &shown).await })
        .await?;
    Ok(attempt)
}

/// What was told last about an authorization since the start; for a page that was not there yet.
#[tauri::command]
pub fn authorization_told(state: State<'_, AppState>) -> Option<Event> {
    state.told()
}

/// Ends the waiting attempt with a pasted address or code.
///
/// # Errors
/// Why it was not taken, or what AliExpress answered.
#[tauri::command]
pub async fn aliexpress_finish(
    state: State<'_, AppState>,
    redirect: String,
) -> Answer<AccountStatus> {
    state
        .ask(|shop| async move { authorization::finish(&shop, &redirect).await })
        .await
}

/// Ends the waiting attempt without a connection.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn aliexpress_cancel(state: State<'_, AppState>) -> Answer<()> {
    state
        .ask(|shop| async move { authorization::cancel(&shop).await })
        .await
}

/// What forwards the answer from an https callback address, to copy.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn aliexpress_bridge(state: State<'_, AppState>, kind: bridge::Kind) -> Answer<String> {
    state
        .ask(|shop| async move { bridge::text(&shop, kind).await })
        .await
}

/// Saves the bridge page where downloads go, and says where that is.
///
/// # Errors
/// `Disk` when it cannot be written there.
#[tauri::command]
pub async fn save_bridge_page(state: State<'_, AppState>) -> Answer<String> {
    let folder = state.start().downloads.clone();
    downloads::save(folder, "aliexpress-callback.html", bridge::page())
        .await
        .map_err(|error| state.explain(&error))
}

/// What to type in practice mode; nothing otherwise.
#[tauri::command]
pub fn practice_credentials(state: State<'_, AppState>) -> Option<PracticeCredentials> {
    state.start().practice.then(practice::credentials)
}
