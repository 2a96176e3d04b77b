//! `aliexpress.ds.product.get`, with its lists wrapped in oddly named objects and its ids that no double can hold.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::error::GatewayError;
use super::wrapped;
use crate::catalog::category::number_of;
use crate::catalog::product::{Product, decimal, money};
use crate::catalog::salt;
use crate::params::Params;
use crate::random::draw;
use crate::world::World;

/// US cents in another currency, at rates that never change here. An unknown currency is answered in dollars, as is its name.
pub(super) fn convert(cents: i64, currency: &str) -> (i64, &'static str) {
    let (per_mille, name) = match currency.to_ascii_uppercase().as_str() {
        "EUR" => (920, "EUR"),
        "GBP" => (790, "GBP"),
        "CAD" => (1_370, "CAD"),
        "AUD" => (1_520, "AUD"),
        "CHF" => (890, "CHF"),
        "PLN" => (3_980, "PLN"),
        "CNY" => (7_200, "CNY"),
        _ => (1_000, "USD"),
    };
    (cents * per_mille / 1_000, name)
}

/// SKUs of a product: always one at least, which then has no properties.
pub(crate) fn sku_count(product: &Product<'_>) -> u64 {
    product.variants().max(1)
}

/// Whether the product may be sold to a country: about one in fifty may not.
pub(super) fn ships_to(world: &World, product: &Product<'_>, country: &str) -> bool {
    let place = country
        .bytes()
        .fold(0_u64, |n, b| n * 256 + u64::from(b.to_ascii_uppercase()));
    !draw(world.ali.seed, salt::SHIPPING + place, product.index).is_multiple_of(50)
}

/// The product meant by an id; none when unknown or gone.
pub(super) fn find<'a>(world: &'a World, id: &str) -> Option<Product<'a>> {
    let product = world.ali.product(world.ali.ids.find_product(id)?);
    product.on_sale().then_some(product)
}

pub(super) fn get(world: &World, params: &Params) -> Result<Value, GatewayError> {
    let need = |name: &'static str| params.get(name).ok_or_else(|| GatewayError::missing(name));
    let (id, country) = (need("product_id")?, need("ship_to_country")?);
    if id.parse::<u64>().is_err() {
        return Err(GatewayError::isv(
            "UnsupportedParamMapping",
            "The parameter product_id could not be mapped",
        ));
    }
    let Some(product) = find(world, id) else {
        return Ok(json!({"rsp_code": 605, "rsp_msg": "ITEM_ID_NOT_FOUND"}));
    };
    if !ships_to(world, &product, country) {
        return Ok(
            json!({"rsp_code": 602, "rsp_msg": "The item is not allowed to be sold in this country"}),
        );
    }
    let currency = params.get("target_currency").unwrap_or("USD");
    let looks = product.draw(salt::LOOKS);
    let skus = (0..sku_count(&product))
        .map(|variant| sku(world, &product, variant, currency))
        .collect();
    let images: Vec<String> = product.pictures().map(|n| world.image(n)).collect();
    let [length, width, height] = product.size_mm().map(|mm| mm.div_ceil(10));
    let own = product.words();
    let id = product.id().to_string().parse::<u64>().unwrap_or_default();
    let properties = vec![
        json!({"attr_name_id": 10, "attr_name": "Material", "attr_value": own.materials[0]}),
        json!({"attr_name_id": 219, "attr_name": "Origin", "attr_value": "Mainland China"}),
    ];
    Ok(json!({
        "result": {
            "ae_item_base_info_dto": {
                "product_id": id,
                "subject": product.title(),
                "category_id": number_of(product.category),
                "product_status_type": "onSelling",
                "sales_count": sales(&product),
                "evaluation_count": (looks % 900).to_string(),
                "avg_evaluation_rating": rating(&product),
                "currency_code": "CNY",
                "detail": format!("<div><p>{}</p></div>", product.title()),
                "mobile_detail": "{}",
            },
            "ae_item_sku_info_dtos": wrapped("ae_item_sku_info_d_t_o", skus, looks.is_multiple_of(2)),
            "ae_multimedia_info_dto": {"image_urls": images.join(";"), "ae_video_dtos": {}},
            "package_info_dto": {
                "gross_weight": Decimal::new(product.grams(0) as i64, 3).to_string(),
                "package_length": length,
                "package_width": width,
                "package_height": height,
                "package_type": false,
                "product_unit": 100_000_015,
                "base_unit": 1,
            },
            "logistics_info_dto": {"delivery_time": 7 + looks % 14, "ship_to_country": country},
            "ae_store_info": {
                "store_id": 1_100_000_000 + draw(world.ali.seed, salt::LOOKS, product.index / 20) % 1_000_000,
                "store_name": format!("Made-up Store {}", product.index / 20),
                "store_country_code": "CN",
                "item_as_described_rating": "4.7",
                "communication_rating": "4.8",
                "shipping_speed_rating": "4.6",
            },
            // JSON inside a string.
            "product_id_converter_result": {"main_product_id": id, "sub_product_id": format!("{{\"US\":{id}}}")},
            "ae_item_properties": wrapped("ae_item_property", properties, false),
            "has_whole_sale": looks.is_multiple_of(3),
        },
        "rsp_code": if looks.is_multiple_of(2) { json!(200) } else { json!("200") },
        "rsp_msg": "Call succeeds",
    }))
}

/// `5000+`.
pub(super) fn sales(product: &Product<'_>) -> String {
    let n = product.listed();
    if n > 1_000 {
        format!("{}+", n / 1_000 * 1_000)
    } else {
        n.to_string()
    }
}

/// `4.7`.
pub(super) fn rating(product: &Product<'_>) -> String {
    Decimal::new(35 + (product.draw(salt::LOOKS) >> 40) as i64 % 16, 1).to_string()
}

/// `14:350853#Black;5:361386#XL`, which is what an order names a SKU by; empty for a product without options.
pub(super) fn sku_attr(product: &Product<'_>, variant: u64) -> String {
    if product.variants() == 0 {
        return String::new();
    }
    let parts: Vec<String> = product
        .options(variant)
        .iter()
        .map(|(name, value)| format!("{}:{}#{value}", property_id(name), value_id(value)))
        .collect();
    parts.join(";")
}

fn property_id(name: &str) -> u64 {
    match name {
        "Color" => 14,
        "Size" => 5,
        _ => 200_000_000 + name.bytes().map(u64::from).sum::<u64>(),
    }
}

fn value_id(value: &str) -> u64 {
    350_000
        + value
            .bytes()
            .fold(0_u64, |n, b| (n * 31 + u64::from(b)) % 90_000)
}

fn sku(world: &World, product: &Product<'_>, variant: u64, currency: &str) -> Value {
    let (sale, name) = convert(product.price_cents(variant), currency);
    let list = sale * 13 / 10;
    let attr = sku_attr(product, variant);
    let properties = if attr.is_empty() {
        Vec::new()
    } else {
        product
            .options(variant)
            .into_iter()
            .map(|(axis, value)| {
                json!({
                    "sku_property_id": property_id(axis),
                    "sku_property_name": axis,
                    "property_value_id": value_id(value),
                    "sku_property_value": value,
                    "property_value_definition_name": value,
                    "sku_image": world.image(product.variant_picture(variant)),
                })
            })
            .collect()
    };
    json!({
        "sku_id": product.variant_id(variant).to_string(),
        "sku_attr": attr,
        "id": attr,
        "sku_price": money(list),
        "offer_sale_price": money(sale),
        "offer_bulk_sale_price": money(sale * 95 / 100),
        "sku_bulk_order": 5,
        "sku_available_stock": product.stock(variant).0,
        "currency_code": name,
        "price_include_tax": false,
        "limit_strategy": "create_order_fail",
        "ae_sku_property_dtos": wrapped("ae_sku_property_d_t_o", properties, product.index.is_multiple_of(2)),
        // Literal quotes inside the text, as captured live.
        "wholesale_price_tiers": wrapped("wholesale_price_tier", vec![json!({
            "min_quantity": "5",
            "wholesale_price": format!("\"{}\"", decimal(sale * 95 / 100)),
            "discount": "5",
        })], false),
    })
}
