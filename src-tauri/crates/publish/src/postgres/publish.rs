//! Publishing: every account's changes between the place the database knows and now, batch by batch.
//!
//! While the database works on one batch the next is read from the catalogue, so memory holds two batches whatever the size.

use smartlinks_core::outbox::{Changed, Mark, OutboxAccount, Position};
use smartlinks_core::views::{Event, ExportSelection, Published, PublishedAccount};
use smartlinks_core::{Code, Error, Result, Shop, outbox};
use tokio::sync::mpsc;
use tokio_postgres::Client;

use super::address::{Given, Tls};
use super::batch::There;
use super::error::from_postgres;
use super::{batch, connection, lease, schema, target};

/// Products a transaction: few enough that a cut costs a second, many enough that a far server's delay does not count.
const BATCH: u32 = 4_000;

/// What to publish.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Compares every product again instead of only what changed; rows that are right are left alone.
    pub full: bool,
    /// Only these: they are compared as they are now, and what changed elsewhere waits for the next publish of everything.
    pub selection: ExportSelection,
}

/// What is to be read of an account.
enum Which {
    /// What changed behind a position.
    Since(Position),
    /// Some products, by their rows.
    Rows(Vec<i64>),
}

/// Publishes into `given`, or into the remembered database.
///
/// # Errors
/// `ShopNotConnected` when there is no database; `ShopBusy` when another computer publishes; `ShopRights`, `ShopSchemaNewer`,
/// `ShopFull`, `ShopUnreachable`… as the server says. What was committed stays, and the next publish goes on from there.
pub async fn publish(shop: &Shop, given: Option<Given>, options: Options) -> Result<Published> {
    publish_until(std::future::pending(), shop, given, options).await
}

/// The same, until it is done or `stopped` comes true.
///
/// # Errors
/// As [`publish`], and `Interrupted` when it was stopped: the line is closed, which takes back what was not committed.
pub async fn publish_until(
    stopped: impl Future<Output = ()>,
    shop: &Shop,
    given: Option<Given>,
    options: Options,
) -> Result<Published> {
    let outcome = tokio::select! {
        outcome = published(shop, given, options) => outcome,
        () = stopped => Err(Error::new(
            Code::Interrupted,
            "stopped by the owner; what was committed stays",
        )),
    };
    shop.tell(Event::PublishEnded {
        published: outcome.as_ref().ok().cloned(),
        error: outcome.as_ref().err().map(Error::view),
    });
    outcome
}

async fn published(shop: &Shop, given: Option<Given>, options: Options) -> Result<Published> {
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
    let tables = schema::takes_tables(client).await?;
    let mark = outbox::mark(shop).await?;
    let mut published = Published {
        target: address.name(),
        encrypted: address.tls == Tls::Verified,
        accounts: Vec::new(),
        products: 0,
        products_changed: 0,
        variants_changed: 0,
    };
    let plan = match options.selection {
        ExportSelection::All => everything(shop, client, &mark, options.full).await?,
        selection => chosen(shop, selection).await?,
    };
    let total = plan.iter().map(|(_, _, count)| count).sum();
    let mut told = Told {
        shop,
        target: address.name(),
        done: 0,
        total,
    };
    told.tell();
    for (account, which, _) in plan {
        let done = one(client, &account, which, &mark, tables, &mut told).await?;
        published.products += done.products;
        published.products_changed += done.products_changed;
        published.variants_changed += done.variants_changed;
        published.accounts.push(done);
    }
    Ok(published)
}

/// What is to be sent, and how many products that are.
type Plan = Vec<(OutboxAccount, Which, u64)>;

async fn everything(shop: &Shop, client: &Client, mark: &Mark, full: bool) -> Result<Plan> {
    let mut plan = Vec::new();
    for account in outbox::accounts(shop).await? {
        let from = match full {
            true => Position::START,
            false => lease::place(shop, client, &account.key, &mark.source).await?,
        };
        let count = outbox::count(shop, &account.id, from, mark.until).await?;
        // An account that never had a product is none to a shop.
        if count > 0 || from > Position::START {
            plan.push((account, Which::Since(from), count));
        }
    }
    Ok(plan)
}

async fn chosen(shop: &Shop, selection: ExportSelection) -> Result<Plan> {
    let mut rows = outbox::chosen(shop, selection).await?;
    let accounts = outbox::accounts(shop).await?.into_iter();
    Ok(accounts
        .filter_map(|account| {
            let rows: Vec<i64> = rows.remove(&account.id)?.into_iter().collect();
            let count = rows.len() as u64;
            Some((account, Which::Rows(rows), count))
        })
        .collect())
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
    which: Which,
    mark: &Mark,
    tables: bool,
    told: &mut Told<'_>,
) -> Result<PublishedAccount> {
    lease::take(client, account, mark).await?;
    let mut there = lease::there(client, &account.key, &mark.source).await?;
    let mut done = PublishedAccount {
        account: account.key.clone(),
        incremental: matches!(which, Which::Since(from) if from > Position::START),
        products: 0,
        products_changed: 0,
        variants_changed: 0,
    };
    let all = matches!(which, Which::Since(_));
    let mut batches = read_ahead(told.shop.clone(), account.id.clone(), which, mark.until);
    while let Some(changed) = batches.recv().await {
        let changed = changed?;
        // Where this computer goes on the next time is not moved by products that were picked out.
        let place = changed.last().filter(|_| all).map(|last| last.position);
        let write = async |there| {
            batch::write(client, &account.key, mark, &changed, place, there, tables).await
        };
        let touched = match write(there).await {
            // Somebody put rows there by hand meanwhile: from here on every row is compared.
            Err(error) if there == There::Nothing && batch::is_taken(&error) => {
                let back = client.batch_execute("ROLLBACK").await;
                back.map_err(from_postgres)?;
                there = There::Ours;
                write(there).await?
            }
            written => written?,
        };
        done.products += changed.len() as u64;
        done.products_changed += touched.products;
        done.variants_changed += touched.variants;
        told.done += changed.len() as u64;
        told.tell();
    }
    if all {
        lease::reached(client, &account.key, mark, Position::before(mark.until)).await?;
    }
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
    which: Which,
    until: i64,
) -> mpsc::Receiver<Result<Vec<Changed>>> {
    let (ready, batches) = mpsc::channel(1);
    tokio::spawn(async move {
        match which {
            Which::Since(mut after) => loop {
                let batch = outbox::batch(&shop, &account, after, until, BATCH).await;
                match batch.as_ref().map(|changed| changed.last()) {
                    Ok(Some(last)) => after = last.position,
                    Ok(None) => return,
                    Err(_) => {
                        let _ = ready.send(batch).await;
                        return;
                    }
                }
                if ready.send(batch).await.is_err() {
                    return;
                }
            },
            Which::Rows(rows) => {
                for some in rows.chunks(BATCH as usize) {
                    let batch = outbox::of_rows(&shop, some.to_vec()).await;
                    let over = batch.is_err();
                    if ready.send(batch).await.is_err() || over {
                        return;
                    }
                }
            }
        }
    });
    batches
}
