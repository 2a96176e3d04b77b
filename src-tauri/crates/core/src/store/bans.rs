//! Until when AliExpress refuses an app one of its methods, shared by every process that uses the data folder.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::codec::{ms, time};
use crate::error::Result;

/// Bans of up to four hours were seen. One that seems longer than a day is the work of a clock that was set back.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// When a method may be called again, if it may not be now.
pub fn until(
    connection: &Connection,
    account: &str,
    method: &str,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let until = connection
        .prepare_cached("SELECT until FROM bans WHERE account = ?1 AND method = ?2")?
        .query_row([account, method], |row| row.get(0))
        .optional()?
        .map(time);
    Ok(until.filter(|until| *until > now && until.duration_since(now) <= LONGEST))
}

/// Notes a ban.
pub fn put(connection: &Connection, account: &str, method: &str, until: Timestamp) -> Result<()> {
    connection.execute(
        "INSERT INTO bans (account, method, until) VALUES (?1, ?2, ?3) \
         ON CONFLICT (account, method) DO UPDATE SET until = excluded.until",
        params![account, method, ms(until)],
    )?;
    Ok(())
}
