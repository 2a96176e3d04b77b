//! The products whose details a run still has to ask for. Which comes first is decided by `sync::worth`; a row goes in the
//! transaction that writes what was answered, so that a crash asks for the one in flight again and for nothing else.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::codec::{ms, time, unjson};
use crate::error::Result;
use crate::sync::worth::{Known, Worth, due, is_lately};
use crate::views::OrderLine;

/// What an order weighs ends so long after it was placed: what sold last year may not sell now.
const ORDERS: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Which products may come into the queue.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    /// What the lists of this run named.
    Listed(i64),
    /// Everything of the account.
    All,
    /// The owner's own selection, what is no longer listed in it too: it may be gone altogether.
    Mine,
}

struct Candidate {
    row: i64,
    product_id: String,
    known: Known,
}

/// Calls `found` with every product in question and what is known of its details. What is off the shelf is worth nothing:
/// it is asked for once in a while, in case it came back.
fn candidates(
    connection: &Connection,
    account: &str,
    which: Which,
    now: Timestamp,
    mut found: impl FnMut(Candidate) -> Result<()>,
) -> Result<()> {
    let ordered = ordered(connection, account, now)?;
    let mut variants =
        connection.prepare_cached("SELECT variant_id FROM variants WHERE product = ?1")?;
    let condition = match which {
        Which::Listed(_) => "p.seen_run = ?2",
        Which::All => "?2 IS NOT NULL",
        Which::Mine => "p.mine = ?2",
    };
    let value = match which {
        Which::Listed(run) => run,
        Which::All | Which::Mine => 1,
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT p.id, p.product_id, p.mine, coalesce(p.asked_at, p.details_at), p.waits_since, \
         (SELECT c.at FROM changes c WHERE c.product = p.id ORDER BY c.id DESC LIMIT 1), p.status = 'active' \
         FROM products p WHERE p.account = ?1 AND {condition}"
    ))?;
    let mut rows = statement.query(params![account, value])?;
    while let Some(row) = rows.next()? {
        let (id, product_id): (i64, String) = (row.get(0)?, row.get(1)?);
        let on_sale: bool = row.get(6)?;
        let changed_at = row.get::<_, Option<i64>>(5)?.filter(|_| on_sale).map(time);
        let has_orders = on_sale
            && !ordered.is_empty()
            && (ordered.contains(&product_id)
                || variants
                    .query_map([id], |row| row.get::<_, String>(0))?
                    .any(|variant| variant.is_ok_and(|variant| ordered.contains(&variant))));
        found(Candidate {
            row: id,
            product_id,
            known: Known {
                worth: Worth {
                    mine: on_sale && row.get(2)?,
                    ordered: has_orders,
                    changed: is_lately(changed_at, now),
                },
                asked_at: row.get::<_, Option<i64>>(3)?.map(time),
                changed_at,
                waits_since: row.get::<_, Option<i64>>(4)?.map(time),
            },
        })?;
    }
    Ok(())
}

/// Products and variants that orders of late name: CJ's lists name variants, AliExpress products.
fn ordered(connection: &Connection, account: &str, now: Timestamp) -> Result<HashSet<String>> {
    let since = now.checked_sub(ORDERS).unwrap_or(Timestamp::MIN);
    let mut statement = connection
        .prepare_cached("SELECT lines FROM orders WHERE account = ?1 AND created_at >= ?2")?;
    let mut rows = statement.query(params![account, ms(since)])?;
    let mut ids = HashSet::new();
    while let Some(row) = rows.next()? {
        let lines: Vec<OrderLine> = unjson(&row.get::<_, String>(0)?)?;
        for line in lines {
            ids.extend(line.product_id);
            ids.extend(line.variant_id);
        }
    }
    Ok(ids)
}

/// Fills the queue of a run, once its lists are read. Returns how many products are in it.
pub fn fill(
    connection: &Connection,
    run: i64,
    account: &str,
    which: Which,
    older_than: Option<SignedDuration>,
    now: Timestamp,
) -> Result<u64> {
    let mut put = connection.prepare_cached(
        "INSERT OR IGNORE INTO sync_queue (run, due_at, product_id) VALUES (?1, ?2, ?3)",
    )?;
    let mut wait = connection.prepare_cached(
        "UPDATE products SET waits_since = ?2 WHERE id = ?1 AND waits_since IS NULL",
    )?;
    let mut count = 0;
    candidates(connection, account, which, now, |candidate| {
        let Some(at) = due(candidate.known, older_than, now) else {
            return Ok(());
        };
        count += put.execute(params![run, ms(at), candidate.product_id])? as u64;
        if candidate.known.asked_at.is_none() && candidate.known.waits_since.is_none() {
            wait.execute(params![candidate.row, ms(now)])?;
        }
        Ok(())
    })?;
    Ok(count)
}

/// How many products are due, and how many are fresh.
pub fn count(
    connection: &Connection,
    account: &str,
    which: Which,
    older_than: Option<SignedDuration>,
    now: Timestamp,
) -> Result<(u64, u64)> {
    let (mut overdue, mut fresh) = (0, 0);
    candidates(connection, account, which, now, |candidate| {
        match due(candidate.known, older_than, now) {
            Some(_) => overdue += 1,
            None => fresh += 1,
        }
        Ok(())
    })?;
    Ok((overdue, fresh))
}

/// Puts single products into the queue of a run, in the order given.
pub fn put(connection: &Connection, run: i64, product_ids: &[String]) -> Result<()> {
    let mut put = connection.prepare_cached(
        "INSERT OR IGNORE INTO sync_queue (run, due_at, product_id) VALUES (?1, ?2, ?3)",
    )?;
    for (place, product_id) in product_ids.iter().enumerate() {
        put.execute(params![
            run,
            i64::try_from(place).unwrap_or(i64::MAX),
            product_id
        ])?;
    }
    Ok(())
}

/// The first places of a run's queue.
pub fn first(connection: &Connection, run: i64, limit: usize) -> Result<Vec<(i64, String)>> {
    let mut statement = connection.prepare_cached(
        "SELECT due_at, product_id FROM sync_queue WHERE run = ?1 ORDER BY due_at, product_id LIMIT ?2",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![run, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A product was asked for and the answer kept, whatever it was.
pub fn answered(
    connection: &Connection,
    run: i64,
    (due_at, product_id): (i64, &str),
    account: &str,
    now: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM sync_queue WHERE run = ?1 AND due_at = ?2 AND product_id = ?3",
        )?
        .execute(params![run, due_at, product_id])?;
    connection
        .prepare_cached(
            "UPDATE products SET asked_at = ?3, waits_since = NULL WHERE account = ?1 AND product_id = ?2",
        )?
        .execute(params![account, product_id, ms(now)])?;
    Ok(())
}

/// Drops the queues of an account's runs that will not go on.
pub fn forget(connection: &Connection, account: &str, except: &[i64]) -> Result<()> {
    let mut drop = connection.prepare_cached("DELETE FROM sync_queue WHERE run = ?1")?;
    let mut statement = connection.prepare_cached(
        "SELECT id FROM sync_runs WHERE account = ?1 AND id IN (SELECT DISTINCT run FROM sync_queue)",
    )?;
    let runs: Vec<i64> = statement
        .query_map([account], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for run in runs.into_iter().filter(|run| !except.contains(run)) {
        drop.execute([run])?;
    }
    Ok(())
}
