//! Facts the owner chose for the work itself (default country, currency). The window's looks are not kept here.

use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;

/// The value of `key`, if it was set.
pub fn get(connection: &Connection, key: &str) -> Result<Option<String>> {
    Ok(connection
        .prepare_cached("SELECT value FROM settings WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

/// Sets `key`, or forgets it with `None`.
pub fn set(connection: &Connection, key: &str, value: Option<&str>) -> Result<()> {
    match value {
        Some(value) => connection.execute(
            "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, value],
        )?,
        None => connection.execute("DELETE FROM settings WHERE key = ?1", [key])?,
    };
    Ok(())
}
