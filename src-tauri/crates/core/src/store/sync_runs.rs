//! Runs of a sync: where they are, what they cost, what failed. The cursor is written with the rows it stands for.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::codec::{json, ms, name, named, time, unjson};
use crate::error::{ErrorView, Result};
use crate::views::{RepeatReason, Repeats, RunState, Scope, Supplier, SyncFailure, SyncReceipt};

const COLUMNS: &str = "id, supplier, account, scope, details, state, started_at, finished_at, calls, points, rows, \
                       changed, failed, done, total, continues_at, error, repeats, retry_of";

/// Calls that were made again, by reason.
pub type Counted = BTreeMap<RepeatReason, u64>;

fn read(row: &Row<'_>) -> Result<SyncReceipt> {
    let whole = |index: usize| {
        row.get::<_, i64>(index)
            .map(|value| u64::try_from(value).unwrap_or(0))
    };
    Ok(SyncReceipt {
        run: row.get(0)?,
        supplier: row.get::<_, String>(1)?.parse::<Supplier>()?,
        account: row.get(2)?,
        scope: row.get::<_, String>(3)?.parse()?,
        details: row.get(4)?,
        state: named(&row.get::<_, String>(5)?)?,
        started_at: time(row.get(6)?),
        finished_at: row.get::<_, Option<i64>>(7)?.map(time),
        calls: whole(8)?,
        points: whole(9)?,
        rows: whole(10)?,
        changed: whole(11)?,
        failed: whole(12)?,
        done: whole(13)?,
        total: row
            .get::<_, Option<i64>>(14)?
            .and_then(|value| u64::try_from(value).ok()),
        continues_at: row.get::<_, Option<i64>>(15)?.map(time),
        error: row
            .get::<_, Option<String>>(16)?
            .as_deref()
            .map(unjson)
            .transpose()?,
        repeats: unjson::<Counted>(&row.get::<_, String>(17)?)?
            .into_iter()
            .map(|(reason, count)| Repeats { reason, count })
            .collect(),
        retry_of: row.get(18)?,
    })
}

/// What a run is started with.
#[derive(Debug, Clone)]
pub struct Start {
    /// Whose.
    pub supplier: Supplier,
    /// Of which account.
    pub account: String,
    /// What it covers.
    pub scope: Scope,
    /// Whether details are asked for.
    pub details: bool,
    /// Where it begins.
    pub cursor: String,
    /// The run whose failures it tries again.
    pub retry_of: Option<i64>,
}

/// Starts a run and returns its number.
pub fn start(connection: &Connection, run: &Start, now: Timestamp) -> Result<i64> {
    connection.execute(
        "INSERT INTO sync_runs (supplier, account, scope, details, state, started_at, cursor, retry_of) \
         VALUES (?1, ?2, ?3, ?4, 'running', ?5, ?6, ?7)",
        params![
            run.supplier.as_str(),
            run.account,
            run.scope.to_string(),
            run.details,
            ms(now),
            run.cursor,
            run.retry_of
        ],
    )?;
    Ok(connection.last_insert_rowid())
}

/// One run.
pub fn get(connection: &Connection, run: i64) -> Result<Option<SyncReceipt>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM sync_runs WHERE id = ?1"))?
        .query_row([run], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

/// The newest runs, newest first.
pub fn recent(connection: &Connection, limit: u32) -> Result<Vec<SyncReceipt>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM sync_runs ORDER BY id DESC LIMIT ?1"
    ))?;
    let mut rows = statement.query([limit])?;
    let mut receipts = Vec::new();
    while let Some(row) = rows.next()? {
        receipts.push(read(row)?);
    }
    Ok(receipts)
}

/// The newest run of an account, if it did not come to an end. Single products fetched since do not end it.
pub fn unfinished(connection: &Connection, account: Option<&str>) -> Result<Option<SyncReceipt>> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM sync_runs WHERE (?1 IS NULL OR account = ?1) \
             AND id IN (SELECT max(id) FROM sync_runs \
             WHERE scope NOT LIKE 'product:%' OR state NOT IN ('done', 'failed') GROUP BY account) \
             AND state IN ('running', 'paused', 'interrupted') ORDER BY id DESC LIMIT 1"
        ))?
        .query_row([account], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

/// Whether the account had a complete run before this one.
pub fn was_complete_before(connection: &Connection, account: &str, run: i64) -> Result<bool> {
    Ok(connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM sync_runs WHERE account = ?1 AND id < ?2 AND state = 'done')",
        params![account, run],
        |row| row.get(0),
    )?)
}

/// Where a run goes on.
pub fn cursor(connection: &Connection, run: i64) -> Result<String> {
    Ok(
        connection.query_row("SELECT cursor FROM sync_runs WHERE id = ?1", [run], |row| {
            row.get(0)
        })?,
    )
}

/// What one step added.
#[derive(Debug, Clone, Copy, Default)]
pub struct Advance {
    /// Calls made for it that went past the account's pace.
    pub calls: u64,
    /// Products listed.
    pub rows: u64,
    /// Changes found.
    pub changed: u64,
    /// Products that failed.
    pub failed: u64,
    /// Steps done.
    pub done: u64,
    /// All steps as known now.
    pub total: Option<u64>,
    /// Calls counted as they were made that are accounted for now.
    pub settled: u64,
}

/// Moves a run on: counters and cursor together. Returns the receipt as it now stands, and whether a stop was asked for.
pub fn advance(
    connection: &Connection,
    run: i64,
    step: Advance,
    cursor: &str,
    repeats: &Counted,
) -> Result<(SyncReceipt, bool)> {
    add_repeats(connection, run, repeats)?;
    connection
        .prepare_cached(
            "UPDATE sync_runs SET calls = calls + ?2, rows = rows + ?3, changed = changed + ?4, failed = failed + ?5, \
             done = done + ?6, total = coalesce(?7, total), cursor = ?8, in_flight = max(in_flight - ?9, 0) WHERE id = ?1",
        )?
        .execute(params![
            run,
            whole(step.calls),
            whole(step.rows),
            whole(step.changed),
            whole(step.failed),
            whole(step.done),
            step.total.map(whole),
            cursor,
            whole(step.settled)
        ])?;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, stop_asked FROM sync_runs WHERE id = ?1"
    ))?;
    let mut rows = statement.query([run])?;
    match rows.next()? {
        Some(row) => Ok((read(row)?, row.get(19)?)),
        None => Err(crate::Error::new(
            crate::Code::NotFound,
            format!("run {run} is gone"),
        )),
    }
}

fn whole(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Counts a call that is about to be made, so that a receipt tells the truth about the quota even after a crash.
pub fn count_call(connection: &Connection, run: i64, points: u64) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE sync_runs SET calls = calls + 1, points = points + ?2, in_flight = in_flight + 1 WHERE id = ?1",
        )?
        .execute(params![run, whole(points)])?;
    Ok(())
}

/// The last call was refused and cost nothing.
pub fn give_back(connection: &Connection, run: i64, points: u64) -> Result<()> {
    connection
        .prepare_cached("UPDATE sync_runs SET points = max(points - ?2, 0) WHERE id = ?1")?
        .execute(params![run, whole(points)])?;
    Ok(())
}

/// Adds calls the receipt does not know of yet, and those that had to be made again; `settled` calls are accounted for now.
pub fn add_calls(
    connection: &Connection,
    run: i64,
    calls: u64,
    repeats: &Counted,
    settled: u64,
) -> Result<()> {
    connection.execute(
        "UPDATE sync_runs SET calls = calls + ?2, in_flight = max(in_flight - ?3, 0) WHERE id = ?1",
        params![run, whole(calls), whole(settled)],
    )?;
    add_repeats(connection, run, repeats)
}

/// Adds to the calls that had to be made again.
pub fn add_repeats(connection: &Connection, run: i64, repeats: &Counted) -> Result<()> {
    if repeats.is_empty() {
        return Ok(());
    }
    let text: String = connection.query_row(
        "SELECT repeats FROM sync_runs WHERE id = ?1",
        [run],
        |row| row.get(0),
    )?;
    let mut all: Counted = unjson(&text)?;
    for (reason, count) in repeats {
        *all.entry(*reason).or_default() += count;
    }
    connection.execute(
        "UPDATE sync_runs SET repeats = ?2 WHERE id = ?1",
        params![run, json(&all)?],
    )?;
    Ok(())
}

/// Calls of a process that died before it could keep their answers: they will be made again.
pub fn cut_off(connection: &Connection, run: i64) -> Result<()> {
    let lost: i64 = connection.query_row(
        "SELECT in_flight FROM sync_runs WHERE id = ?1",
        [run],
        |row| row.get(0),
    )?;
    match u64::try_from(lost) {
        Ok(lost) if lost > 0 => add_calls(
            connection,
            run,
            0,
            &Counted::from([(RepeatReason::CutOff, lost)]),
            lost,
        ),
        _ => Ok(()),
    }
}

/// Sets how a run stands.
pub fn settle(
    connection: &Connection,
    run: i64,
    state: RunState,
    continues_at: Option<Timestamp>,
    error: Option<&ErrorView>,
    now: Timestamp,
) -> Result<Option<SyncReceipt>> {
    let ended = matches!(state, RunState::Done | RunState::Failed).then(|| ms(now));
    connection.execute(
        "UPDATE sync_runs SET state = ?2, continues_at = ?3, error = ?4, finished_at = ?5, stop_asked = 0 WHERE id = ?1",
        params![run, name(&state)?, continues_at.map(ms), error.map(json).transpose()?, ended],
    )?;
    get(connection, run)
}

/// Whether somebody asked a run to stop.
pub fn stop_asked(connection: &Connection, run: i64) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT stop_asked FROM sync_runs WHERE id = ?1")?
        .query_row([run], |row| row.get(0))?)
}

/// Asks a running or paused sync to stop after the step in flight, from whichever process.
pub fn ask_stop(connection: &Connection) -> Result<()> {
    connection.execute(
        "UPDATE sync_runs SET stop_asked = 1 WHERE state IN ('running', 'paused')",
        [],
    )?;
    Ok(())
}

/// Notes why a product failed.
pub fn note_failure(
    connection: &Connection,
    run: i64,
    product_id: &str,
    error: &ErrorView,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO sync_failures (run, product_id, error) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![run, product_id, json(error)?])?;
    Ok(())
}

/// A retry of `run` brought the product after all; of a retry of a retry, it is mended in all of them.
pub fn mend(connection: &Connection, run: i64, product_id: &str) -> Result<()> {
    connection.execute(
        "WITH RECURSIVE tried (id) AS (SELECT ?1 UNION SELECT r.retry_of FROM sync_runs r JOIN tried ON r.id = tried.id \
         WHERE r.retry_of IS NOT NULL) \
         UPDATE sync_failures SET mended = 1 WHERE product_id = ?2 AND run IN (SELECT id FROM tried)",
        params![run, product_id],
    )?;
    Ok(())
}

/// What failed in a run.
pub fn failures(connection: &Connection, run: i64) -> Result<Vec<SyncFailure>> {
    let mut statement = connection.prepare_cached(
        "SELECT product_id, error, mended FROM sync_failures WHERE run = ?1 ORDER BY product_id",
    )?;
    let mut rows = statement.query([run])?;
    let mut failures = Vec::new();
    while let Some(row) = rows.next()? {
        failures.push(SyncFailure {
            product_id: row.get(0)?,
            error: unjson(&row.get::<_, String>(1)?)?,
            mended: row.get(2)?,
        });
    }
    Ok(failures)
}
