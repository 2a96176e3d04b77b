//! The outbox: what changed since a target last saw it, found by a number and never by a clock.
//!
//! `intake` and `variants` write the standing number beside every real change; [`mark`] moves it on. Which number a target has
//! seen is the target's business: it keeps it beside the rows, so that both are true or neither.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::codec::{time, unjson};
use super::products;
use super::variants::{self, OfEach};
use crate::error::Result;
use crate::outbox::{Changed, Mark, Position};

/// The standing number, as a part of a statement that writes a change.
pub const STANDING: &str = "(SELECT revision FROM outbox)";

/// Moves the number on. `source` and `word` are used where none is kept yet.
pub fn mark(connection: &Connection, source: &str, word: &str) -> Result<Mark> {
    let (until, source) = connection.query_row(
        "UPDATE outbox SET revision = revision + 1, source = coalesce(source, ?1) RETURNING revision, source",
        [source],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    connection.execute(
        "INSERT INTO outbox_marks (revision, word) VALUES (?1, ?2)",
        params![until, word],
    )?;
    Ok(Mark {
        source,
        until,
        word: word.to_owned(),
    })
}

/// Whether this catalogue handed out that mark.
pub fn knows(connection: &Connection, until: i64, word: &str) -> Result<bool> {
    let kept: Option<String> = connection
        .prepare_cached("SELECT word FROM outbox_marks WHERE revision = ?1")?
        .query_row([until], |row| row.get(0))
        .optional()?;
    Ok(kept.as_deref() == Some(word))
}

/// How many products of an account changed behind `after` and before `until`.
pub fn count(connection: &Connection, account: &str, after: Position, until: i64) -> Result<u64> {
    let count: i64 = connection
        .prepare_cached(
            "SELECT (SELECT count(*) FROM products WHERE account = ?1 AND revision = ?2 AND id > ?3 AND revision < ?4) \
             + (SELECT count(*) FROM products WHERE account = ?1 AND revision > ?2 AND revision < ?4)",
        )?
        .query_row(params![account, after.revision, after.row, until], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The next products behind `after`, by revision and row, with everything known of them.
pub fn batch(
    connection: &Connection,
    account: &str,
    after: Position,
    until: i64,
    limit: u32,
) -> Result<Vec<Changed>> {
    // Two statements, because one with (revision, id) > (?, ?) would walk a whole revision again for every batch.
    let columns = products::COLUMNS;
    let rest = "p.id, p.revision, p.images, p.details_at";
    let mut variants = variants::of_each(connection)?;
    let mut changed = Vec::new();
    if after.revision < until {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {columns}, {rest} FROM products p WHERE p.account = ?1 AND p.revision = ?2 AND p.id > ?3 \
             ORDER BY p.id LIMIT ?4"
        ))?;
        let mut rows = statement.query(params![account, after.revision, after.row, limit])?;
        while let Some(row) = rows.next()? {
            changed.push(read(&mut variants, row)?);
        }
    }
    let left = limit.saturating_sub(u32::try_from(changed.len()).unwrap_or(limit));
    if left > 0 {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {columns}, {rest} FROM products p WHERE p.account = ?1 AND p.revision > ?2 AND p.revision < ?3 \
             ORDER BY p.revision, p.id LIMIT ?4"
        ))?;
        let mut rows = statement.query(params![account, after.revision, until, left])?;
        while let Some(row) = rows.next()? {
            changed.push(read(&mut variants, row)?);
        }
    }
    Ok(changed)
}

/// The products of these rows, with everything known of them, whenever they changed.
pub fn of_rows(connection: &Connection, rows: &[i64]) -> Result<Vec<Changed>> {
    let columns = products::COLUMNS;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {columns}, p.id, p.revision, p.images, p.details_at FROM products p WHERE p.id = ?1"
    ))?;
    let mut variants = variants::of_each(connection)?;
    let mut changed = Vec::with_capacity(rows.len());
    for id in rows {
        let mut found = statement.query([id])?;
        if let Some(row) = found.next()? {
            changed.push(read(&mut variants, row)?);
        }
    }
    Ok(changed)
}

fn read(variants: &mut OfEach<'_>, row: &Row<'_>) -> Result<Changed> {
    let id: i64 = row.get(15)?;
    let product = products::read(row)?;
    let images: Option<String> = row.get(17)?;
    let mut images: Vec<String> = images
        .as_deref()
        .map(unjson)
        .transpose()?
        .unwrap_or_default();
    if images.is_empty() {
        images.extend(product.image.clone());
    }
    let details_at = row.get::<_, Option<i64>>(18)?.map(time);
    Ok(Changed {
        position: Position {
            revision: row.get(16)?,
            row: id,
        },
        images,
        // Details bring the variants, so there is nothing to look for before.
        variants: match details_at {
            Some(_) => variants.read(id)?,
            None => Vec::new(),
        },
        details_at,
        product,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use jiff::Timestamp;
    use rust_decimal::Decimal;

    use super::*;
    use crate::catalog::{Detailed, Listed};
    use crate::store::Store;
    use crate::store::accounts::{self, AccountRow};
    use crate::store::intake::{self, Origin};
    use crate::views::{Supplier, VariantRow};

    const ACCOUNT: &str = "cj-1";

    fn now() -> Timestamp {
        Timestamp::from_second(1_700_000_000).unwrap()
    }

    fn origin() -> Origin<'static> {
        Origin {
            supplier: Supplier::Cj,
            account: ACCOUNT,
            run: None,
            now: now(),
        }
    }

    fn listed(id: &str, cents: i64) -> Listed {
        Listed {
            product_id: id.into(),
            title: format!("Lamp {id}"),
            sku: None,
            category: None,
            image: None,
            price: Some((Decimal::new(cents, 2), Decimal::new(cents, 2))),
            currency: Some("USD".into()),
            stock: Some(3),
            stock_in_warehouse: None,
            on_sale: Some(true),
            listed_at: None,
        }
    }

    fn detailed(id: &str, weight: i64) -> Detailed {
        Detailed {
            listed: listed(id, 500),
            images: vec!["https://img.example/1.jpg".into()],
            variants: vec![VariantRow {
                variant_id: "v1".into(),
                sku: None,
                title: "Black".into(),
                price: Some(Decimal::new(500, 2)),
                currency: Some("USD".into()),
                stock: Some(3),
                stock_in_warehouse: None,
                image: None,
                weight_g: Some(weight.into()),
                warehouses: vec![],
                options: vec![],
            }],
        }
    }

    async fn shelf() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("smartlinks.db")).unwrap();
        store
            .write(|tx| accounts::put(tx, &AccountRow::new(ACCOUNT.into(), Supplier::Cj), now()))
            .await
            .unwrap();
        (folder, store)
    }

    async fn seen(store: &Store, after: Position) -> (Vec<String>, Position) {
        store
            .write(move |tx| {
                let mark = mark(tx, "source", "word")?;
                let batch = batch(tx, ACCOUNT, after, mark.until, 100)?;
                let ids = batch.into_iter().map(|changed| changed.product.product_id);
                assert_eq!(count(tx, ACCOUNT, after, mark.until)?, ids.len() as u64);
                Ok((ids.collect(), Position::before(mark.until)))
            })
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_target_hears_of_what_really_changed_and_of_nothing_else() {
        let (_folder, store) = shelf().await;
        let put = async |listed: Listed| {
            store
                .write(move |tx| intake::put_listed(tx, origin(), &listed))
                .await
                .unwrap()
        };
        for id in ["a", "b", "c"] {
            put(listed(id, 500)).await;
        }
        let (ids, at) = seen(&store, Position::START).await;
        assert_eq!(ids, ["a", "b", "c"]);
        // Seen again without a change: nothing to tell.
        put(listed("a", 500)).await;
        put(listed("b", 600)).await;
        let (ids, at) = seen(&store, at).await;
        assert_eq!(ids, ["b"]);
        store
            .write(|tx| intake::miss(tx, origin(), "c", true))
            .await
            .unwrap();
        assert_eq!(seen(&store, at).await.0, ["c"], "delisted is a change");
    }

    #[tokio::test]
    async fn a_changed_weight_is_told_although_it_is_no_change_of_price_or_stock() {
        let (_folder, store) = shelf().await;
        let put = async |detailed: Detailed| {
            store
                .write(move |tx| intake::put_detailed(tx, origin(), &detailed))
                .await
                .unwrap()
        };
        put(detailed("a", 120)).await;
        let (ids, at) = seen(&store, Position::START).await;
        assert_eq!(ids, ["a"]);
        put(detailed("a", 120)).await;
        let (ids, at) = seen(&store, at).await;
        assert!(ids.is_empty(), "{ids:?}");
        put(detailed("a", 130)).await;
        let (ids, at) = seen(&store, at).await;
        assert_eq!(ids, ["a"]);
        let mut without = detailed("a", 130);
        without.variants.clear();
        put(without).await;
        assert_eq!(
            seen(&store, at).await.0,
            ["a"],
            "a variant that went is a change"
        );
    }

    #[tokio::test]
    async fn batches_go_on_exactly_where_the_one_before_ended() {
        let (_folder, store) = shelf().await;
        store
            .write(|tx| {
                for id in ["a", "b", "c", "d", "e"] {
                    intake::put_listed(tx, origin(), &listed(id, 500))?;
                    mark(tx, "source", "word")?;
                }
                let until = mark(tx, "source", "last")?.until;
                let mut position = Position::START;
                let mut ids = Vec::new();
                loop {
                    let batch = batch(tx, ACCOUNT, position, until, 2)?;
                    let Some(last) = batch.last() else { break };
                    position = last.position;
                    ids.extend(batch.into_iter().map(|changed| changed.product.product_id));
                }
                assert_eq!(ids, ["a", "b", "c", "d", "e"]);
                assert!(knows(tx, until, "last")?);
                assert!(
                    !knows(tx, until, "other")?,
                    "a catalogue put back from a backup must be known by its word"
                );
                Ok(())
            })
            .await
            .unwrap();
    }
}
