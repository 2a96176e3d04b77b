//! Orders of both suppliers in one list: refreshing, opening, following parcels. Placing orders is not done here; AliExpress's,
//! which have to be named, are in `aliexpress` and `named`.

use ::cj::{Order as CjOrder, OrderQuery, OrderStatus};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod aliexpress;
mod named;
mod shape;

pub use aliexpress::{add, follow, follow_due};
pub use named::read as recognise;
use shape::{from_cj, tracked_by_cj};

use crate::accounts;
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::accounts::{self as account_rows, AccountRow, Standing};
use crate::store::orders as rows;
use crate::supplier;
use crate::views::{Event, OrderDetail, OrderEvent, OrderRow, OrderState, Page, Supplier};

/// Orders a page: what a program of CJ's own asks for at most.
const PAGE: u32 = 50;
/// Pages of a state read at most when orders are refreshed; older ones do not change any more.
const PAGES: u32 = 40;

/// What the events of parcels are called.
const TRACKING: &str = "tracking";

/// Which orders to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields, rename = "OrderQuery")]
pub struct OrderListQuery {
    /// One supplier only.
    pub supplier: Option<Supplier>,
    /// One state only.
    pub state: Option<OrderState>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Rows a page, 1 to 500; 50 unless told.
    pub limit: Option<u32>,
}

/// One page of the orders here, newest first.
///
/// # Errors
/// Those of the database.
pub async fn list(shop: &Shop, query: OrderListQuery) -> Result<Page<OrderRow>> {
    let filter = rows::Filter {
        supplier: query.supplier,
        state: query.state,
        after: query.after,
        limit: query.limit.unwrap_or(50).clamp(1, 500),
    };
    shop.store()
        .read(move |connection| rows::page(connection, &filter))
        .await
}

/// Asks every account for what is new: CJ's orders of every state, AliExpress's orders that are known and open (it has no
/// list of orders). Returns how many were seen.
///
/// # Errors
/// `NotConnected` when neither supplier is connected; what a supplier answered when nothing came from any.
pub async fn refresh(shop: &Shop) -> Result<u64> {
    let mut seen = 0;
    let mut asked = false;
    let mut trouble = None;
    let mut known = shop.store().read(account_rows::all).await?;
    known.retain(|account| account.standing != Standing::NotConnected);
    for account in known {
        asked = true;
        let outcome = match account.supplier {
            Supplier::Cj => refresh_cj(shop, &account).await,
            Supplier::Aliexpress => aliexpress::refresh(shop, &account).await,
        };
        match outcome {
            Ok(count) => seen += count,
            // One account's trouble does not cost the others' orders.
            Err(error) => trouble = Some(error),
        }
    }
    if seen > 0 {
        shop.tell(Event::OrdersChanged);
    }
    match trouble {
        Some(error) if seen == 0 => Err(error),
        None if !asked => Err(Error::new(
            Code::NotConnected,
            "neither supplier is connected",
        )),
        _ => Ok(seen),
    }
}

async fn refresh_cj(shop: &Shop, account: &AccountRow) -> Result<u64> {
    // CJ's documentation gives CANCELLED as the default state: each is named, or orders would be missed.
    let mut line = supplier::cj::Line::new(shop, &account.id);
    let mut seen = 0;
    for status in OrderStatus::ALL {
        for page in 1..=PAGES {
            let query = OrderQuery {
                page,
                size: PAGE,
                status: Some(status),
            };
            let orders = loop {
                let answer = line.session().await?.orders(&query).await;
                if let Some(orders) = line.answered(answer).await? {
                    break orders;
                }
            };
            let (count, total) = (orders.items.len() as u64, orders.total);
            let news = keep(shop, account, orders.items).await?;
            seen += count;
            let all_read = total.is_none_or(|total| u64::from(page) * u64::from(PAGE) >= total);
            // Delivered and cancelled orders stay as they are: once a page brings nothing new, older ones will not either.
            let settled =
                matches!(status, OrderStatus::Delivered | OrderStatus::Cancelled) && !news;
            if count == 0 || all_read || settled {
                break;
            }
        }
    }
    Ok(seen)
}

/// Keeps CJ's orders; true when an owner would see a difference.
async fn keep(shop: &Shop, account: &AccountRow, orders: Vec<CjOrder>) -> Result<bool> {
    let now = shop.now();
    let details: Vec<OrderDetail> = orders
        .into_iter()
        .map(|order| from_cj(order, &account.id, now))
        .collect();
    shop.store()
        .write(move |tx| {
            let mut news = false;
            for order in &details {
                news |= rows::put(tx, order)?;
            }
            Ok(news)
        })
        .await
}

/// One order. An order that is not here is asked for: AliExpress's are only known once they are named.
///
/// # Errors
/// `NotFound` when the supplier does not have it either; what the supplier answered.
pub async fn show(shop: &Shop, supplier: Option<Supplier>, order_id: &str) -> Result<OrderDetail> {
    let id = order_id.trim().to_owned();
    if id.is_empty() {
        return Err(Error::new(Code::BadInput, "no order number was given"));
    }
    let find = |id: String| {
        shop.store()
            .read(move |connection| rows::get(connection, supplier, &id))
    };
    let mut found = find(id.clone()).await?;
    if found.is_none() {
        fetch(shop, supplier, &id).await?;
        found = find(id).await?;
    }
    let mut order =
        found.ok_or_else(|| Error::new(Code::NotFound, format!("no order {order_id:?}")))?;
    order.supplier_url = Some(match order.order.supplier {
        Supplier::Aliexpress => {
            format!(
                "https://www.aliexpress.com/p/order/detail.html?orderId={}",
                order.order.order_id
            )
        }
        Supplier::Cj => "https://www.cjdropshipping.com/myCJ.html#/myOrder".to_owned(),
    });
    Ok(order)
}

async fn fetch(shop: &Shop, supplier: Option<Supplier>, id: &str) -> Result<()> {
    // Sixteen digits are AliExpress's; CJ's have eighteen and more, and a shop's own number may be anything.
    let looks_like_aliexpress = id.len() <= 17 && id.chars().all(|letter| letter.is_ascii_digit());
    let supplier = supplier.unwrap_or(if looks_like_aliexpress {
        Supplier::Aliexpress
    } else {
        Supplier::Cj
    });
    let account = accounts::pick(shop, supplier, None).await?;
    match supplier {
        Supplier::Aliexpress => aliexpress::fetch(shop, &account, id).await.map(|_| ()),
        Supplier::Cj => {
            let mut line = supplier::cj::Line::new(shop, &account.id);
            let order = loop {
                let answer = line.session().await?.order(id).await;
                if let Some(order) = line.answered(answer).await? {
                    break order;
                }
            };
            keep(shop, &account, vec![order]).await.map(|_| ())
        }
    }
}

/// Asks where the parcels of an order are, keeps it, and returns the order's story.
///
/// # Errors
/// `NotFound`, or what the supplier answered.
pub async fn track(
    shop: &Shop,
    supplier: Option<Supplier>,
    order_id: &str,
) -> Result<Vec<OrderEvent>> {
    let mut order = show(shop, supplier, order_id).await?;
    let account = accounts::pick(shop, order.order.supplier, Some(&order.order.account)).await?;
    let events = match order.order.supplier {
        Supplier::Cj => {
            let numbers = order.order.tracking_numbers.clone();
            if numbers.is_empty() {
                return Ok(order.timeline);
            }
            let mut line = supplier::cj::Line::new(shop, &account.id);
            let tracks = loop {
                let answer = line.session().await?.track(&numbers).await;
                if let Some(tracks) = line.answered(answer).await? {
                    break tracks;
                }
            };
            tracks.into_iter().map(tracked_by_cj).collect()
        }
        Supplier::Aliexpress => aliexpress::track(shop, &account, &mut order.order).await?,
    };
    order.timeline.retain(|event| event.what != TRACKING);
    order.timeline.extend::<Vec<OrderEvent>>(events);
    // What has no time of its own is how things stand now.
    order
        .timeline
        .sort_by_key(|event| (event.at.is_none(), event.at));
    let kept = order.clone();
    shop.store().write(move |tx| rows::put(tx, &kept)).await?;
    Ok(order.timeline)
}
