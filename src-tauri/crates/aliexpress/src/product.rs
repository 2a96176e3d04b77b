//! `aliexpress.ds.product.get`: one product with its variants, prices and stock for one country and currency.
//!
//! Not for wholesale prices and feeds.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::envelope::{self, Reply};
use crate::error::{Class, Error, Result};
use crate::fields::{Fields, complete_link};
use crate::session::Session;

/// The method of this module.
pub const METHOD: &str = "aliexpress.ds.product.get";

/// The code of a `Param` error that says: the product exists, but is not sold in the country asked for.
pub const NOT_SOLD_IN_COUNTRY: &str = "602";

/// Which product, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductQuery {
    /// The product's id.
    pub product_id: String,
    /// ISO 3166 two letters, upper case.
    pub ship_to: String,
    /// ISO 4217.
    pub currency: String,
    /// Such as `en` or `en_US`.
    pub language: String,
}

/// Whether a product can be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaleStatus {
    /// On sale.
    OnSale,
    /// Taken off sale, for now or for good.
    OffSale,
}

/// A product.
#[derive(Debug, Clone, PartialEq)]
pub struct Product {
    /// Its id.
    pub product_id: String,
    /// Its title, in the language asked for if there is one.
    pub title: String,
    /// Its category's id.
    pub category_id: Option<String>,
    /// Whether it can be ordered.
    pub status: SaleStatus,
    /// The same in the supplier's word (`onSelling`).
    pub raw_status: Option<String>,
    /// ISO 4217, of the variants' prices. The currency of the product itself is left out: it is the seller's.
    pub currency: Option<String>,
    /// Pictures, the main one first.
    pub images: Vec<String>,
    /// Everything that can be ordered.
    pub variants: Vec<Variant>,
    /// As it is sent.
    pub package: Package,
    /// Who sells it.
    pub store: Option<Store>,
    /// Days to deliver to the country asked for.
    pub delivery_time: Option<i64>,
    /// The description, HTML by the seller: not to be shown unfiltered.
    pub detail_html: Option<String>,
    /// How often sold, as written (`5000+`).
    pub sales: Option<String>,
    /// Stars out of five, as written.
    pub rating: Option<String>,
    /// The id under which the same product is sold in other countries, by country (`US`).
    pub ids_by_country: BTreeMap<String, String>,
}

/// A variant of a product.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its id; larger than what a float holds.
    pub sku_id: String,
    /// What an order names it by (`14:350853#Black;5:361386`); empty when there is only one.
    pub sku_attr: String,
    /// What the buyer pays, freight apart: the offer's price, or the list price without an offer.
    pub price: Option<Decimal>,
    /// The list price.
    pub list_price: Option<Decimal>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// Whether the price includes tax.
    pub price_includes_tax: Option<bool>,
    /// How many can be ordered.
    pub stock: Option<i64>,
    /// What tells it apart, as name and value (`Color`, `Black`).
    pub options: Vec<(String, String)>,
    /// Its picture.
    pub image: Option<String>,
    /// EAN, if the seller gave one.
    pub ean: Option<String>,
    /// The smallest quantity of every bulk price, with the price.
    pub bulk_prices: Vec<(i64, Decimal)>,
}

/// A product's package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Package {
    /// Kilograms.
    pub weight_kg: Option<Decimal>,
    /// Centimetres.
    pub length_cm: Option<Decimal>,
    /// Centimetres.
    pub width_cm: Option<Decimal>,
    /// Centimetres.
    pub height_cm: Option<Decimal>,
}

/// A seller's store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Where it is, ISO 3166 two letters.
    pub country: Option<String>,
}

impl Session {
    /// A product as sold to one country.
    ///
    /// # Errors
    /// `NotFound` when it is gone; `Param` with code [`NOT_SOLD_IN_COUNTRY`]; `Server` for the supplier's "System Error",
    /// which has the number 404 there and says nothing about the product.
    pub async fn product(&self, q: &ProductQuery) -> Result<Product> {
        let params = [
            ("product_id", q.product_id.clone()),
            ("ship_to_country", q.ship_to.clone()),
            ("target_currency", q.currency.clone()),
            ("target_language", q.language.clone()),
        ];
        read(METHOD, &self.business(METHOD, params).await?, &q.currency)
    }
}

pub(crate) fn read(api: &str, reply: &Reply, asked_currency: &str) -> Result<Product> {
    envelope::check_status(api, reply)?;
    let strange = |what: &str| {
        let error = Error::new(Class::Answer, format!("the answer has no {what}"));
        Error {
            request_id: reply.request_id.clone(),
            ..error
        }
    };
    let result = Fields(&reply.body).get("result");
    let base = result.get("ae_item_base_info_dto");
    let converter = result.get("product_id_converter_result");
    let product_id = base
        .text("product_id")
        .or_else(|| converter.text("main_product_id"))
        .ok_or_else(|| strange("product_id"))?;
    let variants = result
        .list("ae_item_sku_info_dtos")
        .map(|sku| variant(sku, asked_currency).ok_or_else(|| strange("sku_id for every variant")))
        .collect::<Result<Vec<_>>>()?;
    let raw_status = base.text("product_status_type");
    // The word for "on sale" is known, those for the rest are many; without any word the product came, so it is there.
    let status = match raw_status.as_deref() {
        None => SaleStatus::OnSale,
        Some(word) if word.eq_ignore_ascii_case("onSelling") => SaleStatus::OnSale,
        Some(_) => SaleStatus::OffSale,
    };
    let package = result.get("package_info_dto");
    let store = result.get("ae_store_info");
    let images = result
        .get("ae_multimedia_info_dto")
        .text("image_urls")
        .unwrap_or_default();
    Ok(Product {
        product_id,
        title: base.text("subject").unwrap_or_default(),
        category_id: base.text("category_id"),
        status,
        raw_status,
        currency: variants.iter().find_map(|variant| variant.currency.clone()),
        images: images
            .split(';')
            .map(str::trim)
            .filter(|image| !image.is_empty())
            .map(complete_link)
            .collect(),
        variants,
        package: Package {
            weight_kg: package.decimal("gross_weight"),
            length_cm: package.decimal("package_length"),
            width_cm: package.decimal("package_width"),
            height_cm: package.decimal("package_height"),
        },
        store: store.text("store_id").map(|id| Store {
            id,
            name: store.text("store_name"),
            country: store.text("store_country_code"),
        }),
        delivery_time: result.get("logistics_info_dto").int("delivery_time"),
        detail_html: base.text("detail"),
        sales: base.text("sales_count"),
        rating: base.text("avg_evaluation_rating"),
        ids_by_country: ids_by_country(converter.get("sub_product_id")),
    })
}

fn variant(sku: Fields<'_>, asked_currency: &str) -> Option<Variant> {
    let list_price = sku.decimal("sku_price");
    let price = sku.decimal("offer_sale_price").or(list_price);
    let properties: Vec<Fields<'_>> = sku.list("ae_sku_property_dtos").collect();
    let bulk_prices = sku
        .list("wholesale_price_tiers")
        .filter_map(|tier| Some((tier.int("min_quantity")?, tier.decimal("wholesale_price")?)));
    Some(Variant {
        sku_id: sku.text("sku_id")?,
        sku_attr: sku.text("sku_attr").unwrap_or_default(),
        price,
        list_price,
        // Prices come in the currency asked for, so that is what a missing one means.
        currency: sku.text("currency_code").or_else(|| {
            Some(asked_currency)
                .filter(|c| !c.is_empty())
                .map(str::to_owned)
        }),
        price_includes_tax: sku.flag("price_include_tax"),
        stock: sku.int("sku_available_stock"),
        options: properties
            .iter()
            .filter_map(|property| option(*property))
            .collect(),
        image: properties
            .iter()
            .find_map(|property| property.link("sku_image")),
        ean: sku.text("ean_code"),
        bulk_prices: bulk_prices.collect(),
    })
}

/// Name and value of one property. The seller's own word for the value (`Dog`) is what shoppers see; the catalogue's
/// (`Yellow`) stands in for it (measured live).
fn option(property: Fields<'_>) -> Option<(String, String)> {
    let value = property
        .text("property_value_definition_name")
        .or_else(|| property.text("sku_property_value"))?;
    Some((
        property.text("sku_property_name").unwrap_or_default(),
        value,
    ))
}

/// `{"US":3256807990906987}`, which comes as JSON inside a string (measured live) or as the object itself.
fn ids_by_country(ids: Fields<'_>) -> BTreeMap<String, String> {
    let parsed = match ids.0 {
        Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
        other => other.clone(),
    };
    let ids = Fields(&parsed);
    let countries = parsed.as_object().into_iter().flat_map(|map| map.keys());
    countries
        .filter_map(|country| Some((country.clone(), ids.text(country)?)))
        .collect()
}
