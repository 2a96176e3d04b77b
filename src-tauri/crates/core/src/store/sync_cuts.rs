//! Where CJ's catalogue has to be cut to be read: found once by asking, remembered for the runs that follow.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::codec::{json, ms, unjson};
use crate::error::Result;
use crate::sync::slice::Slice;

/// A cut is believed for so long; then the slice is measured again, in case its category shrank.
const BELIEVED: SignedDuration = SignedDuration::from_hours(60 * 24);

/// Slices that are too long, and their halves.
pub type Cuts = HashMap<Slice, (Slice, Slice)>;

/// The cuts of an account.
pub fn all(connection: &Connection, account: &str, now: Timestamp) -> Result<Cuts> {
    let since = now.checked_sub(BELIEVED).unwrap_or(Timestamp::MIN);
    let mut statement = connection.prepare_cached(
        "SELECT slice, first, second FROM sync_cuts WHERE account = ?1 AND at >= ?2",
    )?;
    let mut rows = statement.query(params![account, ms(since)])?;
    let mut cuts = Cuts::new();
    while let Some(row) = rows.next()? {
        let slice = |index| unjson(&row.get::<_, String>(index)?);
        cuts.insert(slice(0)?, (slice(1)?, slice(2)?));
    }
    Ok(cuts)
}

/// Remembers a cut.
pub fn put(
    connection: &Connection,
    account: &str,
    slice: &Slice,
    (first, second): (&Slice, &Slice),
    now: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO sync_cuts (account, slice, first, second, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![account, json(slice)?, json(first)?, json(second)?, ms(now)])?;
    Ok(())
}
