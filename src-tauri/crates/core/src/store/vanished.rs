//! Products that CJ's lists no longer name. A pass that read a whole category, or everything, to its end knows which of those
//! it should have met again and did not; after the second such pass in a row they count as off the shelf. They stay here.
//!
//! Only a pass that was told as many rows as it read says anything: whether it was is the cursor's to know. Products of the
//! owner's own selection are asked for one by one instead, in `sync::details`.

use rusqlite::{Connection, params};

use super::codec::ms;
use super::intake;
use crate::error::Result;
use crate::views::{Scope, SyncReceipt};

/// So many passes in a row.
pub const ENOUGH: i64 = 2;
/// More missing ones than this, and more than a quarter of what came: a list that is broken, not a shelf that was cleared.
const MANY: u64 = 50;

/// Counts a finished pass against the products it should have named and did not. Returns how many are off the shelf by it.
///
/// A product is expected where a list of the same kind named it last: of the same category, or, for everything, any list but
/// the owner's own selection. What was seen otherwise since the pass began is there.
pub fn count(connection: &Connection, pass: &SyncReceipt) -> Result<u64> {
    let lists = match &pass.scope {
        Scope::All => "r.scope = 'all' OR r.scope LIKE 'category:%' OR r.scope LIKE 'search%'",
        Scope::Category(_) => "r.scope = ?4",
        _ => return Ok(0),
    };
    let missing: Vec<(i64, i64)> = connection
        .prepare_cached(&format!(
            "SELECT p.id, p.unlisted FROM products p \
             WHERE p.seen_run IN (SELECT r.id FROM sync_runs r WHERE r.account = ?1 AND r.id < ?2 AND ({lists})) \
             AND p.account = ?1 AND p.status = 'active' AND p.seen_at < ?3 AND ?4 IS NOT NULL"
        ))?
        .query_map(
            params![
                pass.account,
                pass.run,
                ms(pass.started_at),
                pass.scope.to_string()
            ],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?
        .collect::<rusqlite::Result<_>>()?;
    let many = missing.len() as u64;
    if pass.rows == 0 || (many > MANY && many > pass.rows / 4) {
        tracing::warn!(
            missing = many,
            rows = pass.rows,
            "too much is missing from a pass to believe it"
        );
        return Ok(0);
    }
    let mut note =
        connection.prepare_cached("UPDATE products SET unlisted = unlisted + 1 WHERE id = ?1")?;
    let mut gone = 0;
    for (product, before) in missing {
        note.execute([product])?;
        if before + 1 >= ENOUGH {
            intake::take_off(
                connection,
                product,
                pass.finished_at.unwrap_or(pass.started_at),
            )?;
            gone += 1;
        }
    }
    connection.execute(
        "UPDATE sync_runs SET changed = changed + ?2 WHERE id = ?1",
        params![pass.run, i64::try_from(gone).unwrap_or(i64::MAX)],
    )?;
    Ok(gone)
}
