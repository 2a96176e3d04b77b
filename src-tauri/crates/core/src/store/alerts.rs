//! Rules for alerts, and the changes that met them. Which change meets which rule is decided in `crate::alerts`.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::codec::{ms, name, named};
use super::{changes, settings};
use crate::error::{Code, Error, Result};
use crate::views::{Alert, AlertKind, AlertRule, ChangeRow, NewAlertRule, Page, Supplier};

/// The last change that was held against the rules.
const THROUGH: &str = "alerts_through";

/// A rule with the row its product has here.
pub struct Rule {
    /// As the owner sees it.
    pub rule: AlertRule,
    /// Row id of its product.
    pub product: Option<i64>,
}

/// All rules, oldest first.
pub fn rules(connection: &Connection) -> Result<Vec<Rule>> {
    let mut statement = connection.prepare_cached(
        "SELECT r.id, r.what, r.threshold, r.supplier, p.product_id, p.title, r.product \
         FROM alert_rules r LEFT JOIN products p ON p.id = r.product ORDER BY r.id",
    )?;
    let mut rows = statement.query([])?;
    let mut rules = Vec::new();
    while let Some(row) = rows.next()? {
        rules.push(read(row)?);
    }
    Ok(rules)
}

fn read(row: &Row<'_>) -> Result<Rule> {
    let threshold = row.get::<_, Option<String>>(2)?;
    let supplier = row.get::<_, Option<String>>(3)?;
    Ok(Rule {
        rule: AlertRule {
            id: row.get(0)?,
            what: named(&row.get::<_, String>(1)?)?,
            threshold: threshold
                .map(|text| text.parse())
                .transpose()
                .map_err(|_| {
                    Error::new(
                        Code::DatabaseCorrupt,
                        "an alert rule's threshold is no number",
                    )
                })?,
            supplier: supplier.map(|text| text.parse::<Supplier>()).transpose()?,
            product_id: row.get(4)?,
            title: row.get(5)?,
        },
        product: row.get(6)?,
    })
}

/// Adds a rule; `product` is the row of its product.
pub fn add(
    connection: &Connection,
    rule: &NewAlertRule,
    product: Option<i64>,
    now: Timestamp,
) -> Result<i64> {
    connection.execute(
        "INSERT INTO alert_rules (what, threshold, supplier, product, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            name(&rule.what)?,
            rule.threshold.map(|threshold| threshold.normalize().to_string()),
            rule.supplier.map(Supplier::as_str),
            product,
            ms(now)
        ],
    )?;
    Ok(connection.last_insert_rowid())
}

/// Removes a rule; whether there was one.
pub fn remove(connection: &Connection, id: i64) -> Result<bool> {
    Ok(connection.execute("DELETE FROM alert_rules WHERE id = ?1", [id])? > 0)
}

/// The row of a product, by the supplier's id; the first added where two accounts have it.
pub fn product_row(
    connection: &Connection,
    supplier: Option<Supplier>,
    product_id: &str,
) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached(
            "SELECT id FROM products WHERE product_id = ?1 AND (?2 IS NULL OR supplier = ?2) ORDER BY id LIMIT 1",
        )?
        .query_row(params![product_id, supplier.map(Supplier::as_str)], |row| row.get(0))
        .optional()?)
}

/// Walks the changes nobody has held against the rules yet, oldest first, and remembers that they were.
pub fn news(
    connection: &Connection,
    mut each: impl FnMut(i64, i64, ChangeRow) -> Result<()>,
) -> Result<()> {
    let through = match settings::get(connection, THROUGH)? {
        Some(text) => text.parse().unwrap_or(0),
        None => 0,
    };
    let mut last: i64 = through;
    {
        let columns = changes::COLUMNS;
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {columns}, c.product FROM changes c JOIN products p ON p.id = c.product WHERE c.id > ?1 ORDER BY c.id"
        ))?;
        let mut rows = statement.query([through])?;
        while let Some(row) = rows.next()? {
            last = row.get(0)?;
            each(last, row.get(10)?, changes::read(row)?)?;
        }
    }
    if last != through {
        settings::set(connection, THROUGH, Some(&last.to_string()))?;
    }
    Ok(())
}

/// Raises an alert; `None` when this change was told in this way before.
pub fn raise(
    connection: &Connection,
    what: AlertKind,
    change: i64,
    now: Timestamp,
) -> Result<Option<i64>> {
    let raised = connection
        .prepare_cached("INSERT OR IGNORE INTO alerts (what, change, at) VALUES (?1, ?2, ?3)")?
        .execute(params![name(&what)?, change, ms(now)])?;
    Ok((raised > 0).then(|| connection.last_insert_rowid()))
}

/// Alerts newest first.
pub fn page(connection: &Connection, after: Option<i64>, limit: u32) -> Result<Page<Alert>> {
    let columns = changes::COLUMNS;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {columns}, a.id, a.what, a.seen FROM alerts a JOIN changes c ON c.id = a.change \
         JOIN products p ON p.id = c.product WHERE a.id < ?1 ORDER BY a.id DESC LIMIT ?2"
    ))?;
    let mut rows = statement.query(params![after.unwrap_or(i64::MAX), i64::from(limit) + 1])?;
    let mut items: Vec<Alert> = Vec::new();
    while let Some(row) = rows.next()? {
        if items.len() == limit as usize {
            let next = items.last().map(|alert| alert.id.to_string());
            return Ok(Page { items, next });
        }
        items.push(Alert {
            id: row.get(10)?,
            what: named(&row.get::<_, String>(11)?)?,
            change: changes::read(row)?,
            seen: row.get(12)?,
        });
    }
    Ok(Page { items, next: None })
}

/// Marks everything up to an alert as looked at; how many were not before.
pub fn seen(connection: &Connection, through: i64) -> Result<u64> {
    let marked = connection.execute(
        "UPDATE alerts SET seen = 1 WHERE seen = 0 AND id <= ?1",
        [through],
    )?;
    Ok(marked as u64)
}
