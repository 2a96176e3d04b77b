//! Overview: how everything stands, what changed, what was synced.

use smartlinks_core::views::{ChangeRow, Day, Page, Status, SyncReceipt};
use smartlinks_core::{accounts, catalog, sync};
use tauri::State;

use crate::ipc_error::Answer;
use crate::state::AppState;

/// Changes a page, unless told.
const CHANGES: u32 = 50;
/// Days, unless told.
const DAYS: u32 = 30;
/// Receipts, unless told.
const RECEIPTS: u32 = 20;

/// Accounts, catalogue, last sync, keychain.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn status(state: State<'_, AppState>) -> Answer<Status> {
    state
        .ask(|shop| async move { accounts::status(&shop).await })
        .await
}

/// What changed, newest first.
///
/// # Errors
/// `BadInput` for a foreign `after`; those of the database.
#[tauri::command]
pub async fn recent_changes(
    state: State<'_, AppState>,
    after: Option<String>,
    limit: Option<u32>,
) -> Answer<Page<ChangeRow>> {
    let limit = limit.unwrap_or(CHANGES);
    state
        .ask(|shop| async move { catalog::changes(&shop, None, after.as_deref(), limit).await })
        .await
}

/// The newest syncs.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn sync_receipts(
    state: State<'_, AppState>,
    limit: Option<u32>,
) -> Answer<Vec<SyncReceipt>> {
    let limit = limit.unwrap_or(RECEIPTS);
    state
        .ask(|shop| async move { sync::receipts(&shop, limit).await })
        .await
}

/// A line for each of the last days, oldest first: what the charts are drawn from.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn overview_charts(state: State<'_, AppState>, days: Option<u32>) -> Answer<Vec<Day>> {
    let days = days.unwrap_or(DAYS);
    state
        .ask(|shop| async move { catalog::days(&shop, days).await })
        .await
}
