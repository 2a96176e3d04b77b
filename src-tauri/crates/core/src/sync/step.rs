//! One step of a run: asks the supplier for what the cursor names, and commits what came together with the next cursor.

use std::sync::Arc;

use ::cj::{ListPage, ListV2Query};
use jiff::Timestamp;

use super::budget::Spent;
use super::cursor::{Brought, Cursor, MY_PAGE, Next, SEARCH_PAGE};
use super::details;
use super::slice::{DEAREST, OPEN, Slice};
use crate::catalog::{self, from_cj};
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::When;
use crate::store::intake::{self, Origin};
use crate::store::products;
use crate::store::sync_cuts::{self, Cuts};
use crate::store::sync_queue::{self, Which};
use crate::store::sync_runs::{self, Advance};
use crate::supplier::{self, cj::Line};
use crate::views::{RepeatReason, Scope, SyncReceipt};

/// How often an empty answer is asked again before it counts as unknown; it is a known habit of CJ's.
pub(super) const EMPTY_TRIES: u32 = 3;

/// Takes the steps of one run.
pub(super) struct Steps {
    pub(super) shop: Shop,
    pub(super) receipt: SyncReceipt,
    pub spent: Arc<Spent>,
    pub(super) cj: Line,
    cuts: Option<Cuts>,
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

/// Which list a page is of.
enum List {
    Mine(u32),
    Search(ListV2Query),
}

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
        let spent = Spent::of_run(receipt.run);
        Self {
            shop: shop.clone(),
            receipt: receipt.clone(),
            cj: Line::of_run(shop, &receipt.account, Arc::clone(&spent)),
            spent,
            cuts: None,
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
                let fetched = self.page(List::Mine(page)).await?;
                self.listed(cursor, fetched, page).await?
            }
            Next::Search { page, .. } => {
                let cursor = &self.cut(cursor).await?;
                let Next::Search { slice, .. } = cursor.next() else {
                    return Err(Error::new(Code::Unexpected, "a cut slice left no slice"));
                };
                let fetched = self.page(List::Search(query(&slice, page))).await?;
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

    /// A page of a list. An empty one where rows must be is asked again; it is never taken for the end.
    async fn page(&mut self, list: List) -> Result<ListPage> {
        let mut tries = 0;
        loop {
            let session = self.cj.session().await?;
            let answer = match &list {
                List::Mine(page) => session.my_products(*page, MY_PAGE).await,
                List::Search(query) => session.list_v2(query).await,
            };
            let empty = match answer {
                Ok(page)
                    if page.items.is_empty()
                        && (tries + 1 < EMPTY_TRIES || page.total != Some(0)) =>
                {
                    Error::new(
                        Code::SupplierAnswer,
                        "CJ sent an empty page where products must be",
                    )
                }
                Err(error) if error.empty => supplier::cj::refused(&self.shop, error),
                answer => match self.answered(answer).await? {
                    Some(page) => return Ok(page),
                    None => continue,
                },
            };
            self.spent.again(RepeatReason::EmptyAnswer);
            tries += 1;
            if tries >= EMPTY_TRIES {
                return Err(empty);
            }
        }
    }

    /// What an answer means to the run; a call that has to be made again is counted with its reason.
    pub(super) async fn answered<T>(&mut self, answer: ::cj::Result<T>) -> Result<Option<T>> {
        let answered = self.cj.answered(answer).await;
        match &answered {
            Ok(Some(_)) => {}
            Ok(None) => self.spent.again(RepeatReason::TokenRefused),
            Err(error) => {
                if let Some(reason) = reason(error.code) {
                    self.spent.again(reason);
                }
            }
        }
        answered
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
                let mut counts = Counts::default();
                for item in page.items {
                    let (row, changed) =
                        intake::put_listed(tx, origin(&of, now), &from_cj::listed(item))?;
                    if mine {
                        products::mark_mine(tx, row)?;
                    }
                    counts.changed += changed;
                    counts.rows += 1;
                }
                Ok(counts)
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
        let first = self
            .shop
            .store()
            .read(move |connection| sync_queue::first(connection, run, 1))
            .await?;
        let Some((due_at, product_id)) = first.into_iter().next() else {
            let next = cursor.clone().after_details();
            return self.commit(next, Advance::default(), nothing()).await;
        };
        let asked = details::ask(self, &product_id).await?;
        let step = Advance {
            done: 1,
            ..Advance::default()
        };
        let (of, now) = (self.receipt.clone(), self.shop.now());
        self.commit(
            cursor.clone(),
            step,
            Box::new(move |tx, _| {
                let counts = details::keep(tx, &of, &product_id, asked, now)?;
                let place = (due_at, product_id.as_str());
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

/// Why a call that ended so will be made again; `None` when it will not.
pub(super) fn reason(code: Code) -> Option<RepeatReason> {
    match code {
        // Counted where it is refused: a call is repeated there without anybody hearing of it.
        Code::RateLimited => None,
        Code::QuotaSpent => Some(RepeatReason::PointsSpent),
        Code::Network => Some(RepeatReason::Network),
        Code::SupplierDown => Some(RepeatReason::SupplierDown),
        Code::SupplierAnswer => Some(RepeatReason::BadAnswer),
        Code::NotFound | Code::SupplierRefused => None,
        _ => Some(RepeatReason::AccountRefused),
    }
}

fn query(slice: &Slice, page: u32) -> ListV2Query {
    let time = |second: i64| Timestamp::from_second(second).ok();
    ListV2Query {
        words: slice.words.clone(),
        category_id: slice.category.clone(),
        country: slice.country.clone(),
        price_min: slice.price.map(|(low, _)| low),
        price_max: slice
            .price
            .map(|(_, high)| high)
            .filter(|high| *high != DEAREST),
        listed_from: slice.listed.and_then(|(from, _)| time(from)),
        listed_to: slice
            .listed
            .filter(|(_, to)| *to != OPEN)
            .and_then(|(_, to)| time(to)),
        page,
        size: SEARCH_PAGE,
    }
}
