//! Publishing: every account's changes between the place the database knows and now, batch by batch.
//!
//! While the database works on one batch the next is read from the catalogue, so memory holds two batches whatever the size.

use serde::{Deserialize, Serialize};
use smartlinks_core::outbox::{Changed, Mark, OutboxAccount, Position};
use smartlinks_core::views::Event;
use smartlinks_core::{Code, Error, Result, Shop, outbox};
use tokio::sync::mpsc;
use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::address::{Given, Tls};
use super::error::from_postgres;
use super::{batch, connection, lease, schema, target};

/// Products a transaction: few enough that a cut costs a second, many enough that a far server's delay does not count.
const BATCH: u32 = 4_000;

/// What to publish.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Compares every product again instead of only what changed; rows that are right are left alone.
    pub full: bool,
}

/// What a publish did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Published {
    /// `user@host:5432/database`.
    pub target: String,
    /// Whether the line was encrypted and the certificate verified.
    pub encrypted: bool,
    /// Account by account.
    pub accounts: Vec<PublishedAccount>,
    /// Products that were sent.
    #[ts(type = "number")]
    pub products: u64,
    /// Rows of products that are different now.
    #[ts(type = "number")]
    pub products_changed: u64,
    /// Rows of variants that are different now.
    #[ts(type = "number")]
    pub variants_changed: u64,
}

/// The same for one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PublishedAccount {
    /// `cj:CJ1234567`.
    pub account: String,
    /// Whether it went on where an earlier publish of this computer ended.
    pub incremental: bool,
    /// Products that were sent.
    #[ts(type = "number")]
    pub products: u64,
    /// Rows of products that are different now.
    #[ts(type = "number")]
    pub products_changed: u64,
    /// Rows of variants that are different now.
    #[ts(type = "number")]
    pub variants_changed: u64,
}

/// Publishes into `given`, or into the remembered database.
///
/// # Errors
/// `ShopNotConnected` when there is no database; `ShopBusy` when another computer publishes; `ShopRights`, `ShopSchemaNewer`,
/// `ShopFull`, `ShopUnreachable`… as the server says. What was committed stays, and the next publish goes on from there.
pub async fn publish(shop: &Shop, given: Option<Given>, options: Options) -> Result<Published> {
    let (address, password) = match given {
        Some(given) => (given.address, given.password),
        None => target::kept(shop).await?,
    };
    let Some(_alone) = shop.try_lock("publish-postgres").await? else {
        return Err(Error::new(
            Code::ShopBusy,
            "this SmartLinks publishes already, in another window or terminal",
        ));
    };
    let connection = connection::open(&address, password.as_ref()).await?;
    let client = &connection.client;
    schema::ensure(client).await?;
    let mark = outbox::mark(shop).await?;
    let mut published = Published {
        target: address.name(),
        encrypted: address.tls == Tls::Verified,
        accounts: Vec::new(),
        products: 0,
        products_changed: 0,
        variants_changed: 0,
    };
    let mut plan = Vec::new();
    let mut total = 0;
    for account in outbox::accounts(shop).await? {
        let from = match options.full {
            true => Position::START,
            false => lease::place(shop, client, &account.key, &mark.source).await?,
        };
        let count = outbox::count(shop, &account.id, from, mark.until).await?;
        // An account that never had a product is none to a shop.
        if count > 0 || from > Position::START {
            total += count;
            plan.push((account, from));
        }
    }
    let mut told = Told {
        shop,
        target: address.name(),
        done: 0,
        total,
    };
    told.tell();
    for (account, from) in plan {
        let done = one(client, &account, from, &mark, &mut told).await?;
        published.products += done.products;
        published.products_changed += done.products_changed;
        published.variants_changed += done.variants_changed;
        published.accounts.push(done);
    }
    Ok(published)
}

/// Progress on its way to the hosts.
struct Told<'a> {
    shop: &'a Shop,
    target: String,
    done: u64,
    total: u64,
}

impl Told<'_> {
    fn tell(&self) {
        self.shop.tell(Event::Publishing {
            target: self.target.clone(),
            done: self.done,
            total: self.total,
        });
    }
}

async fn one(
    client: &Client,
    account: &OutboxAccount,
    from: Position,
    mark: &Mark,
    told: &mut Told<'_>,
) -> Result<PublishedAccount> {
    lease::take(client, account, mark).await?;
    let shared: bool = client
        .query_typed_one(
            "SELECT EXISTS (SELECT FROM smartlinks.cursors WHERE account = $1 AND source <> $2)",
            &[(&account.key, Type::TEXT), (&mark.source, Type::TEXT)],
        )
        .await
        .map_err(from_postgres)?
        .get(0);
    let mut done = PublishedAccount {
        account: account.key.clone(),
        incremental: from > Position::START,
        products: 0,
        products_changed: 0,
        variants_changed: 0,
    };
    let mut batches = read_ahead(told.shop.clone(), account.id.clone(), from, mark.until);
    while let Some(changed) = batches.recv().await {
        let changed = changed?;
        let touched = batch::write(client, &account.key, mark, &changed, shared).await?;
        done.products += changed.len() as u64;
        done.products_changed += touched.products;
        done.variants_changed += touched.variants;
        told.done += changed.len() as u64;
        told.tell();
    }
    lease::reached(client, &account.key, mark, Position::before(mark.until)).await?;
    let news = serde_json::json!({
        "account": account.key,
        "products": done.products_changed,
        "variants": done.variants_changed,
    });
    lease::finish(client, &account.key, &mark.source, &news.to_string()).await?;
    Ok(done)
}

/// Reads batches while earlier ones are written; ends when nobody takes them any more.
fn read_ahead(
    shop: Shop,
    account: String,
    from: Position,
    until: i64,
) -> mpsc::Receiver<Result<Vec<Changed>>> {
    let (ready, batches) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut after = from;
        loop {
            let batch = outbox::batch(&shop, &account, after, until, BATCH).await;
            match &batch {
                Ok(changed) => match changed.last() {
                    Some(last) => after = last.position,
                    None => return,
                },
                Err(_) => {
                    let _ = ready.send(batch).await;
                    return;
                }
            }
            if ready.send(batch).await.is_err() {
                return;
            }
        }
    });
    batches
}
