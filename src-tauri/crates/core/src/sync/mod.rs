//! Bringing a supplier's catalogue here, and keeping it fresh: what to ask next is a pure plan (`cursor`), asking is plain
//! (`run`), what it may cost is kept by `budget`.
//!
//! Promises: rows and cursor are committed together, so a crash costs at most the page in flight; what came stays; an error
//! is never read as "no data"; a second sync of an account joins the first instead of doubling it.

mod ahead;
mod asking;
pub(crate) mod budget;
pub(crate) mod cursor;
mod details;
mod plan;
mod retry;
pub(crate) mod rhythm;
mod run;
pub mod searches;
pub(crate) mod slice;
mod spent;
mod step;
pub(crate) mod worth;

use std::fs::File;
use std::time::Duration;

pub use budget::refilled;
pub use plan::{plan, plan_wish};
pub use retry::retry;

use crate::accounts;
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::accounts::Standing;
use crate::store::sync_queue;
use crate::store::sync_runs::{self, Start};
use crate::views::{Event, RunState, Scope, Supplier, SyncFailure, SyncReceipt};
use cursor::Cursor;
use run::Run;

/// How often a sync that another process runs is looked at.
const LOOK: Duration = Duration::from_millis(300);

/// How often a sync that is just starting or ending elsewhere is waited for.
const TRIES: u32 = 100;

/// What a run does when points are spent or a ban lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// Ends the run as paused: right for a command.
    Leave,
    /// Waits and goes on by itself: right for a window that stays open.
    Stay,
}

/// What a sync is to bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Which products.
    pub scope: Scope,
    /// Whether every product's variants, price and stock are asked for too.
    pub details: bool,
    /// Whose account; the supplier's connected one unless named.
    pub account: Option<String>,
    /// How old details may be, in hours, before they are asked for again; zero asks for all. `None` leaves it to what they
    /// are worth: a day for what is in the owner's selection, has orders or changed lately, a week for the rest.
    pub older_than_h: Option<u32>,
}

impl Wish {
    /// A pass over `scope`, with details as old as they may be.
    #[must_use]
    pub fn new(scope: Scope, details: bool) -> Self {
        // Single products are named to be asked for; what was imported has no list to be read.
        let details = details || matches!(scope, Scope::Imported | Scope::Products(_));
        Self {
            scope,
            details,
            account: None,
            older_than_h: None,
        }
    }

    fn older_than(&self) -> Option<jiff::SignedDuration> {
        self.older_than_h
            .map(|hours| jiff::SignedDuration::from_hours(i64::from(hours)))
    }

    fn supplier(&self) -> Supplier {
        if self.scope == Scope::Imported {
            Supplier::Aliexpress
        } else {
            Supplier::Cj
        }
    }
}

/// Starts a sync and returns at once; its progress comes as events. An unfinished run of the same scope goes on where it
/// stopped; a run that is at work already is joined.
///
/// # Errors
/// `NotConnected` and the database's.
pub async fn begin(
    shop: &Shop,
    scope: Scope,
    details: bool,
    patience: Patience,
) -> Result<SyncReceipt> {
    begin_wish(shop, Wish::new(scope, details), patience).await
}

/// The same for a wish in all its parts.
///
/// # Errors
/// `NotConnected` and the database's.
pub async fn begin_wish(shop: &Shop, wish: Wish, patience: Patience) -> Result<SyncReceipt> {
    let supplier = wish.supplier();
    let account = accounts::pick(shop, supplier, wish.account.as_deref()).await?;
    if account.standing == Standing::NotConnected {
        return Err(Error::new(
            Code::NotConnected,
            format!("{supplier} is not connected"),
        ));
    }
    let start = Start {
        supplier,
        account: account.id,
        cursor: Cursor::begin(&wish.scope, wish.details, wish.older_than_h).text()?,
        scope: wish.scope,
        details: wish.details,
        retry_of: None,
    };
    set_off(shop, start, patience).await
}

/// Starts the run, goes on with an unfinished one of the same kind, or joins the one at work.
async fn set_off(shop: &Shop, start: Start, patience: Patience) -> Result<SyncReceipt> {
    let lock = match enter(shop, &start.account).await? {
        Entered::Alone(lock) => lock,
        Entered::Joined(running) => return Ok(*running),
    };
    let now = shop.now();
    let receipt = shop
        .store()
        .write(move |tx| {
            let same = |run: &SyncReceipt| {
                run.scope == start.scope
                    && run.details == start.details
                    && run.retry_of == start.retry_of
            };
            let old = sync_runs::unfinished(tx, Some(&start.account))?;
            if let Some(old) = old.filter(same) {
                return go_on(tx, &old, now);
            }
            let run = sync_runs::start(tx, &start, now)?;
            if let Scope::Products(ids) = &start.scope {
                sync_queue::put(tx, run, ids)?;
            } else {
                // A new pass replaces whatever was left of the one before.
                sync_queue::forget(tx, &start.account, &[run])?;
            }
            sync_runs::get(tx, run)
        })
        .await?;
    launch(shop, receipt, lock, patience)
}

/// Sets an unfinished run to work again. If its process died, the calls in flight then are made again.
fn go_on(
    tx: &rusqlite::Transaction<'_>,
    old: &SyncReceipt,
    now: jiff::Timestamp,
) -> Result<Option<SyncReceipt>> {
    sync_runs::cut_off(tx, old.run)?;
    sync_runs::settle(tx, old.run, RunState::Running, None, None, now)
}

/// Goes on with the newest unfinished run; `None` when there is nothing to resume.
///
/// # Errors
/// `NotConnected` and the database's.
pub async fn resume(shop: &Shop, patience: Patience) -> Result<Option<SyncReceipt>> {
    let Some(old) = shop
        .store()
        .read(|connection| sync_runs::unfinished(connection, None))
        .await?
    else {
        return Ok(None);
    };
    let lock = match enter(shop, &old.account).await? {
        Entered::Alone(lock) => lock,
        Entered::Joined(running) => return Ok(Some(*running)),
    };
    let now = shop.now();
    let receipt = shop.store().write(move |tx| go_on(tx, &old, now)).await?;
    launch(shop, receipt, lock, patience).map(Some)
}

fn launch(
    shop: &Shop,
    receipt: Option<SyncReceipt>,
    lock: File,
    patience: Patience,
) -> Result<SyncReceipt> {
    let receipt =
        receipt.ok_or_else(|| Error::new(Code::Unexpected, "the run just started is not there"))?;
    let run = Run::new(shop, &receipt, patience);
    let shop = shop.clone();
    tokio::spawn(async move {
        let ended = run.finish().await;
        // Whoever hears of the end may start the next run at once.
        drop(lock);
        tell_end(&shop, &ended);
    });
    Ok(receipt)
}

async fn take(shop: &Shop, account: &str) -> Result<Option<File>> {
    shop.try_lock(&format!("sync-{account}")).await
}

/// How a sync of an account begins.
enum Entered {
    /// Nobody else is at it.
    Alone(File),
    /// Somebody is, with this run.
    Joined(Box<SyncReceipt>),
}

/// Takes the account for a sync, or finds the run that has it. One that is just starting or just ending is waited for.
async fn enter(shop: &Shop, account: &str) -> Result<Entered> {
    for _ in 0..TRIES {
        if let Some(lock) = take(shop, account).await? {
            return Ok(Entered::Alone(lock));
        }
        let id = account.to_owned();
        let found = shop
            .store()
            .read(move |connection| sync_runs::unfinished(connection, Some(&id)))
            .await?;
        // A paused run that waits for its time holds the account, too.
        if let Some(run) = found.filter(|run| run.state != RunState::Interrupted) {
            return Ok(Entered::Joined(Box::new(run)));
        }
        shop.ports().clock.sleep(LOOK / 3).await;
    }
    Err(Error::new(
        Code::Unexpected,
        "another sync holds the account and has no run",
    ))
}

/// Follows a run, whichever process it is in, until it no longer runs.
///
/// # Errors
/// The database's. How the run ended is in the receipt.
pub async fn wait(shop: &Shop, run: i64) -> Result<SyncReceipt> {
    loop {
        let receipt = shop
            .store()
            .read(move |connection| sync_runs::get(connection, run))
            .await?
            .ok_or_else(|| Error::new(Code::NotFound, format!("run {run} is gone")))?;
        if receipt.state != RunState::Running {
            return Ok(receipt);
        }
        // A run whose process died holds no lock any more.
        if take(shop, &receipt.account).await?.is_some() {
            return settle_dead(shop, run).await;
        }
        tokio::select! {
            () = shop.moved().notified() => {}
            () = shop.ports().clock.sleep(LOOK) => {}
        }
    }
}

async fn settle_dead(shop: &Shop, run: i64) -> Result<SyncReceipt> {
    let now = shop.now();
    // A reason of its own, because without one it was the owner who stopped it.
    let died = Error::new(Code::Interrupted, "the program ended in the middle of it").view();
    let settled = shop
        .store()
        .write(move |tx| match sync_runs::get(tx, run)? {
            // It may have ended between the look and the lock.
            Some(receipt) if receipt.state != RunState::Running => Ok(Some(receipt)),
            _ => sync_runs::settle(tx, run, RunState::Interrupted, None, Some(&died), now),
        })
        .await?;
    settled.ok_or_else(|| Error::new(Code::NotFound, format!("run {run} is gone")))
}

/// Stops whatever runs, in whichever process, after the step in flight. Everything fetched stays.
///
/// # Errors
/// The database's.
pub async fn stop(shop: &Shop) -> Result<()> {
    shop.store().write(|tx| sync_runs::ask_stop(tx)).await?;
    shop.moved().notify_waiters();
    Ok(())
}

/// The run that is at work or can be resumed, if any. One whose process died is shown as interrupted.
///
/// # Errors
/// The database's.
pub async fn current(shop: &Shop) -> Result<Option<SyncReceipt>> {
    let Some(run) = shop
        .store()
        .read(|connection| sync_runs::unfinished(connection, None))
        .await?
    else {
        return Ok(None);
    };
    if run.state == RunState::Running && take(shop, &run.account).await?.is_some() {
        let receipt = settle_dead(shop, run.run).await?;
        return Ok((receipt.state != RunState::Done).then_some(receipt));
    }
    Ok(Some(run))
}

/// The newest runs, newest first.
///
/// # Errors
/// The database's.
pub async fn receipts(shop: &Shop, limit: u32) -> Result<Vec<SyncReceipt>> {
    shop.store()
        .read(move |connection| sync_runs::recent(connection, limit.clamp(1, 500)))
        .await
}

/// The products that failed in a run, and why.
///
/// # Errors
/// The database's.
pub async fn failures(shop: &Shop, run: i64) -> Result<Vec<SyncFailure>> {
    shop.store()
        .read(move |connection| sync_runs::failures(connection, run))
        .await
}

fn tell_end(shop: &Shop, receipt: &SyncReceipt) {
    shop.tell(Event::SyncEnded {
        receipt: receipt.clone(),
    });
    shop.moved().notify_waiters();
}
