//! Searches the owner named. What a search may ask for is decided in `views`.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::codec::ms;
use crate::error::{Code, Error, Result};
use crate::views::{SavedSearch, Scope, Search};

fn read(row: &Row<'_>) -> Result<SavedSearch> {
    let scope: Scope = row.get::<_, String>(2)?.parse()?;
    let Scope::Search(search) = scope.clone() else {
        return Err(Error::new(Code::DatabaseCorrupt, "a saved search is none"));
    };
    Ok(SavedSearch {
        id: row.get(0)?,
        name: row.get(1)?,
        search,
        scope,
    })
}

/// All of them, by name.
pub fn all(connection: &Connection) -> Result<Vec<SavedSearch>> {
    let mut statement = connection
        .prepare_cached("SELECT id, name, scope FROM saved_searches ORDER BY name, id")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// The one of this name, whichever letters are capital.
pub fn named(connection: &Connection, name: &str) -> Result<Option<SavedSearch>> {
    connection
        .prepare_cached("SELECT id, name, scope FROM saved_searches WHERE name = ?1")?
        .query_row([name], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

/// Keeps a search under a name; what was called so before is replaced.
pub fn put(connection: &Connection, name: &str, search: &Search, now: Timestamp) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO saved_searches (name, scope, created_at) VALUES (?1, ?2, ?3) \
             ON CONFLICT (name) DO UPDATE SET name = excluded.name, scope = excluded.scope",
        )?
        .execute(params![name, search.to_string(), ms(now)])?;
    Ok(())
}

/// Forgets one; whether there was one.
pub fn remove(connection: &Connection, id: i64) -> Result<bool> {
    Ok(connection.execute("DELETE FROM saved_searches WHERE id = ?1", [id])? > 0)
}
