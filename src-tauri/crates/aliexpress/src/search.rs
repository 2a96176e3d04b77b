//! `aliexpress.ds.text.search`: products by words.
//!
//! Not for one product's variants and stock (`product`).

use rust_decimal::Decimal;

use crate::envelope::{self, Reply};
use crate::error::{Class, Error, Result};
use crate::fields::Fields;
use crate::session::Session;

/// The method of this module.
pub const METHOD: &str = "aliexpress.ds.text.search";

/// The largest page clients are known to have used.
const LARGEST_PAGE: u32 = 50;

/// What to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    /// The words.
    pub words: String,
    /// ISO 3166 two letters, upper case.
    pub ship_to: String,
    /// ISO 4217.
    pub currency: String,
    /// Such as `en_US`.
    pub language: String,
    /// From 1.
    pub page: u32,
    /// 1 to 50; brought into that range.
    pub page_size: u32,
    /// The order.
    pub sort: SearchSort,
}

/// How hits are ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SearchSort {
    /// Most ordered first.
    #[default]
    Orders,
    /// Cheapest first.
    PriceUp,
    /// Dearest first.
    PriceDown,
    /// Most commented first.
    Comments,
}

impl SearchSort {
    fn as_sent(self) -> &'static str {
        match self {
            Self::Orders => "orders,desc",
            Self::PriceUp => "min_price,asc",
            Self::PriceDown => "min_price,desc",
            Self::Comments => "comments,desc",
        }
    }
}

/// A page of hits.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchPage {
    /// The hits of this page.
    pub items: Vec<SearchItem>,
    /// How many there are in all.
    pub total: u64,
}

/// One hit.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchItem {
    /// The product's id.
    pub product_id: String,
    /// Its title.
    pub title: String,
    /// One picture.
    pub image: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// What it costs now, in `currency`.
    pub price: Option<Decimal>,
    /// What it is said to cost otherwise, in `currency`.
    pub list_price: Option<Decimal>,
    /// ISO 4217, of both prices.
    pub currency: Option<String>,
    /// How often ordered, as written (`5,000+`).
    pub orders: Option<String>,
    /// Stars out of five, as written (`4.5`).
    pub score: Option<String>,
}

impl Session {
    /// A page of products that fit the words. No hit is no error.
    ///
    /// # Errors
    /// Those of every call.
    pub async fn text_search(&self, q: &SearchQuery) -> Result<SearchPage> {
        let params = [
            ("keyWord", q.words.trim().to_owned()),
            ("countryCode", q.ship_to.clone()),
            ("currency", q.currency.clone()),
            ("local", q.language.clone()),
            ("pageIndex", q.page.max(1).to_string()),
            ("pageSize", q.page_size.clamp(1, LARGEST_PAGE).to_string()),
            // Optional by the docs, but without it NGSELECTION_SEARCH_ERROR came back (measured live).
            ("sortBy", q.sort.as_sent().to_owned()),
        ];
        read(METHOD, &self.business(METHOD, params).await?, &q.currency)
    }
}

pub(crate) fn read(api: &str, reply: &Reply, asked_currency: &str) -> Result<SearchPage> {
    envelope::check_status(api, reply)?;
    let body = Fields(&reply.body);
    let data = body.get("data");
    if data.0.is_null() && body.text("code").is_none() {
        return Err(Error::new(
            Class::Answer,
            "the answer has neither data nor code",
        ));
    }
    let items: Vec<SearchItem> = data
        .list("products")
        .filter_map(|hit| item(hit, asked_currency))
        .collect();
    let total = data
        .int("totalCount")
        .and_then(|total| u64::try_from(total).ok());
    Ok(SearchPage {
        total: total.unwrap_or(items.len() as u64),
        items,
    })
}

fn item(hit: Fields<'_>, asked_currency: &str) -> Option<SearchItem> {
    // `targetSalePrice` is in the currency asked for; `salePrice` usually in yuan (measured live).
    let (price, list_price, currency) = match hit.decimal("targetSalePrice") {
        Some(price) => {
            let currency = ["targetSalePriceCurrency", "targetOriginalPriceCurrency"];
            let currency = currency.iter().find_map(|key| hit.text(key));
            let currency = currency.or_else(|| Some(asked_currency.to_owned()));
            (Some(price), hit.decimal("targetOriginalPrice"), currency)
        }
        None => (
            hit.decimal("salePrice")
                .filter(|_| hit.text("salePriceCurrency").is_some()),
            None,
            hit.text("salePriceCurrency"),
        ),
    };
    Some(SearchItem {
        product_id: hit.text("itemId")?,
        title: hit.text("title").unwrap_or_default(),
        image: hit.link("itemMainPic"),
        url: hit.link("itemUrl"),
        price,
        list_price,
        currency,
        orders: hit.text("orders"),
        score: hit.text("score"),
    })
}
