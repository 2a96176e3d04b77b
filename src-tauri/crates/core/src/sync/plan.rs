//! What a sync would cost: calls, points, time, before anything that costs is asked.

use jiff::SignedDuration;

use super::Wish;
use super::budget::{refilled, wait_for_points};
use super::cursor::{CAP, MY_PAGE, SEARCH_PAGE};
use super::rhythm::spacing_us;
use crate::accounts;
use crate::error::Result;
use crate::shop::Shop;
use crate::store::accounts::AccountRow;
use crate::store::sync_queue::{self, Which};
use crate::store::{paces, products, sync_runs};
use crate::supplier;
use crate::views::{RunState, Scope, Supplier, SyncPlan, SyncReceipt};

/// Points of a search page, of a product's details (CJ documentation, "points"); "my products" is free.
const SEARCH_POINTS: u64 = 50;
const DETAIL_POINTS: u64 = 10;

/// Works out the cost. Makes at most one call, and none that costs points.
///
/// # Errors
/// `NotConnected`, or what the supplier answered to the free call.
pub async fn plan(shop: &Shop, scope: &Scope, details: bool) -> Result<SyncPlan> {
    plan_wish(shop, &Wish::new(scope.clone(), details)).await
}

/// The same for a wish in all its parts.
///
/// # Errors
/// `NotConnected`, or what the supplier answered to the free call.
pub async fn plan_wish(shop: &Shop, wish: &Wish) -> Result<SyncPlan> {
    let (scope, supplier) = (&wish.scope, wish.supplier());
    let account = accounts::pick(shop, supplier, wish.account.as_deref()).await?;
    let size = size(shop, &account, scope).await?;
    let (pages, page_points) = match scope {
        Scope::MyProducts => (size.rows.div_ceil(u64::from(MY_PAGE)).max(1), 0),
        Scope::Imported | Scope::Products(_) => (0, 0),
        _ => (
            size.rows.div_ceil(u64::from(SEARCH_PAGE)).max(1),
            SEARCH_POINTS,
        ),
    };
    let fresh = if wish.details {
        fresh(shop, &account, wish).await?.min(size.rows)
    } else {
        0
    };
    let opened = if wish.details { size.rows - fresh } else { 0 };
    let detail_points = if supplier == Supplier::Cj {
        DETAIL_POINTS
    } else {
        0
    };
    let calls = pages + opened;
    let points = pages * page_points + opened * detail_points;

    let id = account.id.clone();
    let pace = shop
        .store()
        .read(move |connection| paces::get(connection, &id))
        .await?;
    let qps = pace.map_or(1.0, |pace| pace.qps);
    let spacing = if supplier == Supplier::Cj {
        spacing_us(qps)
    } else {
        spacing_us(1.0)
    };
    let at_work = SignedDuration::from_micros(
        spacing.saturating_mul(i64::try_from(calls).unwrap_or(i64::MAX)),
    );
    let now = shop.now();
    let left = pace
        .and_then(|pace| pace.points)
        .map(|(points, at)| refilled(points, at, now));
    let fits_today = left.is_none_or(|left| left.remaining >= points);
    let waiting = match left {
        // Beyond a day's points it takes as many days more.
        Some(left) if !fits_today => {
            let days = i64::try_from(points.saturating_sub(left.remaining) / left.total.max(1))
                .unwrap_or(0);
            wait_for_points(left, points.min(left.total), now)
                .saturating_add(SignedDuration::from_hours(24 * days))
        }
        _ => SignedDuration::ZERO,
    };
    let lasts = at_work.saturating_add(waiting);
    Ok(SyncPlan {
        calls,
        points,
        seconds: u64::try_from(lasts.as_secs()).unwrap_or(0).max(1),
        exact: size.exact,
        fresh,
        fits_today,
        starts: now,
        ends: now.checked_add(lasts).unwrap_or(now),
    })
}

/// How many of the products in question have details that are fresh enough.
async fn fresh(shop: &Shop, account: &AccountRow, wish: &Wish) -> Result<u64> {
    let which = match &wish.scope {
        Scope::MyProducts => Which::Mine,
        Scope::All => Which::All,
        // Which of them a list will name is known from the last time.
        scope @ (Scope::Search(_) | Scope::Category(_)) => match last(shop, scope).await? {
            Some(run) => Which::Listed(run.run),
            None => return Ok(0),
        },
        Scope::Imported | Scope::Products(_) => return Ok(0),
    };
    let (id, now, older_than) = (account.id.clone(), shop.now(), wish.older_than());
    let (_, fresh) = shop
        .store()
        .read(move |connection| sync_queue::count(connection, &id, which, older_than, now))
        .await?;
    Ok(fresh)
}

struct Size {
    rows: u64,
    exact: bool,
}

async fn size(shop: &Shop, account: &AccountRow, scope: &Scope) -> Result<Size> {
    match scope {
        Scope::MyProducts => {
            let mut line = supplier::cj::Line::new(shop, &account.id);
            let page = loop {
                let answer = line.session().await?.my_products(1, 1).await;
                if let Some(page) = line.answered(answer).await? {
                    break page;
                }
            };
            Ok(Size {
                exact: page.total.is_some(),
                rows: page.total.unwrap_or(u64::from(MY_PAGE)),
            })
        }
        Scope::Imported => {
            let id = account.id.clone();
            let rows = shop
                .store()
                .read(move |connection| products::count_of_account(connection, &id))
                .await?;
            Ok(Size { rows, exact: true })
        }
        Scope::Products(ids) => Ok(Size {
            rows: ids.len() as u64,
            exact: true,
        }),
        // A search costs points, so it is not asked: the last run of the same scope knows, or it is the most there can be.
        Scope::Search(_) | Scope::Category(_) => {
            let last = last(shop, scope).await?.map(|run| run.rows);
            Ok(Size {
                rows: last.unwrap_or(CAP),
                exact: last.is_some(),
            })
        }
        Scope::All => {
            let last = last(shop, scope).await?.map(|run| run.rows);
            let rows = match last {
                Some(rows) => rows,
                None => CAP * crate::catalog::categories(shop).await?.len() as u64,
            };
            Ok(Size {
                rows,
                exact: last.is_some(),
            })
        }
    }
}

/// The last complete run over the same.
async fn last(shop: &Shop, scope: &Scope) -> Result<Option<SyncReceipt>> {
    let runs = shop
        .store()
        .read(|connection| sync_runs::recent(connection, 200))
        .await?;
    Ok(runs
        .into_iter()
        .find(|run| run.scope == *scope && run.state == RunState::Done))
}
