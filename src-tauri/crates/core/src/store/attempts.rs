//! Authorizations that wait for their redirect. Only a hash of the state is kept, never the state or the code.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::codec::{json, ms, time, unjson};
use crate::error::{ErrorView, Result};

/// One attempt as stored.
#[derive(Debug, Clone)]
pub struct AttemptRow {
    /// Its id.
    pub id: String,
    /// The account it is for.
    pub account: String,
    /// SHA-256 of the state.
    pub state_hash: Vec<u8>,
    /// The callback address it was started with.
    pub redirect_uri: String,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// How it ended; null while it waits.
    pub outcome: Option<String>,
    /// Why it failed.
    pub error: Option<ErrorView>,
}

const COLUMNS: &str = "id, account, state_hash, redirect_uri, expires_at, outcome, error";

fn row(row: &Row<'_>) -> rusqlite::Result<(AttemptRow, Option<String>)> {
    Ok((
        AttemptRow {
            id: row.get(0)?,
            account: row.get(1)?,
            state_hash: row.get(2)?,
            redirect_uri: row.get(3)?,
            expires_at: time(row.get(4)?),
            outcome: row.get(5)?,
            error: None,
        },
        row.get(6)?,
    ))
}

fn whole((mut attempt, error): (AttemptRow, Option<String>)) -> Result<AttemptRow> {
    attempt.error = error.as_deref().map(unjson).transpose()?;
    Ok(attempt)
}

/// Starts an attempt; whatever waited for the same account is superseded.
pub fn start(connection: &Connection, attempt: &AttemptRow, now: Timestamp) -> Result<()> {
    connection.execute(
        "UPDATE attempts SET outcome = 'superseded' WHERE account = ?1 AND outcome IS NULL",
        [&attempt.account],
    )?;
    // Old attempts are of no use to anybody; a day keeps late answers explainable.
    connection.execute(
        "DELETE FROM attempts WHERE expires_at < ?1",
        [ms(now) - 86_400_000],
    )?;
    connection.execute(
        "INSERT INTO attempts (id, account, state_hash, redirect_uri, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![attempt.id, attempt.account, attempt.state_hash, attempt.redirect_uri, ms(now), ms(attempt.expires_at)],
    )?;
    Ok(())
}

/// Every attempt of the last day, newest first.
pub fn recent(connection: &Connection) -> Result<Vec<AttemptRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM attempts ORDER BY created_at DESC, rowid DESC"
    ))?;
    let rows = statement
        .query_map([], row)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    rows.into_iter().map(whole).collect()
}

/// One attempt.
pub fn get(connection: &Connection, id: &str) -> Result<Option<AttemptRow>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM attempts WHERE id = ?1"))?
        .query_row([id], row)
        .optional()?
        .map(whole)
        .transpose()
}

/// Takes the attempt for an exchange; false when somebody was quicker or it is over. This is what makes a state single-use.
pub fn claim(connection: &Connection, id: &str, now: Timestamp) -> Result<bool> {
    Ok(connection.execute(
        "UPDATE attempts SET outcome = 'exchanging' WHERE id = ?1 AND outcome IS NULL AND expires_at > ?2",
        params![id, ms(now)],
    )? == 1)
}

/// Notes how it ended; `None` puts it back to waiting, after a failure that a second paste may cure.
pub fn end(
    connection: &Connection,
    id: &str,
    outcome: Option<&str>,
    error: Option<&ErrorView>,
) -> Result<()> {
    let error = error.map(json).transpose()?;
    connection.execute(
        "UPDATE attempts SET outcome = ?2, error = ?3 WHERE id = ?1",
        params![id, outcome, error],
    )?;
    Ok(())
}
