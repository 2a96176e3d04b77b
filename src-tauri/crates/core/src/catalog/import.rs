//! Finding AliExpress products and taking them into the catalogue. Each item has its own result, so that one wrong link
//! does not cost the others.

use aliexpress::{SearchQuery, method};
use std::sync::Arc;
use url::Url;

use super::item::{Item, id_in, is_aliexpress, parse};
use super::{Wanted, from_aliexpress, show};
use crate::accounts;
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::accounts::{AccountRow, Standing};
use crate::store::intake::{self, Origin};
use crate::store::products;
use crate::supplier;
use crate::views::{ImportResult, ProductRow, Supplier, SupplierHit};

/// How often a share link may lead on to another address.
const HOPS: usize = 5;
/// Hits a page: what AliExpress's search is seen to give at most.
const HITS: u32 = 50;

/// Searches at AliExpress. Nothing is kept.
///
/// # Errors
/// `NotConnected`, or what AliExpress answered.
pub async fn search_aliexpress(
    shop: &Shop,
    words: &str,
    wanted: &Wanted,
    page: u32,
) -> Result<Vec<SupplierHit>> {
    let account = connected(shop, wanted).await?;
    let query = SearchQuery {
        words: words.trim().to_owned(),
        ship_to: wanted.ship_to.clone(),
        currency: wanted.currency.clone(),
        language: wanted.language.clone(),
        page: page.max(1),
        page_size: HITS,
        sort: aliexpress::SearchSort::Orders,
    };
    if query.words.is_empty() {
        return Err(Error::new(Code::BadInput, "no words to search for"));
    }
    let mut line = supplier::aliexpress::Line::new(shop, &account, method::SEARCH).await?;
    let found = loop {
        let answer = line.session().await?.text_search(&query).await;
        if let Some(found) = line.answered(answer).await? {
            break found;
        }
    };
    let id = account.id.clone();
    shop.store()
        .read(move |connection| {
            found
                .items
                .into_iter()
                .map(|item| {
                    Ok(SupplierHit {
                        imported: products::has(connection, &id, &item.product_id)?,
                        url: Some(from_aliexpress::page_of(&item.product_id)),
                        product_id: item.product_id,
                        title: item.title,
                        image: item.image,
                        price: item.price,
                        currency: item.currency,
                        orders: item.orders,
                        score: item.score.map(|score| score.to_string()),
                    })
                })
                .collect()
        })
        .await
}

/// Imports products by id, address or share link, one after the other.
///
/// # Errors
/// Only what concerns all items: `NotConnected`, the keychain, the database. What befell an item is in its result.
pub async fn import(shop: &Shop, items: &[String], wanted: &Wanted) -> Result<Vec<ImportResult>> {
    let account = connected(shop, wanted).await?;
    let mut results = Vec::new();
    for item in items
        .iter()
        .map(|item| item.trim())
        .filter(|item| !item.is_empty())
    {
        let mut result = ImportResult {
            item: item.to_owned(),
            product_id: None,
            product: None,
            error: None,
        };
        match one(shop, &account, item, wanted, &mut result.product_id).await {
            Ok(product) => result.product = Some(product),
            Err(error) if concerns_all(&error) => return Err(error),
            Err(error) => result.error = Some(error.view()),
        }
        results.push(result);
    }
    Ok(results)
}

fn concerns_all(error: &Error) -> bool {
    matches!(
        error.code,
        Code::NotConnected
            | Code::ReconnectNeeded
            | Code::KeychainUnavailable
            | Code::DatabaseCorrupt
            | Code::Disk
            | Code::WrongKey
            | Code::WrongSecret
    )
}

async fn one(
    shop: &Shop,
    account: &AccountRow,
    item: &str,
    wanted: &Wanted,
    found: &mut Option<String>,
) -> Result<ProductRow> {
    let id = match parse(item)? {
        Item::Id(id) => id,
        Item::Share(url) => follow(shop, url).await?,
    };
    *found = Some(id.clone());
    let detailed = from_aliexpress::fetch(shop, account, &id, wanted, Arc::default()).await?;
    let (now, owner) = (shop.now(), account.id.clone());
    // AliExpress may answer under another id (`main_product_id`); the catalogue keeps the one it answered with.
    let kept = detailed.listed.product_id.clone();
    shop.store()
        .write(move |tx| {
            let origin = Origin {
                supplier: Supplier::Aliexpress,
                account: &owner,
                run: None,
                now,
            };
            intake::put_detailed(tx, origin, &detailed)
        })
        .await?;
    *found = Some(kept.clone());
    Ok(show(shop, Some(Supplier::Aliexpress), &kept).await?.product)
}

async fn connected(shop: &Shop, wanted: &Wanted) -> Result<AccountRow> {
    let account = accounts::pick(shop, Supplier::Aliexpress, wanted.account.as_deref()).await?;
    if account.standing == Standing::NotConnected {
        return Err(Error::new(
            Code::NotConnected,
            "AliExpress is not connected",
        ));
    }
    Ok(account)
}

/// Reads where a share link leads, without loading any page and without leaving AliExpress.
async fn follow(shop: &Shop, mut url: Url) -> Result<String> {
    for _ in 0..HOPS {
        let answer = shop.http().get(url.clone()).send().await;
        let answer = answer.map_err(|error| {
            Error::new(
                Code::Network,
                format!("share link: {}", error.without_url()),
            )
        })?;
        let to = answer
            .headers()
            .get("location")
            .and_then(|value| value.to_str().ok());
        let Some(next) = to.and_then(|to| url.join(to).ok()) else {
            break;
        };
        if let Some(id) = id_in(&next) {
            return Ok(id);
        }
        if next.scheme() != "https" || !next.host_str().is_some_and(is_aliexpress) {
            break;
        }
        url = next;
    }
    Err(Error::new(
        Code::NotFound,
        "this share link does not lead to a product",
    ))
}
