//! Freight quotes and tracking.

use serde_json::{Value, json};

use super::Call;
use super::envelope::{Flags, Refusal};
use super::order::by_tracking;
use super::row::Price;
use crate::catalog::salt;
use crate::clock::plain_utc;
use crate::random::draw;

/// The lines offered: name, days, what the first piece and every 100 g cost in cents.
const LINES: [(&str, &str, i64, i64); 4] = [
    ("CJPacket Ordinary", "7-12", 240, 60),
    ("CJPacket Sea", "25-45", 120, 30),
    ("YunExpress", "6-10", 390, 75),
    ("DHL Official", "3-7", 1_900, 210),
];

/// `POST logistic/freightCalculate`. For South Africa all prices are zero, as users saw; where the goods do not lie there is no line.
pub(super) fn freight(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let world = call.world;
    let text = |name: &str| {
        call.body
            .get(name)
            .and_then(Value::as_str)
            .filter(|t| !t.is_empty())
            .ok_or_else(|| Refusal::missing(name))
    };
    let (from, to) = (text("startCountryCode")?, text("endCountryCode")?);
    let products = call.body.get("products").and_then(Value::as_array);
    let products = products
        .filter(|p| !p.is_empty())
        .ok_or_else(|| Refusal::missing("products"))?;
    let mut grams = 0;
    let mut available = true;
    for line in products {
        let vid = line
            .get("vid")
            .and_then(Value::as_str)
            .ok_or_else(|| Refusal::missing("vid"))?;
        let quantity = line.get("quantity").and_then(Value::as_u64).unwrap_or(1);
        let found = world.cj.ids.find_variant(vid);
        let (index, variant) = found.ok_or_else(|| Refusal::new(1_602_000, "Variant not found"))?;
        let product = world.cj.product(index);
        if variant >= product.variants() {
            return Err(Refusal::new(1_602_000, "Variant not found"));
        }
        grams += product.grams(variant) * quantity;
        available &= product
            .holdings(variant)
            .any(|h| h.area.country.eq_ignore_ascii_case(from));
    }
    if to.len() != 2 || !to.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Err(Refusal::new(1_605_002, "Country code not found"));
    }
    let country = u64::from(to.as_bytes()[0]) * 256 + u64::from(to.as_bytes()[1]);
    let far = (draw(world.options.seed, salt::SHIPPING, country) % 60) as i64;
    let rows: Vec<Value> = LINES
        .iter()
        .filter(|_| available)
        .map(|(name, days, first, per_100g)| {
            let cents = if to.eq_ignore_ascii_case("ZA") {
                0
            } else {
                (first + per_100g * grams.div_ceil(100) as i64) * (100 + far) / 100
            };
            json!({
                "logisticName": name,
                "logisticAging": days,
                "logisticPrice": Price::Number(cents),
                "logisticPriceCn": Price::Number(cents * 72 / 10),
                "taxesFee": 0,
                "clearanceOperationFee": 0,
                "totalPostageFee": Price::Number(cents),
            })
        })
        .collect();
    call.ok(Flags::Result, rows)
}

/// `GET logistic/trackInfo?trackNumber=A&trackNumber=B`: unknown numbers are left out.
pub(super) fn track(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let numbers = call.params.list("trackNumber");
    if numbers.is_empty() {
        return Err(Refusal::missing("trackNumber"));
    }
    let rows: Vec<Value> = numbers
        .iter()
        .filter_map(|number| {
            let order = by_tracking(call.world, call.account, number)?;
            let delivered = order.delivered_ms();
            let days = delivered.map(|ms| ((ms - order.created_ms) / 86_400_000).to_string());
            Some(json!({
                "trackingNumber": number,
                "logisticName": "CJPacket Ordinary",
                "trackingFrom": "CN",
                "trackingTo": order.person[1],
                "deliveryDay": days,
                "deliveryTime": delivered.map(plain_utc),
                "trackingStatus": if delivered.is_some() { "Delivered" } else { "In transit" },
                "lastMileCarrier": "DHL",
                "lastTrackNumber": format!("00340{:015}", order.position),
            }))
        })
        .collect();
    call.ok(Flags::Result, rows)
}
