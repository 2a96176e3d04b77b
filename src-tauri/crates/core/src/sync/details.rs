//! Asking for everything about one product within a run, and keeping what was answered, whatever it was: the product, that
//! it is gone, that nothing is known, or why it failed. Only what concerns more than this product is the run's affair.

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::Transaction;

use super::ahead::Wanted as Ask;
use super::asking::{Asking, EMPTY_TRIES, reason};
use super::step::{Counts, origin};
use crate::accounts;
use crate::catalog::{Detailed, Wanted, from_aliexpress, from_cj};
use crate::error::{Code, Error, Result};
use crate::store::{intake, products, sync_runs};
use crate::supplier;
use crate::views::{RepeatReason, Scope, Supplier, SyncReceipt};

/// What asking for a product came to.
pub(super) enum Asked {
    /// It came.
    Came(Box<Detailed>),
    /// The supplier does not have it, or refuses to tell of it.
    Refused(Error),
    /// Asked often enough, and nothing in the answers: it stays as it is known, and is told as unknown.
    Empty(Error),
}

/// A product of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    /// When it was due, in milliseconds since 1970: its place in the queue.
    pub at: i64,
    /// Which.
    pub product_id: String,
}

impl Ask for Due {
    type Came = Asked;
    const UNPACED: bool = false;

    /// Fails with what stops the run, or what it tries again.
    async fn ask(&self, asking: &mut Asking) -> Result<Asked> {
        let asked = match asking.supplier {
            Supplier::Aliexpress => ask_aliexpress(asking, &self.product_id).await,
            Supplier::Cj => ask_cj(asking, &self.product_id).await,
        };
        match asked {
            // Only this product is concerned, and the next one is worth a call.
            Err(error) if matches!(error.code, Code::NotFound | Code::SupplierRefused) => {
                Ok(Asked::Refused(error))
            }
            asked => asked,
        }
    }
}

async fn ask_aliexpress(asking: &Asking, product_id: &str) -> Result<Asked> {
    let account = accounts::row(&asking.shop, &asking.account).await?;
    let wanted = Wanted::of(&asking.shop).await?;
    let spent = Arc::clone(&asking.spent);
    let fetched = from_aliexpress::fetch(&asking.shop, &account, product_id, &wanted, spent).await;
    let detailed = fetched.inspect_err(|error| {
        let reason = match error.code {
            Code::RateLimited => Some(RepeatReason::TooQuick),
            code => reason(code),
        };
        if let Some(reason) = reason {
            asking.spent.again(reason);
        }
    })?;
    Ok(Asked::Came(Box::new(detailed)))
}

async fn ask_cj(asking: &mut Asking, product_id: &str) -> Result<Asked> {
    let mut tries = 0;
    loop {
        let session = asking.cj.session().await?;
        match from_cj::fetch(&session, product_id).await {
            Err(error) if error.empty => {
                tries += 1;
                if tries >= EMPTY_TRIES {
                    return Ok(Asked::Empty(supplier::cj::refused(&asking.shop, error)));
                }
                asking.spent.again(RepeatReason::EmptyAnswer);
            }
            answer => {
                if let Some(detailed) = asking.answered(answer).await? {
                    return Ok(Asked::Came(Box::new(detailed)));
                }
            }
        }
    }
}

/// Keeps what was answered.
pub(super) fn keep(
    tx: &Transaction<'_>,
    of: &SyncReceipt,
    product_id: &str,
    asked: Asked,
    now: Timestamp,
) -> Result<Counts> {
    let mut counts = Counts::default();
    match asked {
        Asked::Came(detailed) => {
            if of.scope == Scope::MyProducts {
                products::unmark_mine(tx, &of.account, product_id, of.run)?;
            }
            counts.changed = intake::put_detailed(tx, origin(of, now), &detailed)?;
            if let Some(run) = of.retry_of {
                sync_runs::mend(tx, run, product_id)?;
            }
        }
        Asked::Refused(error) => {
            let gone = from_cj::is_off_shelf(&error);
            let delisted = error.code == Code::NotFound
                && intake::miss(tx, origin(of, now), product_id, gone)?;
            counts.changed = u64::from(delisted);
            if gone {
                if let Some(run) = of.retry_of {
                    sync_runs::mend(tx, run, product_id)?;
                }
            } else {
                sync_runs::note_failure(tx, of.run, product_id, &error.view())?;
                counts.failed = 1;
            }
        }
        Asked::Empty(error) => {
            sync_runs::note_failure(tx, of.run, product_id, &error.view())?;
            counts.failed = 1;
        }
    }
    Ok(counts)
}
