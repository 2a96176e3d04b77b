//! Who publishes an account right now, and how far each computer has come: rows in the database, moved by its clock.
//!
//! A lock of a session would not survive a pooler between us and the server; a row with a time does. Whoever crashed is waited
//! for until its time is up, and takes up its own work at once.

use jiff::Timestamp;
use smartlinks_core::outbox::{Mark, OutboxAccount, Position};
use smartlinks_core::{Code, Error, Result, Shop, outbox};
use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::batch::There;
use super::error::from_postgres;

/// How long a publisher that says nothing more keeps others waiting.
const LEASE: &str = "interval '60 seconds'";

/// Takes the account for this computer.
pub(super) async fn take(client: &Client, account: &OutboxAccount, mark: &Mark) -> Result<()> {
    let supplier = account.supplier.as_str();
    // Not even ON CONFLICT DO NOTHING is tried on a row that is there: it would wait for whoever is writing it.
    client
        .execute_typed(
            "INSERT INTO smartlinks.accounts (account, supplier, name) SELECT $1, $2, $3 \
             WHERE NOT EXISTS (SELECT FROM smartlinks.accounts WHERE account = $1) ON CONFLICT (account) DO NOTHING",
            &[
                (&account.key, Type::TEXT),
                (&supplier, Type::TEXT),
                (&account.name, Type::TEXT),
            ],
        )
        .await
        .map_err(from_postgres)?;
    // SKIP LOCKED: a row that another computer's batch holds is taken, and waiting for it would say so no better.
    let taken = client
        .execute_typed(
            &format!(
                "UPDATE smartlinks.accounts SET publisher = $2, name = $3, lease_until = clock_timestamp() + {LEASE} \
                 WHERE account = (SELECT account FROM smartlinks.accounts WHERE account = $1 \
                 AND (publisher IS NULL OR publisher = $2 OR lease_until < clock_timestamp()) FOR UPDATE SKIP LOCKED)"
            ),
            &[
                (&account.key, Type::TEXT),
                (&mark.source, Type::TEXT),
                (&account.name, Type::TEXT),
            ],
        )
        .await
        .map_err(from_postgres)?;
    if taken == 1 {
        Ok(())
    } else {
        Err(busy(client, &account.key).await)
    }
}

/// Goes on holding the account; within a transaction nobody else can take it until that ends. Returns the server's time.
pub(super) async fn hold(client: &Client, account: &str, source: &str) -> Result<Timestamp> {
    let held = client
        .query_typed_opt(
            &format!(
                "UPDATE smartlinks.accounts SET lease_until = clock_timestamp() + {LEASE} WHERE account = $1 AND publisher = $2 \
                 RETURNING clock_timestamp()"
            ),
            &[(&account, Type::TEXT), (&source, Type::TEXT)],
        )
        .await
        .map_err(from_postgres)?;
    match held {
        Some(row) => Ok(row.get(0)),
        None => Err(busy(client, account).await),
    }
}

/// What the tables hold of an account that this computer has just taken.
pub(super) async fn there(client: &Client, account: &str, source: &str) -> Result<There> {
    let row = client
        .query_typed_one(
            "SELECT EXISTS (SELECT FROM smartlinks.cursors WHERE account = $1 AND source <> $2), \
             EXISTS (SELECT FROM smartlinks.products WHERE account = $1) \
             OR EXISTS (SELECT FROM smartlinks.variants WHERE account = $1)",
            &[(&account, Type::TEXT), (&source, Type::TEXT)],
        )
        .await
        .map_err(from_postgres)?;
    Ok(match (row.get(0), row.get(1)) {
        (true, _) => There::Shared,
        (false, true) => There::Ours,
        (false, false) => There::Nothing,
    })
}

async fn busy(client: &Client, account: &str) -> Error {
    let until = client
        .query_typed_opt(
            "SELECT lease_until FROM smartlinks.accounts WHERE account = $1",
            &[(&account, Type::TEXT)],
        )
        .await
        .ok()
        .flatten()
        .and_then(|row| row.get::<_, Option<Timestamp>>(0));
    let error = Error::new(
        Code::ShopBusy,
        format!("another SmartLinks publishes {account}"),
    );
    match until {
        Some(until) => error.retry_at(until),
        None => error,
    }
}

/// Lets go, notes the end and tells whoever listens to `smartlinks_published`.
pub(super) async fn finish(client: &Client, account: &str, source: &str, news: &str) -> Result<()> {
    client
        .execute_typed(
            "UPDATE smartlinks.accounts SET publisher = NULL, lease_until = NULL, published_at = clock_timestamp() \
             WHERE account = $1 AND publisher = $2",
            &[(&account, Type::TEXT), (&source, Type::TEXT)],
        )
        .await
        .map_err(from_postgres)?;
    // CockroachDB has no LISTEN: that nobody can listen is no failure of the publish.
    let _ = client
        .query_typed(
            "SELECT pg_notify('smartlinks_published', $1)",
            &[(&news, Type::TEXT)],
        )
        .await;
    Ok(())
}

/// Where this computer goes on: where it stopped, or at the start if its catalogue does not know that place.
pub(super) async fn place(
    shop: &Shop,
    client: &Client,
    account: &str,
    source: &str,
) -> Result<Position> {
    let row = client
        .query_typed_opt(
            "SELECT until, word, revision, row_id FROM smartlinks.cursors WHERE account = $1 AND source = $2",
            &[(&account, Type::TEXT), (&source, Type::TEXT)],
        )
        .await
        .map_err(from_postgres)?;
    let Some(row) = row else {
        return Ok(Position::START);
    };
    if outbox::knows(shop, row.get(0), row.get(1)).await? {
        Ok(Position {
            revision: row.get(2),
            row: row.get(3),
        })
    } else {
        Ok(Position::START)
    }
}

/// Notes the place reached, within the transaction of the rows.
pub(super) async fn reached(
    client: &Client,
    account: &str,
    mark: &Mark,
    position: Position,
) -> Result<()> {
    client
        .execute_typed(
            "INSERT INTO smartlinks.cursors (account, source, until, word, revision, row_id) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (account, source) DO UPDATE SET until = excluded.until, word = excluded.word, \
             revision = excluded.revision, row_id = excluded.row_id",
            &[
                (&account, Type::TEXT),
                (&mark.source, Type::TEXT),
                (&mark.until, Type::INT8),
                (&mark.word, Type::TEXT),
                (&position.revision, Type::INT8),
                (&position.row, Type::INT8),
            ],
        )
        .await
        .map_err(from_postgres)?;
    Ok(())
}
