//! What is told by itself and what starts by itself: alerts with their rules, and the schedule of syncs.

use smartlinks_core::views::{Alert, AlertRule, NewAlertRule, Page, Schedule, ScheduleState};
use smartlinks_core::{alerts as core_alerts, schedule as core_schedule};
use tauri::State;

use crate::ipc_error::Answer;
use crate::state::AppState;

/// Alerts a page, unless told.
const ALERTS: u32 = 50;

/// What met the owner's rules, newest first.
///
/// # Errors
/// `BadInput` for a foreign `after`; those of the database.
#[tauri::command]
pub async fn alerts(
    state: State<'_, AppState>,
    after: Option<String>,
    limit: Option<u32>,
) -> Answer<Page<Alert>> {
    let limit = limit.unwrap_or(ALERTS);
    state
        .ask(|shop| async move { core_alerts::list(&shop, after.as_deref(), limit).await })
        .await
}

/// Marks an alert and all older ones as looked at; how many were new.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn alerts_seen(state: State<'_, AppState>, through: i64) -> Answer<u64> {
    state
        .ask(|shop| async move { core_alerts::mark_seen(&shop, through).await })
        .await
}

/// The rules in force.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn alert_rules(state: State<'_, AppState>) -> Answer<Vec<AlertRule>> {
    state
        .ask(|shop| async move { core_alerts::rules(&shop).await })
        .await
}

/// Adds a rule.
///
/// # Errors
/// `BadInput` for a threshold that makes no sense, `NotFound` for a product that is not here.
#[tauri::command]
pub async fn alert_rule_add(state: State<'_, AppState>, rule: NewAlertRule) -> Answer<AlertRule> {
    state
        .ask(|shop| async move { core_alerts::add_rule(&shop, rule).await })
        .await
}

/// Removes a rule.
///
/// # Errors
/// `NotFound` when there is no such rule.
#[tauri::command]
pub async fn alert_rule_remove(state: State<'_, AppState>, id: i64) -> Answer<()> {
    state
        .ask(|shop| async move { core_alerts::remove_rule(&shop, id).await })
        .await
}

/// When syncs start by themselves.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn schedule(state: State<'_, AppState>) -> Answer<ScheduleState> {
    state
        .ask(|shop| async move { core_schedule::state(&shop).await })
        .await
}

/// Keeps another schedule.
///
/// # Errors
/// `BadInput` for hours or a scope that cannot be.
#[tauri::command]
pub async fn set_schedule(state: State<'_, AppState>, schedule: Schedule) -> Answer<ScheduleState> {
    state
        .ask(|shop| async move { core_schedule::choose(&shop, schedule).await })
        .await
}
