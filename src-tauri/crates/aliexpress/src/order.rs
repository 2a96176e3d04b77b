//! `aliexpress.trade.ds.order.get`: one order with its lines and parcels.
//!
//! There is no call that lists a buyer's orders and none that cancels one (AliExpress docs).

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::json;

use crate::envelope::{self, Reply};
use crate::error::{Class, Error, Result};
use crate::fields::{self, Fields};
use crate::session::Session;

/// The method of this module.
pub const METHOD: &str = "aliexpress.trade.ds.order.get";

/// An amount with its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// How much.
    pub amount: Decimal,
    /// ISO 4217.
    pub currency: Option<String>,
}

/// An order.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// Its id.
    pub order_id: String,
    /// Where it is, in the supplier's word (`WAIT_SELLER_SEND_GOODS`).
    pub status: String,
    /// Where its parcels are, in the supplier's word (`NO_LOGISTICS`).
    pub logistics_status: Option<String>,
    /// When it was placed.
    pub created_at: Option<Timestamp>,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// Seconds an order has to be paid in, from when it was placed.
    pub pay_timeout_s: Option<i64>,
    /// What it costs.
    pub amount: Option<Money>,
    /// What the buyer is charged, in the buyer's currency.
    pub charged: Option<Money>,
    /// What was ordered.
    pub lines: Vec<Line>,
    /// Parcels by number. Called deprecated by the docs; [`Session::tracking`] knows more.
    pub shipments: Vec<Shipment>,
    /// Whose store.
    pub store_id: Option<String>,
    /// Its name.
    pub store_name: Option<String>,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The product.
    pub product_id: Option<String>,
    /// The variant.
    pub sku_id: Option<String>,
    /// Its title when it was ordered.
    pub title: Option<String>,
    /// How many.
    pub quantity: i64,
    /// Price of one.
    pub price: Option<Money>,
    /// What the line costs with freight and discounts.
    pub total: Option<Money>,
    /// Its freight after discounts.
    pub shipping: Option<Money>,
    /// Its tax.
    pub tax: Option<Money>,
    /// Why it ended, if it did (`CANCELED`).
    pub end_reason: Option<String>,
}

/// A parcel of an order, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipment {
    /// The tracking number.
    pub tracking_number: String,
    /// The logistics service.
    pub service: Option<String>,
}

/// What the many statuses come down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Placed, waits for payment.
    Unpaid,
    /// Paid or being paid, not sent.
    Processing,
    /// On its way, in whole or in part.
    Shipped,
    /// Received, or closed after delivery.
    Finished,
    /// Cancelled, or about to be.
    Cancelled,
    /// A word that is not known.
    Unknown,
}

impl Order {
    /// Where the order is. `FINISH` is said of received and of cancelled orders alike; the lines tell which.
    #[must_use]
    pub fn stage(&self) -> Stage {
        let cancelled = |line: &Line| {
            line.end_reason
                .as_deref()
                .is_some_and(|why| why.to_uppercase().contains("CANCEL"))
        };
        match self.status.as_str() {
            "PLACE_ORDER_SUCCESS" => Stage::Unpaid,
            "PAYMENT_PROCESSING"
            | "WAIT_SELLER_EXAMINE_MONEY"
            | "RISK_CONTROL"
            | "RISK_CONTROL_HOLD"
            | "WAIT_GROUP"
            | "WAIT_COMPLETE_ADDRESS"
            | "WAIT_SELLER_SEND_GOODS" => Stage::Processing,
            "SELLER_PART_SEND_GOODS" | "WAIT_BUYER_ACCEPT_GOODS" | "FUND_PROCESSING" => {
                Stage::Shipped
            }
            "IN_CANCEL" => Stage::Cancelled,
            "FINISH" if !self.lines.is_empty() && self.lines.iter().all(cancelled) => {
                Stage::Cancelled
            }
            "FINISH" => Stage::Finished,
            _ => Stage::Unknown,
        }
    }
}

impl Session {
    /// An order of the connected buyer. It can be asked for ten seconds after it was placed, not earlier.
    ///
    /// # Errors
    /// `NotFound` when there is no such order or it is somebody else's.
    pub async fn order(&self, order_id: &str) -> Result<Order> {
        let params = [(
            "single_order_query",
            json!({ "order_id": order_id }).to_string(),
        )];
        read(METHOD, &self.business(METHOD, params).await?, order_id)
    }
}

pub(crate) fn read(api: &str, reply: &Reply, order_id: &str) -> Result<Order> {
    envelope::check_status(api, reply)?;
    let result = Fields(&reply.body).get("result");
    // The answer does not repeat the id, so its status is what shows that there is an order.
    let Some(status) = result.text("order_status") else {
        let error = Error::new(Class::Answer, "the answer has no order_status");
        return Err(Error {
            request_id: reply.request_id.clone(),
            ..error
        });
    };
    let store = result.get("store_info");
    Ok(Order {
        order_id: order_id.to_owned(),
        status,
        logistics_status: result.text("logistics_status"),
        created_at: result.time("gmt_create"),
        paid_at: result.time("order_paidtime_string"),
        pay_timeout_s: result.int("pay_timeout_second"),
        amount: money(result.get("order_amount")),
        charged: money(result.get("user_order_amount")),
        lines: result.list("child_order_list").map(line).collect(),
        shipments: result
            .list("logistics_info_list")
            .filter_map(shipment)
            .collect(),
        store_id: store.text("store_id"),
        store_name: store.text("store_name"),
    })
}

fn line(line: Fields<'_>) -> Line {
    Line {
        product_id: line.text("product_id"),
        sku_id: line.text("sku_id"),
        title: line.text("product_name"),
        quantity: line.int("product_count").unwrap_or(1),
        price: money(line.get("product_price")),
        total: money(line.get("actual_fee")),
        shipping: money(line.get("actual_shipping_fee")),
        tax: money(line.get("actual_tax_fee")),
        end_reason: line.text("end_reason"),
    }
}

fn shipment(parcel: Fields<'_>) -> Option<Shipment> {
    Some(Shipment {
        tracking_number: parcel.text("logistics_no")?,
        service: parcel.text("logistics_service"),
    })
}

/// `{"amount": "1.99", "currency_code": "USD"}`, or the bare amount.
fn money(value: Fields<'_>) -> Option<Money> {
    let amount = value
        .decimal("amount")
        .or_else(|| fields::decimal(value.0))?;
    Some(Money {
        amount,
        currency: value.text("currency_code"),
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use serde_json::Value;

    use super::*;

    fn stage(status: &str, end_reasons: &[Option<&str>]) -> Stage {
        let lines: Vec<Value> = end_reasons
            .iter()
            .map(|why| json!({"product_id": 1, "end_reason": why}))
            .collect();
        let body = json!({"result": {"order_status": status, "child_order_list": {"aeop_child_order_info": lines}}});
        read(
            METHOD,
            &Reply {
                body,
                request_id: None,
            },
            "1",
        )
        .unwrap()
        .stage()
    }

    #[test]
    fn every_documented_status_has_its_place() {
        for (status, expected) in [
            ("PLACE_ORDER_SUCCESS", Stage::Unpaid),
            ("PAYMENT_PROCESSING", Stage::Processing),
            ("WAIT_SELLER_EXAMINE_MONEY", Stage::Processing),
            ("RISK_CONTROL", Stage::Processing),
            ("RISK_CONTROL_HOLD", Stage::Processing),
            ("WAIT_SELLER_SEND_GOODS", Stage::Processing),
            ("SELLER_PART_SEND_GOODS", Stage::Shipped),
            ("WAIT_BUYER_ACCEPT_GOODS", Stage::Shipped),
            ("FUND_PROCESSING", Stage::Shipped),
            ("FINISH", Stage::Finished),
            ("IN_CANCEL", Stage::Cancelled),
            ("WAIT_GROUP", Stage::Processing),
            ("WAIT_COMPLETE_ADDRESS", Stage::Processing),
            ("SOMETHING_NEW", Stage::Unknown),
        ] {
            assert_eq!(stage(status, &[None]), expected, "{status}");
        }
    }

    #[test]
    fn a_cancelled_order_is_not_shown_as_delivered() {
        assert_eq!(
            stage("FINISH", &[Some("CANCELED"), Some("buyer_cancel")]),
            Stage::Cancelled
        );
        assert_eq!(stage("FINISH", &[Some("CANCELED"), None]), Stage::Finished);
        assert_eq!(stage("FINISH", &[]), Stage::Finished);
    }
}
