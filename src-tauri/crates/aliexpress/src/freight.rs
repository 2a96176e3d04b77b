//! `aliexpress.ds.freight.query`: what it costs to send a variant somewhere, and how long it takes.
//!
//! Not for the older `aliexpress.logistics.buyer.freight.calculate`.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::envelope::{self, Reply};
use crate::error::{Class, Error, Result};
use crate::fields::Fields;
use crate::session::Session;

/// The method of this module.
pub const METHOD: &str = "aliexpress.ds.freight.query";

/// A result, not a trouble: nobody sends it there.
const NO_DELIVERY: &str = "DELIVERY_NOT_AVAILABLE_TO_YOUR_ADDRESS";

/// What is to be sent where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreightQuery {
    /// The product.
    pub product_id: String,
    /// The variant.
    pub sku_id: String,
    /// How many.
    pub quantity: u32,
    /// ISO 3166 two letters, upper case.
    pub ship_to: String,
    /// ISO 4217.
    pub currency: String,
    /// Such as `en_US`; also the locale.
    pub language: String,
    /// The province's code; matters for goods sent inside one country.
    pub province_code: Option<String>,
    /// The city's code.
    pub city_code: Option<String>,
}

/// One way to send it.
#[derive(Debug, Clone, PartialEq)]
pub struct FreightOption {
    /// What an order names it by.
    pub code: String,
    /// What to show.
    pub company: Option<String>,
    /// What it costs; zero when free, `None` when the supplier did not say.
    pub fee: Option<Decimal>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// Days, at the least.
    pub min_days: Option<i64>,
    /// Days, at the most.
    pub max_days: Option<i64>,
    /// Days after which the buyer is paid back.
    pub guaranteed_days: Option<i64>,
    /// Where it is sent from, ISO 3166 two letters.
    pub ship_from: Option<String>,
    /// Whether it can be followed.
    pub tracked: Option<bool>,
    /// How many lie where it is sent from.
    pub stock: Option<i64>,
}

impl Session {
    /// The ways to send a variant; an empty list when nobody sends it there.
    ///
    /// # Errors
    /// `NotFound` when the product is wrong.
    pub async fn freight(&self, q: &FreightQuery) -> Result<Vec<FreightOption>> {
        let mut request = json!({
            "quantity": q.quantity.max(1).to_string(),
            "shipToCountry": q.ship_to,
            "productId": q.product_id,
            "selectedSkuId": q.sku_id,
            "language": q.language,
            "locale": q.language,
            "currency": q.currency,
        });
        for (name, value) in [
            ("provinceCode", &q.province_code),
            ("cityCode", &q.city_code),
        ] {
            if let (Some(value), Value::Object(request)) = (value, &mut request) {
                request.insert(name.to_owned(), value.clone().into());
            }
        }
        let params = [("queryDeliveryReq", request.to_string())];
        read(METHOD, &self.business(METHOD, params).await?)
    }
}

pub(crate) fn read(api: &str, reply: &Reply) -> Result<Vec<FreightOption>> {
    let result = Fields(&reply.body).get("result");
    if result.0.is_null() {
        envelope::check_status(api, reply)?;
        return Err(Error::new(Class::Answer, "the answer has no result"));
    }
    let code = result.text("code").unwrap_or_default();
    let message = result.text("msg").unwrap_or_default();
    let failed = result.flag("success") == Some(false)
        || (!code.is_empty() && !envelope::is_ok(&code) && result.flag("success") != Some(true));
    if failed {
        if [&code, &message]
            .iter()
            .any(|word| word.contains(NO_DELIVERY))
        {
            return Ok(Vec::new());
        }
        return Err(envelope::refused_inside(api, reply, code, message));
    }
    let options = result.list("delivery_options").filter_map(|option| {
        let free = option.flag("free_shipping") == Some(true);
        Some(FreightOption {
            code: option.text("code")?,
            company: option.text("company"),
            // `shipping_fee_cent` holds whole units with decimals ("1.99"), for all its name says (measured live).
            fee: if free {
                Some(Decimal::ZERO)
            } else {
                option.decimal("shipping_fee_cent")
            },
            currency: option.text("shipping_fee_currency"),
            min_days: option.int("min_delivery_days"),
            max_days: option.int("max_delivery_days"),
            guaranteed_days: option.int("guaranteed_delivery_days"),
            ship_from: option.text("ship_from_country"),
            tracked: option.flag("tracking"),
            stock: option.int("available_stock"),
        })
    });
    Ok(options.collect())
}
