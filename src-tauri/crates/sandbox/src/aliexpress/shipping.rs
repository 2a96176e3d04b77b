//! Freight options and tracking.

use serde_json::{Value, json};

use super::error::GatewayError;
use super::order;
use super::product::{convert, find, ships_to};
use super::wrapped;
use crate::catalog::product::money;
use crate::catalog::salt;
use crate::params::Params;
use crate::world::World;

/// Reads a parameter that is one JSON object in a string.
pub(super) fn object(params: &Params, name: &'static str) -> Result<Value, GatewayError> {
    let text = params
        .get(name)
        .ok_or_else(|| GatewayError::missing(name))?;
    serde_json::from_str::<Value>(text)
        .ok()
        .filter(Value::is_object)
        .ok_or_else(|| {
            GatewayError::isv(
                "UnsupportedParamMapping",
                format!("The parameter {name} could not be mapped"),
            )
        })
}

/// A field that may be text or a number.
pub(super) fn text(of: &Value, name: &str) -> Option<String> {
    match of.get(name)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

/// `aliexpress.ds.freight.query`.
pub(super) fn freight(world: &World, params: &Params) -> Result<Value, GatewayError> {
    let asked = object(params, "queryDeliveryReq")?;
    let field = |name: &str| text(&asked, name).ok_or_else(|| GatewayError::missing(name));
    let (country, id) = (field("shipToCountry")?, field("productId")?);
    let (sku, currency) = (field("selectedSkuId")?, field("currency")?);
    let quantity = field("quantity")?.parse::<u64>().unwrap_or(1).max(1);
    let none = |code: &str| {
        Ok(json!({"result": {"success": false, "code": 505, "msg": code, "delivery_options": {}}}))
    };
    let Some(product) = find(world, &id) else {
        return none("DELIVERY_INFO_EMPTY");
    };
    let fits = world
        .ali
        .ids
        .find_variant(&sku)
        .filter(|(index, _)| *index == product.index);
    let Some((_, variant)) = fits else {
        return none("DELIVERY_INFO_EMPTY");
    };
    if !ships_to(world, &product, &country) {
        return none("DELIVERY_NOT_AVAILABLE_TO_YOUR_ADDRESS");
    }
    let grams = (product.grams(variant) * quantity) as i64;
    let free = product.draw(salt::SHIPPING).is_multiple_of(3);
    let lines = [
        (
            "CAINIAO_STANDARD",
            "AliExpress Selection Standard",
            199 + grams * 25 / 100,
            8,
            16,
            free,
        ),
        (
            "CAINIAO_PREMIUM",
            "AliExpress Premium Shipping",
            890 + grams * 60 / 100,
            5,
            9,
            false,
        ),
    ];
    let options = lines
        .into_iter()
        .map(|(code, company, cents, low, high, free)| {
            let (cents, name) = convert(cents, &currency);
            let mut option = json!({
                "code": code,
                "company": company,
                "free_shipping": free,
                "mayHavePFS": false,
                "min_delivery_days": low,
                "max_delivery_days": high,
                "guaranteed_delivery_days": (high + 15).to_string(),
                "delivery_date_desc": format!("{low}-{high} days"),
                "ship_from_country": "CN",
                "tracking": true,
                "available_stock": product.stock(variant).0.to_string(),
                "ddpIncludeVATTax": "false",
            });
            if let (false, Some(fields)) = (free, option.as_object_mut()) {
                // Named after cents, and in whole units: the gateway's own trap. Absent when free.
                fields.insert("shipping_fee_cent".to_owned(), json!(money(cents)));
                fields.insert("shipping_fee_currency".to_owned(), json!(name));
                fields.insert(
                    "shipping_fee_format".to_owned(),
                    json!(format!("{name} {}", money(cents))),
                );
            }
            option
        })
        .collect();
    Ok(json!({"result": {
        "success": true,
        "code": 200,
        "msg": "Call succeeds",
        "delivery_options": wrapped("delivery_option_d_t_o", options, false),
    }}))
}

/// `aliexpress.ds.order.tracking.get`. Nothing to track yet is a normal state with its own code.
pub(super) fn tracking(world: &World, params: &Params) -> Result<Value, GatewayError> {
    let need = |name: &'static str| params.get(name).ok_or_else(|| GatewayError::missing(name));
    let id = need("ae_order_id")?;
    need("language")?;
    let found = world.ali_orders.find(&world.ali, 0, id);
    let Some((order, shipped_ms)) = found.and_then(|o| o.shipped_ms().map(|ms| (o, ms))) else {
        return Ok(
            json!({"result": {"ret": false, "code": "1001", "msg": "TRACKING DATA NOT FOUND"}}),
        );
    };
    let mut events = vec![
        (shipped_ms, "Shipped", "Your package has left the warehouse"),
        (
            shipped_ms + 86_400_000,
            "In transit",
            "Arrived at departure transport hub",
        ),
    ];
    if let Some(ms) = order.delivered_ms() {
        events.insert(0, (ms, "Delivered", "Your package was delivered"));
    }
    let nodes = events
        .into_iter()
        .map(|(ms, name, text)| json!({"time_stamp": ms, "tracking_name": name, "tracking_detail_desc": text}))
        .collect();
    let items = order
        .lines
        .iter()
        .map(|line| {
            json!({
                "item_id": world.ali.ids.product(line.product),
                "sku_id": world.ali.ids.variant(line.product, line.variant),
                "quantity": line.quantity,
            })
        })
        .collect();
    let detail = json!({
        "mail_no": order::mail_number(&order),
        "carrier_name": "AliExpress Selection Standard",
        "eta_time_stamps": shipped_ms + 12 * 86_400_000,
        "detail_node_list": wrapped("detail_node", nodes, false),
        "package_item_list": wrapped("package_item", items, true),
    });
    Ok(json!({"result": {
        "ret": true,
        "code": "0",
        "msg": "success",
        "data": {"tracking_detail_line_list": wrapped("tracking_detail", vec![detail], order.position.is_multiple_of(2))},
    }}))
}
