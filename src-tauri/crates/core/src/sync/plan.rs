//! What a sync would cost: calls, points, time, before anything that costs is asked.

use jiff::SignedDuration;

use super::budget::{refilled, spacing_us, wait_for_points};
use super::cursor::{CAP, MY_PAGE, SEARCH_PAGE};
use crate::accounts;
use crate::error::Result;
use crate::shop::Shop;
use crate::store::accounts::AccountRow;
use crate::store::{paces, products, sync_runs};
use crate::supplier;
use crate::views::{Scope, Supplier, SyncPlan};

/// Points of a search page, of a product's details (CJ documentation, "points"); "my products" is free.
const SEARCH_POINTS: u64 = 50;
const DETAIL_POINTS: u64 = 10;

/// Works out the cost. Makes at most one call, and none that costs points.
///
/// # Errors
/// `NotConnected`, or what the supplier answered to the free call.
pub async fn plan(shop: &Shop, scope: &Scope, details: bool) -> Result<SyncPlan> {
    let supplier = if *scope == Scope::Imported {
        Supplier::Aliexpress
    } else {
        Supplier::Cj
    };
    let account = accounts::pick(shop, supplier, None).await?;
    let size = size(shop, &account, scope).await?;
    let (pages, page_points) = match scope {
        Scope::MyProducts => (size.rows.div_ceil(u64::from(MY_PAGE)).max(1), 0),
        Scope::Imported => (0, 0),
        _ => (
            size.rows.div_ceil(u64::from(SEARCH_PAGE)).max(1),
            SEARCH_POINTS,
        ),
    };
    let opened = if details || *scope == Scope::Imported {
        size.rows
    } else {
        0
    };
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
        fits_today,
        starts: now,
        ends: now.checked_add(lasts).unwrap_or(now),
    })
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
        // A search costs points, so it is not asked: the last run of the same scope knows, or it is the most there can be.
        Scope::Search(_) | Scope::Category(_) => {
            let last = last_rows(shop, scope).await?;
            Ok(Size {
                rows: last.unwrap_or(CAP),
                exact: last.is_some(),
            })
        }
        Scope::All => {
            let last = last_rows(shop, scope).await?;
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

async fn last_rows(shop: &Shop, scope: &Scope) -> Result<Option<u64>> {
    let runs = shop
        .store()
        .read(|connection| sync_runs::recent(connection, 200))
        .await?;
    let last = runs
        .into_iter()
        .find(|run| run.scope == *scope && run.state == crate::views::RunState::Done);
    Ok(last.map(|run| run.rows))
}
