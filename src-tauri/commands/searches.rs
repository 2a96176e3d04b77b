//! Searches of CJ's catalogue that the owner named, to be synced by that name.

use smartlinks_core::sync::searches;
use smartlinks_core::views::{SavedSearch, Search};
use tauri::State;

use crate::ipc_error::Answer;
use crate::state::AppState;

/// All of them, by name.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn saved_searches(state: State<'_, AppState>) -> Answer<Vec<SavedSearch>> {
    state
        .ask(|shop| async move { searches::list(&shop).await })
        .await
}

/// Keeps a search under a name; what was called so before is replaced.
///
/// # Errors
/// `BadInput` for a name or a search that cannot be meant.
#[tauri::command]
pub async fn saved_search_keep(
    state: State<'_, AppState>,
    name: String,
    search: Search,
) -> Answer<SavedSearch> {
    state
        .ask(|shop| async move { searches::keep(&shop, &name, search).await })
        .await
}

/// Forgets a search; what it brought stays.
///
/// # Errors
/// `NotFound`.
#[tauri::command]
pub async fn saved_search_remove(state: State<'_, AppState>, id: i64) -> Answer<()> {
    state
        .ask(|shop| async move { searches::remove(&shop, id).await })
        .await
}
