//! A client library for the CJ Dropshipping API 2.0: keys and tokens, categories, products, stock, orders, tracking, freight.
//!
//! It speaks CJ and nothing else: it keeps no secret, owns no database, reads no clock and no environment. The caller brings
//! the HTTP client, the address and the [`Pace`]; what comes back is typed, and what CJ refuses is an [`Error`] whose
//! [`Class`] says what an owner can do about it. An empty or unreadable answer is an error, never an empty product.
//!
//! Facts about CJ in the comments come from CJ's API documentation and from what published client programs report of live
//! answers; where the two differ, both forms are read.
//!
//! ```no_run
//! # async fn example(http: reqwest::Client, pasted: &str) -> cj::Result<()> {
//! use std::sync::Arc;
//! use rust_decimal::Decimal;
//!
//! let Some(key) = cj::key::recognise(pasted, None).as_api_key() else { return Ok(()) };
//! let base = url::Url::parse("https://developers.cjdropshipping.com").expect("an address");
//! // One call a second, a fifth of a second apart from CJ's clock: what a free account can do.
//! let pace = Arc::new(cj::InProcessPace::new(Decimal::ONE, Decimal::new(2, 1)));
//! let client = cj::Client::new(http, base, pace);
//! let session = client.session(client.exchange_api_key(&key).await?.access_token);
//! for listed in session.my_products(1, 50).await?.items {
//!     let product = session.product(&listed.pid, true).await?;
//!     println!("{}: {} variants", product.title, product.variants.len());
//! }
//! # Ok(())
//! # }
//! ```

mod auth;
mod category;
mod client;
mod codes;
mod envelope;
mod error;
pub mod key;
mod logistics;
mod number;
mod oauth;
mod order;
mod pace;
mod points;
mod price;
mod product;
mod row;
mod setting;
mod stock;
mod time;

pub use auth::Tokens;
pub use category::Category;
pub use client::{Client, LONGEST_WAIT, Session};
pub use codes::{CODES, class_of};
pub use error::{Class, Error, Result};
pub use logistics::{FreightLine, FreightOption, FreightQuery, Track};
pub use order::{Order, OrderLine, OrderPage, OrderQuery, OrderStatus, Recipient};
pub use pace::{Call, InProcessPace, Outcome, Pace, Turn};
pub use points::{PointsInfo, points_of};
pub use price::PriceRange;
pub use product::{
    ListPage, ListQuery, ListV2Query, ListedProduct, MOST_ROWS, OptionValue, Product, Variant,
};
pub use setting::{QuotaLimit, QuotaPeriod, Settings};
pub use stock::{Inventory, ProductStock};
