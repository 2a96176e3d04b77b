//! CJ's orders: the list by status, one, or many.

use serde::Serialize;
use serde_json::Value;

use super::Call;
use super::envelope::{Flags, Refusal};
use super::row::{Price, storage_id};
use crate::catalog::ids::Id;
use crate::catalog::orders::Order;
use crate::clock::plain_utc;
use crate::world::World;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    page_num: u64,
    page_size: u64,
    total: usize,
    list: Vec<Row>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    order_id: String,
    order_num: String,
    /// A bare number where there is one.
    cj_order_id: Option<u64>,
    shipping_country_code: &'static str,
    shipping_province: &'static str,
    shipping_city: &'static str,
    shipping_address: &'static str,
    shipping_customer_name: &'static str,
    shipping_phone: &'static str,
    remark: Option<&'static str>,
    order_weight: u64,
    order_status: String,
    order_amount: Price,
    product_amount: Price,
    postage_amount: Price,
    logistic_name: &'static str,
    track_number: Option<String>,
    tracking_url: Option<String>,
    create_date: String,
    payment_date: Option<String>,
    store_create_date: String,
    storage_id: String,
    storage_name: &'static str,
    product_list: Vec<Line>,
    #[serde(flatten)]
    detail: Option<Detail>,
}

/// What only the detail has.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    platform_order_id: Option<String>,
    cj_order_code: String,
    from_country_code: &'static str,
    dispute_id: Option<String>,
    out_warehouse_time: Option<String>,
    is_complete: u8,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    vid: Id,
    quantity: u64,
    sell_price: Price,
    #[serde(skip_serializing_if = "Option::is_none")]
    line_item_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    store_line_item_id: Option<String>,
}

/// `CJPDE0` + account + position: so that a tracking number leads back to its order.
pub(super) fn tracking_number(order: &Order) -> Option<String> {
    order
        .is_shipped()
        .then(|| format!("CJPDE{}{:09}", order.account, order.position))
}

/// The order of the account a tracking number belongs to.
pub(super) fn by_tracking(world: &World, account: usize, number: &str) -> Option<Order> {
    let rest = number.strip_prefix("CJPDE")?;
    let (owner, position) = rest.split_at_checked(1)?;
    let position = position.parse::<u64>().ok()?;
    if owner != account.to_string() || position >= world.cj_orders.count() {
        return None;
    }
    let order = world.cj_orders.order(&world.cj, account, position);
    (tracking_number(&order).as_deref() == Some(number)).then_some(order)
}

fn row(world: &World, order: &Order, with_detail: bool) -> Row {
    let [name, country, _, province, city, street, _, phone] = order.person;
    let goods = order.goods_cents();
    let track_number = tracking_number(order);
    Row {
        order_id: order.id.to_string(),
        order_num: order.number(),
        cj_order_id: order.is_paid().then_some(order.id),
        shipping_country_code: country,
        shipping_province: province,
        shipping_city: city,
        shipping_address: street,
        shipping_customer_name: name,
        shipping_phone: phone,
        remark: None,
        order_weight: 120 + order.position * 13 % 900,
        order_status: order.state.clone(),
        order_amount: Price::Number(goods + order.postage_cents),
        product_amount: Price::Number(goods),
        postage_amount: Price::Number(order.postage_cents),
        logistic_name: "CJPacket Ordinary",
        tracking_url: None,
        track_number,
        create_date: plain_utc(order.created_ms),
        payment_date: order.paid_ms().map(plain_utc),
        store_create_date: plain_utc(order.created_ms - 300_000),
        storage_id: storage_id(world, 1),
        storage_name: "China Warehouse",
        product_list: order
            .lines
            .iter()
            .enumerate()
            .map(|(n, line)| Line {
                vid: world.cj.ids.variant(line.product, line.variant),
                quantity: line.quantity,
                sell_price: Price::Number(line.cents),
                line_item_id: with_detail.then(|| (order.id + 4_000 + n as u64).to_string()),
                store_line_item_id: with_detail.then(|| format!("line-{}", n + 1)),
            })
            .collect(),
        detail: with_detail.then(|| Detail {
            platform_order_id: None,
            cj_order_code: format!("CJ-EX-{:06}", order.position),
            from_country_code: "CN",
            dispute_id: None,
            out_warehouse_time: order.shipped_ms().map(plain_utc),
            is_complete: u8::from(order.is_delivered()),
        }),
    }
}

/// `GET shopping/order/list`. Without a status only cancelled orders come: CJ's page prints that as the default.
pub(super) fn list(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let (world, params) = (call.world, &call.params);
    let page = params.number("pageNum").unwrap_or(1_u64).max(1);
    let size = params.number("pageSize").unwrap_or(20_u64).clamp(1, 50);
    let ids = params.list("orderIds");
    let status = params.get("status").unwrap_or("CANCELLED");
    let all: Vec<Order> = if ids.is_empty() {
        world
            .cj_orders
            .all(&world.cj, call.account)
            // PENDING is a sub-state of UNSHIPPED, found under the state's name.
            .filter(|o| o.state == status || status == "UNSHIPPED" && o.state == "PENDING")
            .collect()
    } else {
        ids.iter()
            .filter_map(|id| world.cj_orders.find(&world.cj, call.account, id))
            .collect()
    };
    let first = ((page - 1).saturating_mul(size)).min(all.len() as u64) as usize;
    let last = (first + size as usize).min(all.len());
    call.ok(
        Flags::Result,
        Page {
            page_num: page,
            page_size: size,
            total: all.len(),
            list: all[first..last]
                .iter()
                .map(|o| row(world, o, false))
                .collect(),
        },
    )
}

/// `GET shopping/order/getOrderDetail?orderId=`: CJ's id, or the shop's number.
pub(super) fn detail(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let id = call
        .params
        .get("orderId")
        .ok_or_else(|| Refusal::new(1_600_300, "orderId must be not empty"))?;
    let order = call
        .world
        .cj_orders
        .find(&call.world.cj, call.account, id)
        .ok_or_else(|| Refusal::new(1_600_300, "order not found"))?;
    call.ok(Flags::Result, row(call.world, &order, true))
}

/// `POST shopping/order/getOrderDetailBatch {"orderIds"}`: unknown ones are left out without a word.
pub(super) fn batch(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let Some(ids) = call.body.get("orderIds").and_then(Value::as_array) else {
        return Err(Refusal::missing("orderIds"));
    };
    if ids.len() > 100 {
        return Err(Refusal::new(1_600_300, "Param error, at most 100 orderIds"));
    }
    let rows: Vec<Row> = ids
        .iter()
        .filter_map(Value::as_str)
        .filter_map(|id| call.world.cj_orders.find(&call.world.cj, call.account, id))
        .map(|order| row(call.world, &order, true))
        .collect();
    call.ok(Flags::Result, rows)
}
