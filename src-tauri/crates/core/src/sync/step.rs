//! One step of a run: asks the supplier for what the cursor names, and commits what came together with the next cursor.

use std::sync::Arc;

use ::cj::{ListPage, ListV2Query};
use jiff::Timestamp;

use super::budget::Spent;
use super::cursor::{Brought, Cursor, MY_PAGE, Next, SEARCH_PAGE, Slice};
use crate::accounts;
use crate::catalog::{self, Detailed, Wanted, from_aliexpress, from_cj};
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::When;
use crate::store::intake::{self, Origin};
use crate::store::products;
use crate::store::sync_runs::{self, Advance};
use crate::supplier::{self, cj::Line};
use crate::views::{Supplier, SyncReceipt};

/// How often an empty answer is asked again before it counts as unknown; it is a known habit of CJ's.
const EMPTY_TRIES: u32 = 3;

/// Takes the steps of one run.
pub(super) struct Steps {
    shop: Shop,
    supplier: Supplier,
    account: String,
    run: i64,
    pub spent: Arc<Spent>,
    cj: Line,
}

/// Writes a step's rows; returns products listed, changes noted, failures noted. Boxed, because a future that holds such a
/// closure by its own type cannot be spawned (rust-lang/rust#110338).
type Rows =
    Box<dyn FnOnce(&rusqlite::Transaction<'_>, &mut Advance) -> Result<(u64, u64, u64)> + Send>;

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
            supplier: receipt.supplier,
            account: receipt.account.clone(),
            run: receipt.run,
            cj: Line::of_run(shop, &receipt.account, Arc::clone(&spent)),
            spent,
        }
    }

    /// Takes one step. `None` when there is none left.
    pub(super) async fn step(&mut self, cursor: &Cursor) -> Result<Option<Moved>> {
        let moved = match cursor.next() {
            Next::End => return Ok(None),
            Next::Categories => {
                let categories = catalog::categories(&self.shop).await?;
                let next = cursor.clone().after_categories(&categories);
                self.commit(next, Advance::default(), Box::new(|_, _| Ok((0, 0, 0))))
                    .await?
            }
            Next::My { page } => {
                let fetched = self.page(List::Mine(page)).await?;
                self.listed(cursor, fetched, page, MY_PAGE).await?
            }
            Next::Search { slice, page } => {
                let fetched = self.page(List::Search(query(&slice, page))).await?;
                self.listed(cursor, fetched, page, SEARCH_PAGE).await?
            }
            Next::Enlist => {
                let (account, run) = (self.account.clone(), self.run);
                let next = cursor.clone().after_enlisting();
                self.commit(
                    next,
                    Advance::default(),
                    Box::new(move |tx, _| Ok((products::enlist_all(tx, &account, run)?, 0, 0))),
                )
                .await?
            }
            Next::Details { after } => self.details(cursor, after).await?,
        };
        Ok(Some(moved))
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
                answer => match self.cj.answered(answer).await? {
                    Some(page) => return Ok(page),
                    None => continue,
                },
            };
            tries += 1;
            if tries >= EMPTY_TRIES {
                return Err(empty);
            }
        }
    }

    async fn listed(
        &mut self,
        cursor: &Cursor,
        page: ListPage,
        number: u32,
        size: u32,
    ) -> Result<Moved> {
        let brought = Brought {
            rows: page.items.len() as u64,
            total: page.total,
            now: self.shop.now(),
        };
        let next = cursor.clone().after_page(brought);
        let cut = cursor.must_cut(brought);
        let pages = brought.total.map(|total| total.div_ceil(u64::from(size)));
        let first_of_simple = number == 1 && !cut;
        // Steps in all are known for a run that reads one list: its pages, and its products when they are opened.
        let total = if first_of_simple { pages } else { None };
        let (supplier, account, run, now) = (
            self.supplier,
            self.account.clone(),
            self.run,
            self.shop.now(),
        );
        let at_details = next.at_details();
        self.commit_page(
            next,
            Advance {
                done: 1,
                total,
                ..Advance::default()
            },
            Box::new(move |tx, advance| {
                let origin = Origin {
                    supplier,
                    account: &account,
                    run: Some(run),
                    now,
                };
                let (mut rows, mut changed) = (0, 0);
                // The rows of a slice that is cut come again with its halves.
                for item in if cut { Vec::new() } else { page.items } {
                    changed += intake::put_listed(tx, origin, &from_cj::listed(item))?.1;
                    rows += 1;
                }
                if at_details {
                    let so_far = sync_runs::get(tx, run)?.map_or(0, |receipt| receipt.done);
                    advance.total = Some(so_far + 1 + products::count_of_run(tx, run)?);
                }
                Ok((rows, changed, 0))
            }),
        )
        .await
    }

    async fn details(&mut self, cursor: &Cursor, after: i64) -> Result<Moved> {
        let run = self.run;
        let found = self
            .shop
            .store()
            .read(move |connection| products::next_of_run(connection, run, after))
            .await?;
        let Some((row, product_id)) = found else {
            return self
                .commit(
                    cursor.clone().after_details(None),
                    Advance::default(),
                    Box::new(|_, _| Ok((0, 0, 0))),
                )
                .await;
        };
        let next = cursor.clone().after_details(Some(row));
        let step = Advance {
            done: 1,
            ..Advance::default()
        };
        let fetched = self.fetch(&product_id).await;
        let (supplier, account, now) = (self.supplier, self.account.clone(), self.shop.now());
        match fetched {
            Ok(detailed) => {
                self.commit(
                    next,
                    step,
                    Box::new(move |tx, _| {
                        let origin = Origin {
                            supplier,
                            account: &account,
                            run: Some(run),
                            now,
                        };
                        Ok((0, intake::put_detailed(tx, origin, &detailed)?, 0))
                    }),
                )
                .await
            }
            Err(error) if concerns_this_product(&error) => {
                self.commit(
                    next,
                    step,
                    Box::new(move |tx, _| {
                        let origin = Origin {
                            supplier,
                            account: &account,
                            run: Some(run),
                            now,
                        };
                        let gone = from_cj::is_off_shelf(&error);
                        let delisted = error.code == Code::NotFound
                            && intake::miss(tx, origin, &product_id, gone)?;
                        if gone {
                            return Ok((0, u64::from(delisted), 0));
                        }
                        sync_runs::note_failure(tx, run, &product_id, &error.view())?;
                        Ok((0, u64::from(delisted), 1))
                    }),
                )
                .await
            }
            Err(error) => Err(error),
        }
    }

    async fn fetch(&mut self, product_id: &str) -> Result<Detailed> {
        if self.supplier == Supplier::Aliexpress {
            let account = accounts::row(&self.shop, &self.account).await?;
            let wanted = Wanted::of(&self.shop).await?;
            let spent = Arc::clone(&self.spent);
            return from_aliexpress::fetch(&self.shop, &account, product_id, &wanted, spent).await;
        }
        let mut tries = 0;
        loop {
            let session = self.cj.session().await?;
            match from_cj::fetch(&session, product_id).await {
                Err(error) if error.empty => {
                    tries += 1;
                    if tries >= EMPTY_TRIES {
                        // Asked often enough: it stays unknown, and is told as such. The run goes on.
                        let error = supplier::cj::refused(&self.shop, error);
                        return Err(Error {
                            code: Code::NotFound,
                            ..error
                        });
                    }
                }
                answer => {
                    if let Some(detailed) = self.cj.answered(answer).await? {
                        return Ok(detailed);
                    }
                }
            }
        }
    }

    /// Writes rows, counters and cursor in one transaction. `rows` returns products listed, changes and failures.
    async fn commit(&self, cursor: Cursor, step: Advance, rows: Rows) -> Result<Moved> {
        // What comes now builds on the pages before it.
        self.shop.store().settle(self.run).await?;
        self.commit_when(When::Now, cursor, step, rows).await
    }

    /// The same for a page of a list, which shares its transaction with the pages beside it.
    async fn commit_page(&self, cursor: Cursor, step: Advance, rows: Rows) -> Result<Moved> {
        self.commit_when(When::Soon(self.run), cursor, step, rows)
            .await
    }

    async fn commit_when(
        &self,
        when: When,
        cursor: Cursor,
        step: Advance,
        rows: Rows,
    ) -> Result<Moved> {
        let (run, text) = (self.run, cursor.text()?);
        let (calls, points) = self.spent.take();
        let (receipt, stop) = self
            .shop
            .store()
            .write_as(when, move |tx| {
                let mut step = Advance {
                    calls,
                    points,
                    ..step
                };
                (step.rows, step.changed, step.failed) = rows(tx, &mut step)?;
                sync_runs::advance(tx, run, step, &text)
            })
            .await?;
        Ok(Moved {
            receipt,
            cursor,
            stop,
        })
    }
}

/// Whether only this product is concerned, and the next one is worth a call.
fn concerns_this_product(error: &Error) -> bool {
    matches!(error.code, Code::NotFound | Code::SupplierRefused)
}

fn query(slice: &Slice, page: u32) -> ListV2Query {
    let time = |second: i64| Timestamp::from_second(second).ok();
    ListV2Query {
        words: slice.words.clone(),
        category_id: slice.category.clone(),
        country: None,
        price_min: slice.price.map(|(low, _)| low),
        price_max: slice.price.map(|(_, high)| high),
        listed_from: slice.listed.and_then(|(from, _)| time(from)),
        listed_to: slice.listed.and_then(|(_, to)| time(to)),
        page,
        size: SEARCH_PAGE,
    }
}
