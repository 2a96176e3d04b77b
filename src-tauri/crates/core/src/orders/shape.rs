//! Orders and parcels of either supplier in our shape.

use ::cj::{Order as CjOrder, OrderStatus};
use aliexpress::Stage;
use jiff::Timestamp;
use rust_decimal::Decimal;

use super::TRACKING;
use crate::views::{OrderDetail, OrderEvent, OrderLine, OrderRow, OrderState, Supplier};

pub(super) fn tracked_by_cj(track: ::cj::Track) -> OrderEvent {
    let carrier = track.last_mile_carrier.or(track.logistic_name);
    let detail = [track.status, carrier]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    OrderEvent {
        at: track.delivered_at,
        what: TRACKING.into(),
        detail: (!detail.is_empty()).then_some(detail),
        tracking_number: Some(track.tracking_number),
    }
}

pub(super) fn tracked_by_aliexpress(
    order: &mut OrderRow,
    parcels: Vec<aliexpress::Parcel>,
) -> Vec<OrderEvent> {
    let mut events = Vec::new();
    for parcel in parcels {
        if let Some(number) = &parcel.tracking_number
            && !order.tracking_numbers.contains(number)
        {
            order.tracking_numbers.push(number.clone());
        }
        for event in parcel.events {
            let detail = event.detail.filter(|text| !text.is_empty()).or(event.name);
            events.push(OrderEvent {
                at: event.at,
                what: TRACKING.into(),
                detail,
                tracking_number: parcel.tracking_number.clone(),
            });
        }
    }
    events
}

fn step(at: Option<Timestamp>, what: &str) -> Option<OrderEvent> {
    at.map(|at| OrderEvent {
        at: Some(at),
        what: what.into(),
        detail: None,
        tracking_number: None,
    })
}

pub(super) fn from_cj(order: CjOrder, account: &str, now: Timestamp) -> OrderDetail {
    let state = match order.status {
        OrderStatus::Created | OrderStatus::InCart => OrderState::Draft,
        OrderStatus::Unpaid => OrderState::Unpaid,
        OrderStatus::Unshipped => OrderState::Processing,
        OrderStatus::Shipped => OrderState::Shipped,
        OrderStatus::Delivered => OrderState::Delivered,
        OrderStatus::Cancelled => OrderState::Cancelled,
        OrderStatus::Other => OrderState::Other,
    };
    let place = [order.recipient.city, order.recipient.country];
    let destination = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
    OrderDetail {
        order: OrderRow {
            supplier: Supplier::Cj,
            account: account.to_owned(),
            order_id: order.id,
            shop_order_number: order.number,
            state,
            raw_state: order.status_text,
            total: order.amount,
            currency: order.amount.map(|_| "USD".to_owned()),
            created_at: order.created_at,
            tracking_numbers: order.tracking_number.into_iter().collect(),
            destination: (!destination.is_empty()).then_some(destination),
            seen_at: now,
        },
        lines: order
            .lines
            .into_iter()
            .map(|line| OrderLine {
                product_id: None,
                variant_id: line.vid,
                title: line.sku,
                quantity: i64::try_from(line.quantity).unwrap_or(i64::MAX),
                price: line.price,
            })
            .collect(),
        timeline: [
            step(order.created_at, "created"),
            step(order.paid_at, "paid"),
            step(order.shipped_at, "left_warehouse"),
        ]
        .into_iter()
        .flatten()
        .collect(),
        supplier_url: None,
    }
}

pub(super) fn from_aliexpress(
    order: aliexpress::Order,
    account: &str,
    now: Timestamp,
) -> OrderDetail {
    let state = match order.stage() {
        Stage::Unpaid => OrderState::Unpaid,
        Stage::Processing => OrderState::Processing,
        Stage::Shipped => OrderState::Shipped,
        Stage::Finished => OrderState::Delivered,
        Stage::Cancelled => OrderState::Cancelled,
        Stage::Unknown => OrderState::Other,
    };
    // What is charged counts for the owner; the other figure may be in the seller's currency.
    let money = order.charged.clone().or(order.amount.clone());
    let total: Option<Decimal> = money.as_ref().map(|money| money.amount);
    OrderDetail {
        order: OrderRow {
            supplier: Supplier::Aliexpress,
            account: account.to_owned(),
            state,
            raw_state: order.status.clone(),
            total,
            currency: money.and_then(|money| money.currency),
            created_at: order.created_at,
            tracking_numbers: order
                .shipments
                .iter()
                .map(|parcel| parcel.tracking_number.clone())
                .collect(),
            destination: None,
            shop_order_number: None,
            order_id: order.order_id,
            seen_at: now,
        },
        lines: order
            .lines
            .into_iter()
            .map(|line| OrderLine {
                product_id: line.product_id,
                variant_id: line.sku_id,
                title: line.title,
                quantity: line.quantity,
                price: line.price.map(|money| money.amount),
            })
            .collect(),
        timeline: [
            step(order.created_at, "created"),
            step(order.paid_at, "paid"),
        ]
        .into_iter()
        .flatten()
        .collect(),
        supplier_url: None,
    }
}
