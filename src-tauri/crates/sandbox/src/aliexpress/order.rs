//! `aliexpress.trade.ds.order.get`. There is no list of orders at AliExpress: whoever wants one must know its id.

use serde_json::{Value, json};

use super::error::GatewayError;
use super::shipping::{object, text};
use super::wrapped;
use crate::catalog::orders::Order;
use crate::catalog::product::money;
use crate::clock::plain_utc;
use crate::params::Params;
use crate::world::World;

/// The number a parcel is followed by.
pub(super) fn mail_number(order: &Order) -> String {
    format!("LP{:014}CN", order.id % 100_000_000_000_000)
}

pub(super) fn get(world: &World, params: &Params) -> Result<Value, GatewayError> {
    let asked = object(params, "single_order_query")?;
    let id = text(&asked, "order_id").ok_or_else(|| GatewayError::missing("order_id"))?;
    let order = world.ali_orders.find(&world.ali, 0, &id).ok_or_else(|| {
        // The same for an unknown order and for somebody else's.
        GatewayError::remote(
            "isv.insufficient-permission",
            "The order does not belong to the authorized user",
        )
    })?;
    let amount = |cents: i64| json!({"amount": money(cents), "currency_code": "USD"});
    let (goods, cancelled) = (order.goods_cents(), order.state == "IN_CANCEL");
    let children = order
        .lines
        .iter()
        .map(|line| {
            let product = world.ali.product(line.product);
            json!({
                "product_id": world.ali.ids.product(line.product).to_string().parse::<u64>().unwrap_or_default(),
                "sku_id": world.ali.ids.variant(line.product, line.variant),
                "product_name": product.title(),
                "product_count": line.quantity,
                "product_price": amount(line.cents),
                "actual_fee": amount(line.cents * line.quantity as i64),
                "shipping_fee": amount(0),
                "end_reason": if cancelled { json!("CANCELED") } else { Value::Null },
            })
        })
        .collect();
    let parcels = if order.is_shipped() {
        vec![json!({"logistics_no": mail_number(&order), "logistics_service": "CAINIAO_STANDARD"})]
    } else {
        Vec::new()
    };
    let logistics_status = match order.state.as_str() {
        "WAIT_BUYER_ACCEPT_GOODS" => "SELLER_SEND_GOODS",
        "SELLER_PART_SEND_GOODS" => "SELLER_SEND_PART_GOODS",
        "WAIT_SELLER_SEND_GOODS" => "WAIT_SELLER_SEND_GOODS",
        "FINISH" | "FUND_PROCESSING" => "BUYER_ACCEPT_GOODS",
        _ => "NO_LOGISTICS",
    };
    let bare = order.position.is_multiple_of(2);
    Ok(json!({"result": {
        "order_id": order.id,
        "order_status": order.state,
        "logistics_status": logistics_status,
        "gmt_create": plain_utc(order.created_ms),
        "pay_timeout_second": if order.state == "PLACE_ORDER_SUCCESS" { 1_728_000 } else { 0 },
        "order_paidtime_string": order.paid_ms().map(plain_utc),
        "order_amount": amount(goods + order.postage_cents),
        "user_order_amount": amount(goods + order.postage_cents),
        "child_order_list": wrapped("aeop_child_order_info", children, bare),
        "logistics_info_list": wrapped("aeop_order_logistics_info", parcels, bare),
        "store_info": {"store_id": 1_100_000_001, "store_name": "Made-up Store 1"},
    }}))
}
