//! One step of a run: asks the supplier for what the cursor names, and commits what came together with the next cursor. The
//! asking is in `asking` and `details`, what of it overlaps in `ahead`.

use std::sync::Arc;

use ::cj::ListPage;
use jiff::Timestamp;

use super::ahead::{self, Ahead};
use super::asking::{Asking, PageOf};
use super::budget::Spent;
use super::cursor::{Brought, Cursor, MY_PAGE, Next, SEARCH_PAGE};
use super::details::{self, Due};
use crate::catalog::{self, from_cj};
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::When;
use crate::store::intake::{self, Origin};
use crate::store::sync_cuts::{self, Cuts};
use crate::store::sync_queue::{self, Which};
use crate::store::sync_runs::{self, Advance};
use crate::supplier::cj::Line;
use crate::views::{Scope, SyncReceipt};

/// Takes the steps of one run.
pub(super) struct Steps {
    shop: Shop,
    receipt: SyncReceipt,
    /// Calls that were answered, and are not in the receipt yet.
    pub spent: Arc<Spent>,
    cj: Line,
    cuts: Option<Cuts>,
    pages: Ahead<PageOf>,
    products: Ahead<Due>,
    /// Rows of the list at work, once a page of it told.
    listing: Option<u64>,
    /// Whether the run is about to stand still.
    leaving: bool,
}

/// What a step counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    /// Products listed.
    pub rows: u64,
    /// Changes noted.
    pub changed: u64,
    /// Products that failed.
    pub failed: u64,
}

/// Writes a step's rows. Boxed, because a future that holds such a closure by its own type cannot be spawned
/// (rust-lang/rust#110338).
pub(super) type Rows =
    Box<dyn FnOnce(&rusqlite::Transaction<'_>, &mut Advance) -> Result<Counts> + Send>;

/// What a step did.
pub(super) struct Moved {
    /// The run as it now stands.
    pub receipt: SyncReceipt,
    /// Where it goes on.
    pub cursor: Cursor,
    /// Whether somebody asked it to stop.
    pub stop: bool,
}

impl Steps {
    pub(super) fn new(shop: &Shop, receipt: &SyncReceipt) -> Self {
        Self {
            shop: shop.clone(),
            receipt: receipt.clone(),
            spent: Spent::of_run(receipt.run),
            cj: Line::of_run(shop, &receipt.account),
            cuts: None,
            pages: Ahead::new(),
            products: Ahead::new(),
            listing: None,
            leaving: false,
        }
    }

    /// Takes one step. `None` when there is none left.
    pub(super) async fn step(&mut self, cursor: &Cursor) -> Result<Option<Moved>> {
        let moved = match cursor.next() {
            Next::End => return Ok(None),
            Next::Categories => {
                let categories = catalog::categories(&self.shop).await?;
                let next = cursor.clone().after_categories(&categories);
                self.commit(next, Advance::default(), nothing()).await?
            }
            Next::My { page } => {
                let fetched = self.page(cursor).await?;
                self.listed(cursor, fetched, page).await?
            }
            Next::Search { page, .. } => {
                let cursor = &self.cut(cursor).await?;
                let fetched = self.page(cursor).await?;
                self.listed(cursor, fetched, page).await?
            }
            Next::Queue => self.queue(cursor).await?,
            Next::Details => self.details(cursor).await?,
        };
        Ok(Some(moved))
    }

    /// The cursor with slices cut that are known to be too long.
    async fn cut(&mut self, cursor: &Cursor) -> Result<Cursor> {
        if self.cuts.is_none() {
            let (account, now) = (self.receipt.account.clone(), self.shop.now());
            let known = self
                .shop
                .store()
                .read(move |connection| sync_cuts::all(connection, &account, now))
                .await?;
            self.cuts = Some(known);
        }
        Ok(match &self.cuts {
            Some(cuts) => cursor.clone().with_cuts(cuts),
            None => cursor.clone(),
        })
    }

    /// Whether something is in flight that the run would ask for from here.
    fn in_flight(&self, cursor: &Cursor) -> bool {
        match cursor.next() {
            next @ (Next::My { .. } | Next::Search { .. }) => self.pages.has(&PageOf(next)),
            Next::Details => !self.products.is_empty(),
            _ => false,
        }
    }

    /// Before the run stands still: keeps what is in flight, as far as it can be kept, and asks for nothing else. Returns
    /// where the run goes on, and how it stands then.
    pub(super) async fn leave(&mut self, mut cursor: Cursor) -> (Cursor, Option<SyncReceipt>) {
        self.leaving = true;
        let mut receipt = None;
        while self.in_flight(&cursor) {
            if let Ok(Some(moved)) = self.step(&cursor).await {
                cursor = moved.cursor;
                receipt = Some(moved.receipt);
            }
        }
        self.pages.give_up(&self.spent).await;
        self.leaving = false;
        (cursor, receipt)
    }

    /// A page of the list at work; those behind it are asked for when they are due before it came.
    async fn page(&mut self, cursor: &Cursor) -> Result<ListPage> {
        let most = if self.leaving { 1 } else { ahead::MOST };
        let wanted: Vec<PageOf> = cursor
            .upcoming(self.listing, self.cuts.as_ref(), most)
            .into_iter()
            .map(PageOf)
            .collect();
        let asking = || Asking::of_run(&self.shop, &self.receipt, &self.cj);
        let (spent, page) = self.pages.first(&wanted, asking).await;
        self.spent.absorb(&spent);
        page
    }

    async fn listed(&mut self, cursor: &Cursor, page: ListPage, number: u32) -> Result<Moved> {
        let brought = Brought {
            rows: page.items.len() as u64,
            total: page.total,
            now: self.shop.now(),
        };
        let next = cursor.clone().after_page(brought);
        let cut = cursor.must_cut(brought);
        if let (Some(cuts), Some((slice, first, second))) = (&mut self.cuts, &cut) {
            cuts.insert(slice.clone(), (first.clone(), second.clone()));
        }
        // What it says of the rows holds until the first page of the next list.
        self.listing = match next.next() {
            Next::My { page } | Next::Search { page, .. } if page > 1 => brought.total,
            _ => None,
        };
        let mine = matches!(cursor.next(), Next::My { .. });
        let size = if mine { MY_PAGE } else { SEARCH_PAGE };
        // Steps in all are known for a run that reads one list: its pages.
        let total = brought
            .total
            .filter(|_| number == 1 && cut.is_none())
            .map(|total| total.div_ceil(u64::from(size)));
        let step = Advance {
            done: 1,
            total,
            ..Advance::default()
        };
        let (of, now) = (self.receipt.clone(), self.shop.now());
        self.commit_page(
            next,
            step,
            Box::new(move |tx, _| {
                // The rows of a slice that is cut come again with its parts.
                if let Some((slice, first, second)) = cut {
                    sync_cuts::put(tx, &of.account, &slice, (&first, &second), now)?;
                    return Ok(Counts::default());
                }
                let items = page.items.into_iter().map(from_cj::listed);
                Ok(Counts {
                    rows: brought.rows,
                    changed: intake::put_page(tx, origin(&of, now), items, mine)?,
                    failed: 0,
                })
            }),
        )
        .await
    }

    /// Puts what is due into the queue.
    async fn queue(&mut self, cursor: &Cursor) -> Result<Moved> {
        let (of, now) = (self.receipt.clone(), self.shop.now());
        let older_than = cursor.older_than();
        self.commit(
            cursor.clone().after_queue(),
            Advance::default(),
            Box::new(move |tx, advance| {
                let which = match of.scope {
                    Scope::MyProducts => Which::Mine,
                    Scope::Imported => Which::All,
                    _ => Which::Listed(of.run),
                };
                let count = sync_queue::fill(tx, of.run, &of.account, which, older_than, now)?;
                let so_far = sync_runs::get(tx, of.run)?.map_or(0, |receipt| receipt.done);
                advance.total = Some(so_far + count);
                Ok(Counts {
                    rows: if of.scope == Scope::Imported {
                        count
                    } else {
                        0
                    },
                    ..Counts::default()
                })
            }),
        )
        .await
    }

    async fn details(&mut self, cursor: &Cursor) -> Result<Moved> {
        let run = self.receipt.run;
        let queue = self
            .shop
            .store()
            .read(move |connection| sync_queue::first(connection, run, ahead::MOST))
            .await?;
        let due = queue
            .into_iter()
            .map(|(at, product_id)| Due { at, product_id });
        let wanted: Vec<Due> = if self.leaving {
            due.filter(|due| self.products.has(due)).take(1).collect()
        } else {
            due.collect()
        };
        if self.leaving && wanted.is_empty() {
            self.products.give_up(&self.spent).await;
            let gone = "what was asked for is no longer wanted";
            return Err(Error::new(Code::Unexpected, gone));
        }
        let Some(first) = wanted.first().cloned() else {
            let next = cursor.clone().after_details();
            return self.commit(next, Advance::default(), nothing()).await;
        };
        let asking = || Asking::of_run(&self.shop, &self.receipt, &self.cj);
        let (spent, asked) = self.products.first(&wanted, asking).await;
        self.spent.absorb(&spent);
        let asked = asked?;
        let step = Advance {
            done: 1,
            ..Advance::default()
        };
        let (of, now) = (self.receipt.clone(), self.shop.now());
        self.commit(
            cursor.clone(),
            step,
            Box::new(move |tx, _| {
                let counts = details::keep(tx, &of, &first.product_id, asked, now)?;
                let place = (first.at, first.product_id.as_str());
                sync_queue::answered(tx, of.run, place, &of.account, now)?;
                Ok(counts)
            }),
        )
        .await
    }

    /// Writes rows, counters and cursor in one transaction.
    async fn commit(&self, cursor: Cursor, step: Advance, rows: Rows) -> Result<Moved> {
        // What comes now builds on the pages before it.
        self.shop.store().settle(self.receipt.run).await?;
        self.commit_when(When::Now, cursor, step, rows).await
    }

    /// The same for a page of a list, which shares its transaction with the pages beside it.
    async fn commit_page(&self, cursor: Cursor, step: Advance, rows: Rows) -> Result<Moved> {
        self.commit_when(When::Soon(self.receipt.run), cursor, step, rows)
            .await
    }

    async fn commit_when(
        &self,
        when: When,
        cursor: Cursor,
        step: Advance,
        rows: Rows,
    ) -> Result<Moved> {
        let (run, text) = (self.receipt.run, cursor.text()?);
        let taken = self.spent.take();
        let (receipt, stop) = self
            .shop
            .store()
            .write_as(when, move |tx| {
                let mut step = Advance {
                    calls: taken.unpaced,
                    settled: taken.settled,
                    ..step
                };
                let counts = rows(tx, &mut step)?;
                (step.rows, step.changed, step.failed) =
                    (counts.rows, counts.changed, counts.failed);
                sync_runs::advance(tx, run, step, &text, &taken.repeats)
            })
            .await?;
        Ok(Moved {
            receipt,
            cursor,
            stop,
        })
    }
}

fn nothing() -> Rows {
    Box::new(|_, _| Ok(Counts::default()))
}

/// Where the rows of a run come from.
pub(super) fn origin(of: &SyncReceipt, now: Timestamp) -> Origin<'_> {
    Origin {
        supplier: of.supplier,
        account: &of.account,
        run: Some(of.run),
        now,
    }
}
