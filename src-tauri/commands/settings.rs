//! Settings: what the owner chose, what this program is, links, and the way into practice and back.
//!
//! These work without a database: an owner whose file is damaged can still choose a language and read where it is.

use serde::Serialize;
use serde_json::Value;
use smartlinks_core::support::{self, Host};
use smartlinks_core::views::KeychainState;
use smartlinks_core::{Code, Error};
use tauri::{AppHandle, Runtime, State};
use ts_rs::TS;
use url::Url;

use crate::ipc_error::Answer;
use crate::preferences::{self, Preferences};
use crate::state::AppState;
use crate::{journal, links, measured, practice};

/// What this program is and where its things are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct About {
    /// The version.
    pub version: String,
    /// The folder of the data, as the system writes it.
    pub data_dir: String,
    /// Whether the suppliers are simulated.
    pub practice: bool,
    /// Whether secrets can be kept.
    pub keychain: KeychainState,
    /// System and processor, for support: `linux x86_64`.
    pub platform: String,
}

/// What the owner chose.
///
/// # Errors
/// `Disk` when the file cannot be read.
#[tauri::command]
pub async fn preferences<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
) -> Answer<Preferences> {
    let read = preferences::read(&app).await;
    read.map_err(|error| state.explain(&error))
}

/// Keeps what the owner chose.
///
/// # Errors
/// `BadInput` for a country or currency that is none, `Disk`.
#[tauri::command]
pub async fn set_preferences<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
    preferences: Preferences,
) -> Answer<()> {
    let written = preferences::write(&app, preferences).await;
    written.map_err(|error| state.explain(&error))
}

/// What this program is.
///
/// # Errors
/// None.
#[tauri::command]
pub async fn about(state: State<'_, AppState>) -> Answer<About> {
    let start = state.start();
    Ok(About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data_dir: start.shop_dir.display().to_string(),
        practice: start.practice,
        keychain: start.vault.state().await,
        platform: platform(),
    })
}

fn platform() -> String {
    format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
}

/// Shows the folder of the data in the system's file manager.
///
/// # Errors
/// `Disk` when it is not there, `Unexpected` when nothing could be opened.
#[tauri::command]
pub async fn open_data_folder(state: State<'_, AppState>) -> Answer<()> {
    let start = state.start();
    let folder = Url::from_directory_path(&start.shop_dir)
        .map_err(|()| Error::new(Code::Disk, "the folder of the data has no address"));
    folder
        .and_then(|folder| start.browser.open(&folder))
        .map_err(|error| state.explain(&error))
}

/// A report for whoever helps the owner, without keys, names or addresses.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn diagnostics<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
) -> Answer<String> {
    let log = journal::end(&app).await;
    let system = platform();
    state
        .ask(|shop| async move {
            let version = concat!("window ", env!("CARGO_PKG_VERSION"));
            let host = Host {
                version,
                system: &system,
                log: &log,
            };
            support::diagnostics(&shop, host).await
        })
        .await
}

/// Opens a link in the system's browser.
///
/// # Errors
/// `BadInput` for anything but https and the pages of simulated suppliers.
#[tauri::command]
pub async fn open_link(state: State<'_, AppState>, url: String) -> Answer<()> {
    let shop = state.shop().await.ok();
    let suppliers = shop.as_ref().map(|shop| &shop.ports().base_urls);
    links::allowed(&url, suppliers)
        .and_then(|url| state.start().browser.open(&url))
        .map_err(|error| state.explain(&error))
}

/// Says something to the benchmark that started this window; nothing is said when none did. `ago` is in milliseconds.
///
/// # Errors
/// None.
#[tauri::command]
pub async fn bench_line(
    state: State<'_, AppState>,
    name: String,
    ago: f64,
    facts: Option<Value>,
) -> Answer<()> {
    if state.start().bench.is_some() {
        measured::say(&name, ago, facts.as_ref());
    }
    Ok(())
}

/// Starts the application again in practice mode.
///
/// # Errors
/// `Unexpected` when it cannot be started; this one goes on.
#[tauri::command]
pub async fn start_practice<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
) -> Answer<()> {
    practice::restart(&app, true).map_err(|error| state.explain(&error))
}

/// Starts the application again with the owner's own data.
///
/// # Errors
/// `Unexpected` when it cannot be started; this one goes on.
#[tauri::command]
pub async fn leave_practice<R: Runtime>(
    app: AppHandle<R>,
    state: State<'_, AppState>,
) -> Answer<()> {
    practice::restart(&app, false).map_err(|error| state.explain(&error))
}
