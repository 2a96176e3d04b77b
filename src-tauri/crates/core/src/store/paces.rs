//! When an account may make its next call, shared by every process that uses the data folder; and what is known of its
//! points. Times here are microseconds, because six calls a second do not divide into milliseconds.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::codec::{ms, time};
use crate::error::Result;
use crate::sync::rhythm::Rhythm;
use crate::views::Points;

/// What is known of an account's allowance.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Calls a second the supplier allows.
    pub qps: f64,
    /// How far apart calls start, as learned so far.
    pub rhythm: Rhythm,
    /// Points as last heard, with the time.
    pub points: Option<(Points, Timestamp)>,
}

/// The pace of an account, if it ever connected.
pub fn get(connection: &Connection, account: &str) -> Result<Option<Pace>> {
    Ok(connection
        .prepare_cached("SELECT qps, points_used, points_remaining, points_total, points_at, spacing_us, wall_us, streak FROM paces WHERE account = ?1")?
        .query_row([account], |row| {
            let points = match (row.get(1)?, row.get(2)?, row.get(3)?, row.get::<_, Option<i64>>(4)?) {
                (Some(used), Some(remaining), Some(total), Some(at)) => {
                    let whole = |value: i64| u64::try_from(value).unwrap_or(0);
                    Some((Points { used: whole(used), remaining: whole(remaining), total: whole(total) }, time(at)))
                }
                _ => None,
            };
            let rhythm = Rhythm { spacing_us: row.get(5)?, wall_us: row.get(6)?, streak: row.get(7)? };
            Ok(Pace { qps: row.get(0)?, rhythm, points })
        })
        .optional()?)
}

/// Sets the calls a second. What was learned about the spacing stays as long as they stay the same.
pub fn set_qps(connection: &Connection, account: &str, qps: f64) -> Result<()> {
    connection.execute(
        "INSERT INTO paces (account, qps, spacing_us) VALUES (?1, ?2, ?3) ON CONFLICT (account) DO UPDATE SET \
         spacing_us = CASE WHEN qps = excluded.qps THEN spacing_us ELSE excluded.spacing_us END, \
         wall_us = CASE WHEN qps = excluded.qps THEN wall_us ELSE 0 END, qps = excluded.qps",
        params![account, qps, Rhythm::new(qps).spacing_us],
    )?;
    Ok(())
}

/// Takes the next free slot and returns when it starts, in microseconds since 1970. `default_spacing_us` is for accounts
/// whose limit is not known yet.
pub fn take_slot(
    connection: &Connection,
    account: &str,
    now_us: i64,
    default_spacing_us: i64,
) -> Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO paces (account, qps, spacing_us) VALUES (?1, 1.0, ?2) ON CONFLICT (account) DO NOTHING",
        )?
        .execute(params![account, default_spacing_us])?;
    // A clock that was set back must not stop the account: nothing waits longer than a minute for its slot.
    let slot: i64 = connection
        .prepare_cached("SELECT CASE WHEN next_at_us > ?2 + 60000000 THEN ?2 ELSE max(next_at_us, ?2) END FROM paces WHERE account = ?1")?
        .query_row(params![account, now_us], |row| row.get(0))?;
    connection
        .prepare_cached("UPDATE paces SET next_at_us = ?2 + spacing_us WHERE account = ?1")?
        .execute(params![account, slot])?;
    Ok(slot)
}

/// A call really started at `at_us`: the next one keeps its distance from that.
pub fn started(connection: &Connection, account: &str, at_us: i64) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE paces SET next_at_us = max(next_at_us, ?2 + spacing_us) WHERE account = ?1",
        )?
        .execute(params![account, at_us])?;
    Ok(())
}

/// Nobody calls before `at_us`: the supplier refused one.
pub fn hold_until(connection: &Connection, account: &str, at_us: i64) -> Result<()> {
    connection
        .prepare_cached("UPDATE paces SET next_at_us = max(next_at_us, ?2) WHERE account = ?1")?
        .execute(params![account, at_us])?;
    Ok(())
}

/// Keeps what was learned about the spacing.
pub fn set_rhythm(connection: &Connection, account: &str, rhythm: Rhythm) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE paces SET spacing_us = ?2, wall_us = ?3, streak = ?4 WHERE account = ?1",
        )?
        .execute(params![
            account,
            rhythm.spacing_us,
            rhythm.wall_us,
            rhythm.streak
        ])?;
    Ok(())
}

/// Keeps the points as the supplier last reported them.
pub fn set_points(
    connection: &Connection,
    account: &str,
    points: Points,
    now: Timestamp,
) -> Result<()> {
    let whole = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    connection
        .prepare_cached(
            "UPDATE paces SET points_used = ?2, points_remaining = ?3, points_total = ?4, points_at = ?5 WHERE account = ?1",
        )?
        .execute(params![account, whole(points.used), whole(points.remaining), whole(points.total), ms(now)])?;
    Ok(())
}

/// When a key with this hash was last sent to CJ's exchange.
pub fn key_tried(connection: &Connection, key_hash: &[u8]) -> Result<Option<Timestamp>> {
    Ok(connection
        .prepare_cached("SELECT tried_at FROM key_tries WHERE key_hash = ?1")?
        .query_row([key_hash], |row| row.get::<_, i64>(0))
        .optional()?
        .map(time))
}

/// Notes that a key is about to be sent.
pub fn note_key_try(connection: &Connection, key_hash: &[u8], now: Timestamp) -> Result<()> {
    connection.execute(
        "DELETE FROM key_tries WHERE tried_at < ?1",
        [ms(now) - 86_400_000],
    )?;
    connection.execute(
        "INSERT OR REPLACE INTO key_tries (key_hash, tried_at) VALUES (?1, ?2)",
        params![key_hash, ms(now)],
    )?;
    Ok(())
}
