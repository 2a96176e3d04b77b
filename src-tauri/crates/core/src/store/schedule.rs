//! What the schedule stands on: the owner's choice, and when syncs were complete. When the next one is due is decided in
//! `crate::schedule`.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::codec::{json, ms, time, unjson};
use super::settings;
use crate::error::Result;
use crate::views::{Schedule, Scope};

const CHOICE: &str = "schedule";
const TRIED: &str = "schedule_tried_at";

/// What the owner chose, or what is usual. A choice this version cannot read counts as none.
pub fn choice(connection: &Connection) -> Result<Schedule> {
    let kept = settings::get(connection, CHOICE)?;
    Ok(kept.and_then(|text| unjson(&text).ok()).unwrap_or_default())
}

/// Keeps what the owner chose.
pub fn choose(connection: &Connection, schedule: &Schedule) -> Result<()> {
    settings::set(connection, CHOICE, Some(&json(schedule)?))
}

/// When a sync of this scope was last complete.
pub fn complete_at(connection: &Connection, scope: &Scope) -> Result<Option<Timestamp>> {
    let at = connection
        .prepare_cached(
            "SELECT finished_at FROM sync_runs WHERE state = 'done' AND scope = ?1 ORDER BY id DESC LIMIT 1",
        )?
        .query_row([scope.to_string()], |row| row.get::<_, Option<i64>>(0))
        .optional()?;
    Ok(at.flatten().map(time))
}

/// Whether an account's sync of this scope was ever complete.
pub fn was_complete(connection: &Connection, account: &str, scope: &Scope) -> Result<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT 1 FROM sync_runs WHERE state = 'done' AND account = ?1 AND scope = ?2 LIMIT 1",
        )?
        .exists([account, &scope.to_string()])?)
}

/// When a sync was last started by itself.
pub fn tried_at(connection: &Connection) -> Result<Option<Timestamp>> {
    let text = settings::get(connection, TRIED)?;
    Ok(text.and_then(|text| text.parse().ok()).map(time))
}

/// Notes that one starts by itself now.
pub fn try_now(connection: &Connection, now: Timestamp) -> Result<()> {
    settings::set(connection, TRIED, Some(&ms(now).to_string()))
}
