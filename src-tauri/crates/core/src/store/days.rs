//! One line a day: how many products came, what moved, what it cost. Days are UTC ones, as the supplier's points are.
//!
//! Products are counted as they arrive; moves and costs are counted from the changes and runs themselves.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Row, params};

use super::codec::{ms, time};
use crate::error::Result;
use crate::views::Day;

const DAY_MS: i64 = 86_400_000;

/// Days since 1970.
fn number(at: Timestamp) -> i64 {
    ms(at).div_euclid(DAY_MS)
}

/// Counts products that were not here before.
pub fn arrived(connection: &Connection, now: Timestamp, new: i64) -> Result<()> {
    if new == 0 {
        return Ok(());
    }
    // Two plain statements: it runs in the same transaction as the words of the search.
    let known = connection
        .prepare_cached("UPDATE catalog_days SET added = added + ?2 WHERE day = ?1")?
        .execute([number(now), new])?;
    if known == 0 {
        connection.execute(
            "INSERT INTO catalog_days (day, added) VALUES (?1, ?2)",
            [number(now), new],
        )?;
    }
    Ok(())
}

/// The last `count` days up to now, oldest first; a day on which nothing happened has its line too.
pub fn last(connection: &Connection, count: u32, now: Timestamp) -> Result<Vec<Day>> {
    let today = number(now);
    let first = today - i64::from(count.max(1)) + 1;
    let mut days: BTreeMap<i64, Day> = (first..=today).map(|day| (day, blank(day))).collect();
    each(
        connection,
        "SELECT day, added FROM catalog_days WHERE day >= ?1",
        first,
        &mut days,
        |day, row| {
            day.added = whole(row, 1)?;
            Ok(())
        },
    )?;
    // A range such as 2.10-4.85 is read by its lower end, as the window words it. A product counts once a day, however many
    // of its variants moved.
    each(
        connection,
        "SELECT at / 86400000 AS day, \
         count(DISTINCT CASE WHEN what = 'price' AND CAST(new AS REAL) > CAST(old AS REAL) THEN product END), \
         count(DISTINCT CASE WHEN what = 'price' AND CAST(new AS REAL) < CAST(old AS REAL) THEN product END), \
         count(DISTINCT CASE WHEN what = 'stock' AND new = '0' THEN product END), \
         count(DISTINCT CASE WHEN what = 'listing' AND new = 'delisted' AND variant_id IS NULL THEN product END) \
         FROM changes WHERE at >= ?1 * 86400000 GROUP BY day",
        first,
        &mut days,
        |day, row| {
            day.dearer = whole(row, 1)?;
            day.cheaper = whole(row, 2)?;
            day.sold_out = whole(row, 3)?;
            day.gone = whole(row, 4)?;
            Ok(())
        },
    )?;
    each(
        connection,
        "SELECT started_at / 86400000 AS day, sum(points), sum(calls) FROM sync_runs WHERE started_at >= ?1 * 86400000 GROUP BY day",
        first,
        &mut days,
        |day, row| {
            day.points = whole(row, 1)?;
            day.calls = whole(row, 2)?;
            Ok(())
        },
    )?;
    let total: i64 = connection.query_row("SELECT count(*) FROM products", [], |row| row.get(0))?;
    let mut standing = u64::try_from(total).unwrap_or(0);
    let mut lines: Vec<Day> = days.into_values().collect();
    for line in lines.iter_mut().rev() {
        line.products = standing;
        standing = standing.saturating_sub(line.added);
    }
    Ok(lines)
}

fn blank(day: i64) -> Day {
    let at = time(day.saturating_mul(DAY_MS)).saturating_add(SignedDuration::from_hours(12));
    Day {
        at: at.unwrap_or(Timestamp::UNIX_EPOCH),
        products: 0,
        added: 0,
        dearer: 0,
        cheaper: 0,
        sold_out: 0,
        gone: 0,
        points: 0,
        calls: 0,
    }
}

fn whole(row: &Row<'_>, index: usize) -> Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(index)?).unwrap_or(0))
}

/// Runs `sql` from day `first` on, and gives each row to the line of its day.
fn each(
    connection: &Connection,
    sql: &str,
    first: i64,
    days: &mut BTreeMap<i64, Day>,
    mut put: impl FnMut(&mut Day, &Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![first])?;
    while let Some(row) = rows.next()? {
        // A clock that was ahead once leaves lines of days to come: nobody asks for those.
        if let Some(day) = days.get_mut(&row.get::<_, i64>(0)?) {
            put(day, row)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;
    use crate::catalog::Listed;
    use crate::store::intake::{Origin, put_listed};
    use crate::store::{Store, accounts, sync_runs};
    use crate::views::{Scope, Supplier};

    fn listed(id: u32, price: &str) -> Listed {
        let price = price.parse().unwrap();
        Listed {
            product_id: id.to_string(),
            title: format!("lamp {id}"),
            sku: None,
            category: None,
            image: None,
            price: Some((price, price)),
            currency: Some("USD".into()),
            stock: Some(3),
            stock_in_warehouse: None,
            on_sale: Some(true),
            listed_at: None,
        }
    }

    #[test]
    fn an_owner_sees_on_which_day_the_catalogue_grew_prices_moved_and_points_went() {
        let noon: Timestamp = "2026-03-10T12:00:00Z".parse().unwrap();
        let day = |ago: i64| {
            noon.saturating_sub(SignedDuration::from_hours(24 * ago))
                .unwrap()
        };
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("smartlinks.db");
        drop(Store::open(&file).unwrap());
        let connection = &Connection::open(&file).unwrap();
        let account = accounts::AccountRow::new("cj-1".into(), Supplier::Cj);
        accounts::put(connection, &account, noon).unwrap();
        let put = |ago, id, price| {
            let origin = Origin {
                supplier: Supplier::Cj,
                account: "cj-1",
                run: None,
                now: day(ago),
            };
            put_listed(connection, origin, &listed(id, price))
        };
        // Before the days that are asked for, then two, then one; one gets dearer, one cheaper, and one is sold out.
        put(9, 1, "5.00").unwrap();
        put(2, 2, "10.00").unwrap();
        put(2, 3, "2.10").unwrap();
        put(0, 4, "1.00").unwrap();
        put(1, 2, "9.50").unwrap();
        put(1, 1, "10.00").unwrap();
        let mut gone = listed(3, "2.10");
        gone.stock = Some(0);
        put_listed(
            connection,
            Origin {
                supplier: Supplier::Cj,
                account: "cj-1",
                run: None,
                now: noon,
            },
            &gone,
        )
        .unwrap();
        let start = sync_runs::Start {
            supplier: Supplier::Cj,
            account: "cj-1".into(),
            scope: Scope::MyProducts,
            details: true,
            cursor: "{}".into(),
            retry_of: None,
        };
        let run = sync_runs::start(connection, &start, day(1)).unwrap();
        for _ in 0..7 {
            sync_runs::count_call(connection, run, 10).unwrap();
        }

        let days = last(connection, 4, noon).unwrap();
        let told: Vec<_> = days
            .iter()
            .map(|day| {
                (
                    day.products,
                    day.added,
                    day.dearer,
                    day.cheaper,
                    day.sold_out,
                    day.points,
                    day.calls,
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (1, 0, 0, 0, 0, 0, 0),
                (3, 2, 0, 0, 0, 0, 0),
                (3, 0, 1, 1, 0, 70, 7),
                (4, 1, 0, 0, 1, 0, 0)
            ]
        );
        assert_eq!(days.last().unwrap().at, noon);
    }
}
