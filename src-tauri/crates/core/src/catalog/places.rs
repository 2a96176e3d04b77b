//! Lists by position: a query is put in order once, and the rows of any place in it are a look-up.
//!
//! The order is a snapshot. While a sync brings products in, what the owner looks at stays where it is, until the list is
//! asked for anew. A few orders are kept in memory; one that was dropped is made again when it is asked for.

use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Result;
use crate::shop::Shop;
use crate::store::places;
use crate::views::{Places, ProductQuery, ProductRow};

/// Rows that come with the order itself, so that the first screen needs no second question.
const FIRST: usize = 100;
/// Rows a question, at most.
const MOST: usize = 500;
/// Ids kept in all: two lists of a million products. The list in use is kept whatever its length.
const KEPT: usize = 2_000_000;

/// The orders in memory, the one used last at the end.
#[derive(Default)]
pub(crate) struct Kept {
    orders: Mutex<Orders>,
}

#[derive(Default)]
struct Orders {
    last: u64,
    kept: Vec<(u64, Arc<[i64]>)>,
}

impl Kept {
    fn find(&self, stamp: u64) -> Option<Arc<[i64]>> {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        let at = orders.kept.iter().position(|(known, _)| *known == stamp)?;
        let used = orders.kept.remove(at);
        let ids = Arc::clone(&used.1);
        orders.kept.push(used);
        Some(ids)
    }

    /// Keeps an order under its own stamp, or a new one.
    fn keep(&self, stamp: Option<u64>, ids: Arc<[i64]>) -> u64 {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = stamp.unwrap_or(orders.last + 1);
        orders.last = orders.last.max(stamp);
        orders.kept.retain(|(known, _)| *known != stamp);
        orders.kept.push((stamp, ids));
        while orders.kept.len() > 1
            && orders.kept.iter().map(|(_, ids)| ids.len()).sum::<usize>() > KEPT
        {
            orders.kept.remove(0);
        }
        stamp
    }
}

/// Puts a query in order: how many rows there are, and the first of them.
///
/// # Errors
/// Those of the database.
pub async fn places(shop: &Shop, query: ProductQuery) -> Result<Places> {
    let (ids, items) = shop
        .store()
        .read(move |connection| {
            let _one_read = connection.unchecked_transaction()?;
            let ids: Arc<[i64]> = places::arrange(connection, &query)?.into();
            let first = ids.get(..FIRST.min(ids.len())).unwrap_or_default();
            let items = places::rows(connection, first)?;
            Ok((ids, items))
        })
        .await?;
    let count = ids.len() as u64;
    Ok(Places {
        stamp: shop.places().keep(None, ids),
        count,
        items,
    })
}

/// The rows from position `from` on, at most `limit` of them; fewer at the end.
///
/// # Errors
/// Those of the database.
pub async fn at(
    shop: &Shop,
    query: ProductQuery,
    stamp: u64,
    from: u64,
    limit: u32,
) -> Result<Vec<ProductRow>> {
    let ids = match shop.places().find(stamp) {
        Some(ids) => ids,
        None => {
            let ids: Arc<[i64]> = shop
                .store()
                .read(move |connection| {
                    let _one_read = connection.unchecked_transaction()?;
                    places::arrange(connection, &query)
                })
                .await?
                .into();
            shop.places().keep(Some(stamp), Arc::clone(&ids));
            ids
        }
    };
    shop.store()
        .read(move |connection| {
            let _one_read = connection.unchecked_transaction()?;
            let from = usize::try_from(from).unwrap_or(usize::MAX).min(ids.len());
            let end = ids.len().min(from + (limit as usize).min(MOST));
            places::rows(connection, ids.get(from..end).unwrap_or_default())
        })
        .await
}
