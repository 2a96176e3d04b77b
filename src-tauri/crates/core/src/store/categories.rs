//! CJ's categories of the third level, kept a day because asking for them is a call.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::codec::{ms, time};
use crate::error::Result;
use crate::views::Category;

/// All categories of an account by path, and when they were asked for.
pub fn all(connection: &Connection, account: &str) -> Result<(Vec<Category>, Option<Timestamp>)> {
    let mut statement = connection.prepare_cached(
        "SELECT id, path, seen_at FROM categories WHERE account = ?1 ORDER BY path",
    )?;
    let rows = statement.query_map([account], |row| {
        Ok((
            Category {
                id: row.get(0)?,
                path: row.get(1)?,
            },
            row.get::<_, i64>(2)?,
        ))
    })?;
    let mut categories = Vec::new();
    let mut seen = None;
    for row in rows {
        let (category, at) = row?;
        seen = Some(time(at));
        categories.push(category);
    }
    Ok((categories, seen))
}

/// Puts the supplier's present list in the place of the old one.
pub fn replace(
    connection: &Connection,
    account: &str,
    categories: &[Category],
    now: Timestamp,
) -> Result<()> {
    connection.execute("DELETE FROM categories WHERE account = ?1", [account])?;
    let mut insert = connection.prepare_cached(
        "INSERT OR REPLACE INTO categories (account, id, path, seen_at) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for category in categories {
        insert.execute(params![account, category.id, category.path, ms(now)])?;
    }
    Ok(())
}
