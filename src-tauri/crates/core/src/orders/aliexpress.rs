//! AliExpress's orders: it has no list of them, so the owner names each once; from then on they are followed until they are done.

use std::time::Duration;

use aliexpress::method;
use jiff::{SignedDuration, Timestamp};

use super::shape::{from_aliexpress, tracked_by_aliexpress};
use super::{TRACKING, named};
use crate::accounts;
use crate::catalog::Wanted;
use crate::error::{Code, Error, ErrorView, Result};
use crate::shop::Shop;
use crate::store::accounts::{AccountRow, Standing};
use crate::store::orders as rows;
use crate::supplier::aliexpress::Line;
use crate::views::{Event, OrderAdded, OrderEvent, OrderRow, OrderState, Supplier};

/// How often the background looks whether an order is due.
const ROUND: Duration = Duration::from_secs(600);
/// An order that is not done is asked for again when it was last seen this long ago.
const STALE: SignedDuration = SignedDuration::from_hours(3);

/// Fetches orders by what names them (numbers, or lines with a number in them) and keeps them, one after the other. They are
/// looked for at the account that is named, or at the connected one.
///
/// # Errors
/// Only what stops the first of them and would stop all: `NotConnected`, `Network`… What befell an item is in its result.
pub async fn add(shop: &Shop, account: Option<&str>, items: &[String]) -> Result<Vec<OrderAdded>> {
    let account = accounts::pick(shop, Supplier::Aliexpress, account).await?;
    if account.standing == Standing::NotConnected {
        return Err(Error::new(
            Code::NotConnected,
            "AliExpress is not connected",
        ));
    }
    let mut results: Vec<OrderAdded> = Vec::new();
    // What stops one call would stop the next: the rest is told the same without asking.
    let mut stopped: Option<ErrorView> = None;
    for item in items.iter().map(|item| item.trim()) {
        let outcome = match &stopped {
            _ if item.is_empty() => continue,
            Some(error) => Err(error.clone()),
            None => match one(shop, &account, item).await {
                Ok(order) => Ok(order),
                Err(error) if concerns_this_order(&error) => Err(error.view()),
                Err(error) if results.is_empty() => return Err(error),
                Err(error) => {
                    stopped = Some(error.view());
                    Err(error.view())
                }
            },
        };
        let (order, error) = match outcome {
            Ok(order) => (Some(order), None),
            Err(error) => (None, Some(error)),
        };
        results.push(OrderAdded {
            item: item.to_owned(),
            order,
            error,
        });
    }
    if results.iter().any(|result| result.order.is_some()) {
        shop.tell(Event::OrdersChanged);
    }
    Ok(results)
}

async fn one(shop: &Shop, account: &AccountRow, item: &str) -> Result<OrderRow> {
    let id = named::number(item).ok_or_else(|| {
        Error::new(
            Code::BadInput,
            "there is no AliExpress order number in this line",
        )
    })?;
    fetch(shop, account, &id).await.map(|(order, _)| order)
}

/// Whether only this order is concerned, and the next one is worth a call.
fn concerns_this_order(error: &Error) -> bool {
    matches!(
        error.code,
        Code::NotFound | Code::BadInput | Code::SupplierRefused | Code::SupplierAnswer
    )
}

/// Asks for one order and keeps it; true when an owner would see a difference.
pub(super) async fn fetch(
    shop: &Shop,
    account: &AccountRow,
    order_id: &str,
) -> Result<(OrderRow, bool)> {
    let mut line = Line::new(shop, account, method::ORDER).await?;
    let order = loop {
        let answer = line.session().await?.order(order_id).await;
        if let Some(order) = line.answered(answer).await? {
            break order;
        }
    };
    let mut detail = from_aliexpress(order, &account.id, shop.now());
    let kept = shop
        .store()
        .write(move |tx| {
            let id = detail.order.order_id.clone();
            if let Some(before) = rows::get(tx, Some(Supplier::Aliexpress), &id)? {
                // What the parcels told is not in this answer; it stays.
                let parcels = before.order.tracking_numbers.into_iter();
                let known = &mut detail.order.tracking_numbers;
                known.extend(
                    parcels
                        .filter(|number| !known.contains(number))
                        .collect::<Vec<_>>(),
                );
                let told = before.timeline.into_iter();
                detail
                    .timeline
                    .extend(told.filter(|event| event.what == TRACKING));
            }
            let news = rows::put(tx, &detail)?;
            Ok((detail.order, news))
        })
        .await?;
    Ok(kept)
}

/// Asks where the parcels of an order are.
pub(super) async fn track(
    shop: &Shop,
    account: &AccountRow,
    order: &mut OrderRow,
) -> Result<Vec<OrderEvent>> {
    let id = order.order_id.clone();
    let language = Wanted::of(shop).await?.language;
    let mut line = Line::new(shop, account, method::TRACKING).await?;
    let parcels = loop {
        let answer = line.session().await?.tracking(&id, &language).await;
        if let Some(parcels) = line.answered(answer).await? {
            break parcels;
        }
    };
    Ok(tracked_by_aliexpress(order, parcels))
}

/// Asks for every order of the account that is not done; returns how many were seen.
pub(super) async fn refresh(shop: &Shop, account: &AccountRow) -> Result<u64> {
    let mut seen = 0;
    for order in open(shop, account, None).await? {
        match fetch(shop, account, &order).await {
            Ok(_) => seen += 1,
            // Hidden from the buyer since, say. The others are still worth asking for.
            Err(error) if concerns_this_order(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(seen)
}

async fn open(
    shop: &Shop,
    account: &AccountRow,
    seen_before: Option<Timestamp>,
) -> Result<Vec<String>> {
    let id = account.id.clone();
    shop.store()
        .read(move |connection| rows::open_ids(connection, &id, seen_before))
        .await
}

/// Asks for the orders that are not done and were not seen for some hours, with the parcels of those on their way. Returns how
/// many were asked for. Leaves an account alone while another process is at it.
///
/// # Errors
/// What AliExpress answered, where it concerns more than one order; the other accounts had their turn.
pub async fn follow_due(shop: &Shop) -> Result<u64> {
    let mut asked = 0;
    let mut trouble = None;
    for account in accounts::connected(shop, Supplier::Aliexpress).await? {
        match follow_account(shop, account).await {
            Ok(count) => asked += count,
            Err(error) => trouble = Some(error),
        }
    }
    trouble.map_or(Ok(asked), Err)
}

async fn follow_account(shop: &Shop, account: AccountRow) -> Result<u64> {
    let Some(_alone) = shop.try_lock(&format!("orders-{}", account.id)).await? else {
        return Ok(0);
    };
    let before = shop.now().checked_sub(STALE).unwrap_or(Timestamp::MIN);
    let mut asked = 0;
    let mut news = false;
    let mut trouble = None;
    for id in open(shop, &account, Some(before)).await? {
        match follow_one(shop, &account, &id).await {
            Ok(changed) => news |= changed,
            Err(error) if concerns_this_order(&error) => {}
            Err(error) => {
                trouble = Some(error);
                break;
            }
        }
        asked += 1;
    }
    if news {
        shop.tell(Event::OrdersChanged);
    }
    trouble.map_or(Ok(asked), Err)
}

async fn follow_one(shop: &Shop, account: &AccountRow, id: &str) -> Result<bool> {
    let (order, mut news) = fetch(shop, account, id).await?;
    if order.state == OrderState::Shipped {
        let known = super::show(shop, Some(Supplier::Aliexpress), id).await?;
        let story = super::track(shop, Some(Supplier::Aliexpress), id).await?;
        news |= story != known.timeline;
    }
    Ok(news)
}

/// Follows orders until they are done, as long as the host runs. Ends never; the host drops it.
pub async fn follow(shop: Shop) {
    loop {
        // Windows and processes should not all wake at the same moment.
        let jitter = Duration::from_millis(u64::from(shop.random::<1>()[0]) * 200);
        shop.ports().clock.sleep(ROUND + jitter).await;
        if let Err(error) = follow_due(&shop).await {
            tracing::warn!(code = ?error.code, "orders could not be followed");
        }
    }
}
