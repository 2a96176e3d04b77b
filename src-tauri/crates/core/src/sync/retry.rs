//! Trying again, alone, what failed in a run.

use super::{Cursor, Patience, set_off};
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::sync_runs::{self, Start};
use crate::views::{Scope, SyncReceipt};

/// Asks again for products that failed in `run`: the given ones, or all that were not mended since. It is a run of its
/// own, joined like any other when one is at work; what it brings is marked in the list of failures.
///
/// # Errors
/// `NotFound` for a run there is not, or when nothing of it failed or is left to mend; `BadInput` for a product that did
/// not fail in it.
pub async fn retry(
    shop: &Shop,
    run: i64,
    products: &[String],
    patience: Patience,
) -> Result<SyncReceipt> {
    let (of, failures) = shop
        .store()
        .read(move |connection| {
            Ok((
                sync_runs::get(connection, run)?,
                sync_runs::failures(connection, run)?,
            ))
        })
        .await?;
    let of = of.ok_or_else(|| Error::new(Code::NotFound, format!("there is no run {run}")))?;
    if let Some(stranger) = products.iter().find(|product| {
        !failures
            .iter()
            .any(|failure| failure.product_id == **product)
    }) {
        return Err(Error::new(
            Code::BadInput,
            format!("{stranger:?} did not fail in run {run}"),
        ));
    }
    let wanted: Vec<String> = failures
        .into_iter()
        .filter(|failure| {
            if products.is_empty() {
                !failure.mended
            } else {
                products.contains(&failure.product_id)
            }
        })
        .map(|failure| failure.product_id)
        .collect();
    if wanted.is_empty() {
        return Err(Error::new(
            Code::NotFound,
            format!("nothing is left to try again of run {run}"),
        ));
    }
    // Read back as it will be from the database: at most so many at once, and ids that are ids.
    let few = &wanted[..wanted.len().min(Scope::MOST_PRODUCTS)];
    let scope: Scope = format!("product:{}", few.join(",")).parse()?;
    let start = Start {
        supplier: of.supplier,
        cursor: Cursor::begin(&scope, true, None).text()?,
        account: of.account,
        scope,
        details: true,
        retry_of: Some(run),
    };
    set_off(shop, start, patience).await
}
