//! Orders: pages of them, one, or many by id. Read only: nothing here makes, pays or deletes an order.
//!
//! All calls are free of points. There is no "changed since" at CJ: watching open orders goes by status and by id.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::client::Session;
use crate::error::{Error, Result};
use crate::row::{Row, list, read_all, required_list};

/// How many ids one batch call carries: CJ takes 100 and advises 20 to 50.
const BATCH: usize = 50;

/// Where an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderStatus {
    /// Waits to be confirmed.
    Created,
    /// In the cart.
    InCart,
    /// Confirmed, waits for payment.
    Unpaid,
    /// Paid, not yet sent (CJ's `PENDING` and `PROCESSING` included).
    Unshipped,
    /// On its way.
    Shipped,
    /// Arrived.
    Delivered,
    /// Cancelled.
    Cancelled,
    /// Anything else; [`Order::status_text`] has CJ's word.
    Other,
}

impl OrderStatus {
    /// Every status that can be asked for.
    pub const ALL: [Self; 8] = [
        Self::Created,
        Self::InCart,
        Self::Unpaid,
        Self::Unshipped,
        Self::Shipped,
        Self::Delivered,
        Self::Cancelled,
        Self::Other,
    ];

    /// CJ's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "CREATED",
            Self::InCart => "IN_CART",
            Self::Unpaid => "UNPAID",
            Self::Unshipped => "UNSHIPPED",
            Self::Shipped => "SHIPPED",
            Self::Delivered => "DELIVERED",
            Self::Cancelled => "CANCELLED",
            Self::Other => "OTHER",
        }
    }

    /// From CJ's word; an unknown one is [`OrderStatus::Other`].
    #[must_use]
    pub fn of(text: &str) -> Self {
        match text.trim().to_ascii_uppercase().as_str() {
            "PENDING" | "PROCESSING" => Self::Unshipped,
            word => Self::ALL
                .into_iter()
                .find(|status| status.as_str() == word)
                .unwrap_or(Self::Other),
        }
    }
}

/// Which orders to list. Page from 1, size 1 to 50.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderQuery {
    /// Which page, from 1 (0 counts as 1).
    pub page: u32,
    /// Orders a page; clamped to 1 to 50, the most a program of CJ's own asks for.
    pub size: u32,
    /// One status. CJ's documentation gives `CANCELLED` as the default, so name one.
    pub status: Option<OrderStatus>,
}

/// A page of orders.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderPage {
    /// Its orders.
    pub items: Vec<Order>,
    /// How many there are in all, as CJ says.
    pub total: Option<u64>,
    /// Orders without an id, which had to be left out.
    pub unreadable: usize,
}

/// An order. Lists tell less than the single call.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// CJ's id.
    pub id: String,
    /// The shop's own number.
    pub number: Option<String>,
    /// CJ's number for people.
    pub cj_code: Option<String>,
    /// Where it is.
    pub status: OrderStatus,
    /// Where it is, in CJ's word.
    pub status_text: String,
    /// Who gets it.
    pub recipient: Recipient,
    /// From where it is sent (two letters).
    pub from_country: Option<String>,
    /// The carrier CJ sends it with.
    pub logistic_name: Option<String>,
    /// Tracking number.
    pub tracking_number: Option<String>,
    /// Where it can be followed.
    pub tracking_url: Option<String>,
    /// Weight in grams.
    pub weight_g: Option<Decimal>,
    /// What it costs, USD.
    pub amount: Option<Decimal>,
    /// The part for the products.
    pub product_amount: Option<Decimal>,
    /// The part for the shipping.
    pub postage_amount: Option<Decimal>,
    /// The note on it.
    pub remark: Option<String>,
    /// A dispute about it.
    pub dispute_id: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// When it left the warehouse.
    pub shipped_at: Option<Timestamp>,
    /// When the shop's customer ordered.
    pub store_created_at: Option<Timestamp>,
    /// What is in it.
    pub lines: Vec<OrderLine>,
}

/// Who gets an order. `Debug` shows the country only: the rest is a customer's.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Recipient {
    /// Name.
    pub name: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Province.
    pub province: Option<String>,
    /// ISO 3166 two letters.
    pub country: Option<String>,
}

impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recipient")
            .field("country", &self.country)
            .finish_non_exhaustive()
    }
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// Variant.
    pub vid: Option<String>,
    /// Its SKU, where told.
    pub sku: Option<String>,
    /// How many.
    pub quantity: u64,
    /// Price of one, USD.
    pub price: Option<Decimal>,
    /// CJ's id of the line.
    pub line_id: Option<String>,
    /// The shop's id of the line.
    pub store_line_id: Option<String>,
}

impl Order {
    fn of(row: Row<'_>) -> Option<Self> {
        let status_text = row.text(["orderStatus", "status"]).unwrap_or_default();
        let lines = row.list(["productList", "products"]).unwrap_or_default();
        Some(Self {
            id: row.text(["orderId", "cjOrderId"])?,
            number: row.text(["orderNum", "orderNumber"]),
            cj_code: row.text(["cjOrderCode"]),
            status: OrderStatus::of(&status_text),
            status_text,
            recipient: Recipient {
                name: row.text(["shippingCustomerName"]),
                phone: row.text(["shippingPhone"]),
                address: row.text(["shippingAddress"]),
                city: row.text(["shippingCity"]),
                province: row.text(["shippingProvince"]),
                country: row.text(["shippingCountryCode"]),
            },
            from_country: row.text(["fromCountryCode"]),
            logistic_name: row.text(["logisticName"]),
            tracking_number: row.text(["trackNumber", "trackingNumber"]),
            tracking_url: row.text(["trackingUrl"]),
            weight_g: row.decimal(["orderWeight"]),
            amount: row.decimal(["orderAmount"]),
            product_amount: row.decimal(["productAmount"]),
            postage_amount: row.decimal(["postageAmount"]),
            remark: row.text(["remark"]),
            dispute_id: row.text(["disputeId"]),
            created_at: row.time(["createDate"]),
            paid_at: row.time(["paymentDate"]),
            shipped_at: row.time(["outWarehouseTime"]),
            store_created_at: row.time(["storeCreateDate"]),
            lines: read_all(&lines, line).0,
        })
    }
}

fn line(row: Row<'_>) -> Option<OrderLine> {
    let (vid, sku) = (
        row.text(["vid", "variantId"]),
        row.text(["sku", "variantSku"]),
    );
    let quantity = row.count(["quantity"]);
    // A line that says neither what nor how many is none.
    if vid.is_none() && sku.is_none() && quantity.is_none() {
        return None;
    }
    Some(OrderLine {
        vid,
        sku,
        quantity: quantity.unwrap_or(1),
        price: row.decimal(["sellPrice"]),
        line_id: row.text(["lineItemId"]),
        store_line_id: row.text(["storeLineItemId"]),
    })
}

impl Session {
    /// A page of orders.
    ///
    /// # Errors
    /// [`crate::Class::Answer`] when CJ sends no list at all; an empty page while `total` is above zero is `Ok`.
    pub async fn orders(&self, q: &OrderQuery) -> Result<OrderPage> {
        let mut query = vec![
            ("pageNum", q.page.max(1).to_string()),
            ("pageSize", q.size.clamp(1, 50).to_string()),
        ];
        if let Some(status) = q.status {
            query.push(("status", status.as_str().to_owned()));
        }
        page(&self.get("shopping/order/list", query).await?)
    }

    /// One order, by CJ's id or the shop's number.
    ///
    /// # Errors
    /// [`crate::Class::NotFound`] when CJ does not know it; [`crate::Class::Answer`] when CJ sends nothing.
    pub async fn order(&self, id: &str) -> Result<Order> {
        let data = self
            .get(
                "shopping/order/getOrderDetail",
                vec![("orderId", id.to_owned())],
            )
            .await?;
        let row = Row::required(&data, "order")?;
        Order::of(row).ok_or_else(|| Error::unreadable("order without id"))
    }

    /// Many orders, by CJ's ids or the shop's numbers, 50 a call. Those CJ does not know are left out of the answer.
    ///
    /// # Errors
    /// The first refused call ends it; [`crate::Class::Answer`] when CJ sends nothing.
    pub async fn orders_batch(&self, ids: &[String]) -> Result<Vec<Order>> {
        let mut orders = Vec::with_capacity(ids.len());
        for ids in ids.chunks(BATCH) {
            let body = json!({"orderIds": ids});
            let data = self
                .post("shopping/order/getOrderDetailBatch", Some(body))
                .await?;
            orders.extend(required_list(&data, "orders", Order::of)?);
        }
        Ok(orders)
    }
}

fn page(data: &Value) -> Result<OrderPage> {
    let row = Row::of(data);
    let total = row.and_then(|row| row.count(["total", "totalRecords"]));
    let rows = list(data).or_else(|| row.and_then(|row| row.list(["list", "content"])));
    let rows = match (rows, total) {
        (Some(rows), _) => rows,
        (None, Some(_)) => Vec::new().into(),
        (None, None) if data.is_null() || data.is_object() => {
            return Err(Error::nothing("list of orders"));
        }
        (None, None) => return Err(Error::unreadable("orders are no list")),
    };
    let (items, unreadable) = read_all(&rows, Order::of);
    if unreadable > 0 {
        tracing::warn!(unreadable, "listed orders without an id");
        if items.is_empty() {
            return Err(Error::unreadable("no listed order has an id"));
        }
    }
    Ok(OrderPage {
        items,
        total,
        unreadable,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn shipped() -> Value {
        json!({"orderId": 2609150000000001234_u64, "orderNum": "SHOP-10021", "cjOrderId": null, "shippingCountryCode": "DE", "shippingCity": "Berlin",
            "shippingCustomerName": "Test Person", "shippingPhone": "+49 30 0000000", "orderWeight": 940, "orderStatus": "SHIPPED", "orderAmount": 9.51,
            "productAmount": "4.20", "postageAmount": 5.31, "trackNumber": "CJPDE000000001", "createDate": "2026-09-15 07:00:00",
            "paymentDate": "2026-09-15 07:05:00", "productList": [{"vid": "1980012345678901250", "quantity": 2, "sellPrice": 2.10}, {}]})
    }

    #[test]
    fn an_order_keeps_its_long_id_its_cents_and_its_utc_dates() {
        let page = page(&json!({"pageNum": 1, "total": 1, "list": [shipped()]})).unwrap();
        let order = &page.items[0];
        assert_eq!(order.id, "2609150000000001234");
        assert_eq!(order.status, OrderStatus::Shipped);
        assert_eq!(
            order.amount.map(|amount| amount.to_string()).as_deref(),
            Some("9.51")
        );
        assert_eq!(order.created_at, "2026-09-15T07:00:00Z".parse().ok());
        assert_eq!((order.lines.len(), order.lines[0].quantity), (1, 2));
    }

    #[test]
    fn every_status_is_read_back_and_an_unknown_one_keeps_its_word() {
        for status in OrderStatus::ALL {
            assert_eq!(OrderStatus::of(status.as_str()), status);
        }
        assert_eq!(OrderStatus::of("pending"), OrderStatus::Unshipped);
        let odd = json!([{"orderId": "1", "orderStatus": "ON_THE_MOON"}]);
        let order = page(&odd).unwrap().items.remove(0);
        assert_eq!(
            (order.status, order.status_text.as_str()),
            (OrderStatus::Other, "ON_THE_MOON")
        );
    }

    #[test]
    fn no_orders_is_told_apart_from_no_answer() {
        assert_eq!(
            page(&json!({"total": 0, "list": []})).unwrap().items.len(),
            0
        );
        assert_eq!(
            page(&json!({"total": 7, "list": null})).unwrap().total,
            Some(7)
        );
        for data in [json!(null), json!({}), json!({"list": null})] {
            assert!(page(&data).unwrap_err().empty, "{data}");
        }
        assert!(
            !page(&json!({"total": 1, "list": [{"orderNum": "x"}]}))
                .unwrap_err()
                .empty
        );
    }

    #[test]
    fn a_customers_name_and_address_stay_out_of_logs() {
        let text = format!("{:?}", page(&json!([shipped()])).unwrap());
        assert!(text.contains("DE") && !text.contains("Test Person") && !text.contains("+49"));
        assert!(!text.contains("Berlin"));
    }
}
