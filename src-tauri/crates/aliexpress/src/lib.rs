//! Client library for the AliExpress Open Platform as a dropshipper uses it: authorization, tokens, products, search,
//! freight, orders and tracking.
//!
//! It speaks to one gateway (`https://api-sg.aliexpress.com` in production): system calls under `/rest/auth/token/…`,
//! business calls under `/sync`. It keeps nothing, retries nothing and paces nothing: the caller does, guided by
//! [`Error::retry_helps`] and [`Error::retry_after`]. The clock, the HTTP client and the base address come in as arguments.
//!
//! Not for affiliates' calls and not for placing or paying orders.
//!
//! Statements about the supplier marked "measured live" come from answers of the real gateway that were published by
//! their recipients; "AliExpress docs" is the reference on openservice.aliexpress.com.

mod auth;
mod benefit;
mod client;
mod codes;
mod envelope;
mod error;
mod fields;
mod freight;
mod order;
mod product;
mod search;
mod session;
mod sign;
mod tokens;
mod tracking;

pub use benefit::Benefit;
pub use client::{App, Client, Clock};
pub use error::{Class, Error, Result};
pub use freight::{FreightOption, FreightQuery};
pub use order::{Line, Money, Order, Shipment, Stage};
pub use product::{
    NOT_SOLD_IN_COUNTRY, Package, Product, ProductQuery, SaleStatus, Store, Variant,
};
pub use search::{SearchItem, SearchPage, SearchQuery, SearchSort};
pub use session::{OURS, Session};
pub use sign::sign;
pub use tokens::{AppStatus, Tokens};
pub use tracking::{Parcel, ParcelItem, TrackingEvent};

/// The methods this client calls, by the names the gateway counts and bans them under.
pub mod method {
    pub use crate::benefit::METHOD as MEMBER_BENEFIT;
    pub use crate::freight::METHOD as FREIGHT;
    pub use crate::order::METHOD as ORDER;
    pub use crate::product::METHOD as PRODUCT;
    pub use crate::search::METHOD as SEARCH;
    pub use crate::tracking::METHOD as TRACKING;
}

/// The gateway of production.
pub const PRODUCTION: &str = "https://api-sg.aliexpress.com";
