//! The catalogue: listing, searching and opening what is here, and asking the suppliers for single products.
//!
//! A product has one shape whoever sells it: [`Listed`] is what a list knows of it, [`Detailed`] everything. How the
//! suppliers' answers become these is in `from_cj` and `from_aliexpress`. Whole passes over a supplier are `sync`.

pub(crate) mod from_aliexpress;
pub(crate) mod from_cj;
mod import;
mod item;
mod places;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

pub use import::{import, search_aliexpress};
pub(crate) use places::Kept;
pub use places::{at, places};

use crate::accounts;
use crate::alerts;
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::intake::{self, Origin};
use crate::store::{
    categories as category_rows, changes as change_rows, days as day_rows, products, search,
    settings,
};
use crate::views::{
    Category, ChangeRow, Count, Day, Page, ProductDetail, ProductQuery, ProductRow, Supplier,
    VariantRow,
};

/// What a list says of a product. What it does not say is `None` and leaves what is known alone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Listed {
    pub product_id: String,
    pub title: String,
    pub sku: Option<String>,
    pub category: Option<String>,
    pub image: Option<String>,
    /// Cheapest and dearest variant.
    pub price: Option<(Decimal, Decimal)>,
    pub currency: Option<String>,
    pub stock: Option<i64>,
    pub stock_in_warehouse: Option<i64>,
    pub on_sale: Option<bool>,
    pub listed_at: Option<Timestamp>,
}

/// What the details say of a product.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Detailed {
    pub listed: Listed,
    pub images: Vec<String>,
    pub variants: Vec<VariantRow>,
}

/// One page of the catalogue on this computer.
///
/// # Errors
/// `BadInput` for a foreign `after`; those of the database.
pub async fn list(shop: &Shop, query: ProductQuery) -> Result<Page<ProductRow>> {
    shop.store()
        .read(move |connection| search::page(connection, &query))
        .await
}

/// How many products a query finds, up to a bound.
///
/// # Errors
/// Those of the database.
pub async fn count(shop: &Shop, query: ProductQuery) -> Result<Count> {
    shop.store()
        .read(move |connection| search::count(connection, &query))
        .await
}

/// The last `count` days of the catalogue, oldest first, 1 to 366.
///
/// # Errors
/// Those of the database.
pub async fn days(shop: &Shop, count: u32) -> Result<Vec<Day>> {
    let now = shop.now();
    shop.store()
        .read(move |connection| day_rows::last(connection, count.clamp(1, 366), now))
        .await
}

/// One product with everything known of it.
///
/// # Errors
/// `NotFound` when it is not in the catalogue.
pub async fn show(
    shop: &Shop,
    supplier: Option<Supplier>,
    product_id: &str,
) -> Result<ProductDetail> {
    let id = product_id.trim().to_owned();
    let found = shop
        .store()
        .read(move |connection| products::detail(connection, supplier, &id))
        .await?;
    let mut detail = found.ok_or_else(|| {
        Error::new(
            Code::NotFound,
            format!("no product {product_id:?} in the catalogue"),
        )
    })?;
    detail.supplier_url = Some(match detail.product.supplier {
        Supplier::Aliexpress => from_aliexpress::page_of(&detail.product.product_id),
        Supplier::Cj => from_cj::page_of(&detail.product.product_id, &detail.product.title),
    });
    Ok(detail)
}

/// Asks the supplier for one product again.
///
/// # Errors
/// `NotFound` when the supplier has it no more (it is then marked, not deleted); what the supplier answered otherwise.
pub async fn refresh(shop: &Shop, supplier: Supplier, product_id: &str) -> Result<ProductDetail> {
    let known = show(shop, Some(supplier), product_id).await?;
    let row = accounts::pick(shop, supplier, Some(&known.product.account)).await?;
    let id = known.product.product_id;
    let fetched = match supplier {
        Supplier::Cj => from_cj::ask(shop, &row.id, &id).await,
        Supplier::Aliexpress => {
            let wanted = Wanted::of(shop).await?;
            from_aliexpress::fetch(shop, &row, &id, &wanted, Arc::default()).await
        }
    };
    let now = shop.now();
    match fetched {
        Ok(detailed) => {
            shop.store()
                .write(move |tx| {
                    let origin = Origin {
                        supplier,
                        account: &row.id,
                        run: None,
                        now,
                    };
                    intake::put_detailed(tx, origin, &detailed)
                })
                .await?;
            alerts::look(shop).await?;
            show(shop, Some(supplier), &id).await
        }
        Err(error) => {
            if error.code == Code::NotFound {
                let gone = from_cj::is_off_shelf(&error);
                let id = id.clone();
                shop.store()
                    .write(move |tx| {
                        let origin = Origin {
                            supplier,
                            account: &row.id,
                            run: None,
                            now,
                        };
                        intake::miss(tx, origin, &id, gone)
                    })
                    .await?;
            }
            Err(error)
        }
    }
}

/// What changed, newest first; of one supplier when it is given.
///
/// # Errors
/// `BadInput` for a foreign `after`; those of the database.
pub async fn changes(
    shop: &Shop,
    supplier: Option<Supplier>,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<ChangeRow>> {
    let after = after
        .map(|text| text.parse::<i64>())
        .transpose()
        .map_err(|_| {
            Error::new(
                Code::BadInput,
                "`after` is not the `next` of a page of changes",
            )
        })?;
    let limit = limit.clamp(1, 500);
    shop.store()
        .read(move |connection| change_rows::page(connection, None, supplier, after, limit))
        .await
}

/// CJ's categories, asked for at most once a day.
///
/// # Errors
/// `NotConnected`, or what CJ answered when there is nothing older to show.
pub async fn categories(shop: &Shop) -> Result<Vec<Category>> {
    let row = accounts::pick(shop, Supplier::Cj, None).await?;
    let id = row.id.clone();
    let (known, seen) = shop
        .store()
        .read(move |connection| category_rows::all(connection, &id))
        .await?;
    let now = shop.now();
    if seen.is_some_and(|at| now.duration_since(at) < SignedDuration::from_hours(24)) {
        return Ok(known);
    }
    match from_cj::categories(shop, &row.id).await {
        Ok(fresh) => {
            let stored = fresh.clone();
            shop.store()
                .write(move |tx| category_rows::replace(tx, &row.id, &stored, now))
                .await?;
            Ok(fresh)
        }
        Err(_) if !known.is_empty() => Ok(known),
        Err(error) => Err(error),
    }
}

/// For whom prices are asked: AliExpress's depend on country, currency and language.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// ISO 3166 two letters.
    pub ship_to: String,
    /// ISO 4217.
    pub currency: String,
    /// `fr` or `en`.
    pub language: String,
    /// Which AliExpress account asks; the connected one unless named.
    pub account: Option<String>,
}

/// The settings' keys.
const SHIP_TO: &str = "ship_to";
const CURRENCY: &str = "currency";
const LANGUAGE: &str = "language";

impl Wanted {
    /// What the owner chose, or the United States, dollars and English.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn of(shop: &Shop) -> Result<Self> {
        let get = |chosen: Option<String>, usual: &str| chosen.unwrap_or_else(|| usual.to_owned());
        shop.store()
            .read(move |connection| {
                Ok(Self {
                    ship_to: get(settings::get(connection, SHIP_TO)?, "US"),
                    currency: get(settings::get(connection, CURRENCY)?, "USD"),
                    language: get(settings::get(connection, LANGUAGE)?, "en"),
                    account: None,
                })
            })
            .await
    }

    /// Keeps a choice; `None` goes back to the usual.
    ///
    /// # Errors
    /// `BadInput` for a country or currency that is none; those of the database.
    pub async fn choose(
        shop: &Shop,
        ship_to: Option<String>,
        currency: Option<String>,
        language: &str,
    ) -> Result<()> {
        let ship_to = ship_to
            .map(|text| letters(&text, 2, "a country has two letters"))
            .transpose()?;
        let currency = currency
            .map(|text| letters(&text, 3, "a currency has three letters"))
            .transpose()?;
        let language = language.to_owned();
        shop.store()
            .write(move |tx| {
                settings::set(tx, SHIP_TO, ship_to.as_deref())?;
                settings::set(tx, CURRENCY, currency.as_deref())?;
                settings::set(tx, LANGUAGE, Some(&language))
            })
            .await
    }

    /// The same with a country or currency named for this once.
    ///
    /// # Errors
    /// `BadInput` for a country or currency that is none.
    pub fn with(mut self, ship_to: Option<&str>, currency: Option<&str>) -> Result<Self> {
        if let Some(country) = ship_to {
            self.ship_to = letters(country, 2, "a country has two letters")?;
        }
        if let Some(currency) = currency {
            self.currency = letters(currency, 3, "a currency has three letters")?;
        }
        Ok(self)
    }
}

fn letters(text: &str, count: usize, rule: &str) -> Result<String> {
    let text = text.trim().to_ascii_uppercase();
    if text.len() == count && text.chars().all(|letter| letter.is_ascii_alphabetic()) {
        Ok(text)
    } else {
        Err(Error::new(Code::BadInput, format!("{text:?}: {rule}")))
    }
}
