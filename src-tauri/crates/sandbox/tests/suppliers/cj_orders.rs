//! CJ's orders, parcels and freight, the category tree, and how wrong calls are refused.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rust_decimal::Decimal;
use serde_json::json;

use crate::support::{Caller, id, prices, quiet};

#[tokio::test]
async fn orders_come_by_status_and_their_parcels_can_be_followed() {
    let caller = Caller::connected(quiet()).await;
    let orders = caller.sandbox.control().truth().orders_of(0);
    assert_eq!(orders.len(), 24);
    let mut listed = 0;
    for status in [
        "CREATED",
        "IN_CART",
        "UNPAID",
        "UNSHIPPED",
        "SHIPPED",
        "DELIVERED",
        "CANCELLED",
        "OTHER",
    ] {
        let data = caller
            .data(&format!("shopping/order/list?status={status}&pageSize=50"))
            .await;
        assert!(data["total"].as_u64().unwrap() > 0, "{status}");
        listed += data["total"].as_u64().unwrap();
    }
    assert_eq!(listed, 24, "every order is under one status");
    let default = caller.data("shopping/order/list").await;
    assert!(
        default["list"]
            .as_array()
            .unwrap()
            .iter()
            .all(|o| o["orderStatus"] == "CANCELLED")
    );
    let shipped = orders.iter().find(|o| o.state == "SHIPPED").unwrap();
    let detail = caller
        .data(&format!(
            "shopping/order/getOrderDetail?orderId={}",
            shipped.number
        ))
        .await;
    assert_eq!(detail["orderId"], json!(shipped.id));
    assert_eq!(prices(&detail["orderAmount"]), [shipped.total]);
    let number = detail["trackNumber"].as_str().unwrap();
    let track = caller
        .data(&format!(
            "logistic/trackInfo?trackNumber={number}&trackNumber=X1"
        ))
        .await;
    assert_eq!(
        (
            track.as_array().unwrap().len(),
            track[0]["trackingStatus"].as_str()
        ),
        (1, Some("In transit"))
    );
    let batch = json!({"orderIds": [shipped.id, "SHOP-10001", "no such order"]});
    let (_, batch) = caller
        .post("shopping/order/getOrderDetailBatch", batch)
        .await;
    assert_eq!(
        batch["data"].as_array().unwrap().len(),
        2,
        "unknown ones are left out"
    );
    assert_eq!(
        caller
            .get("shopping/order/getOrderDetail?orderId=1")
            .await
            .1["code"],
        1_600_300
    );
}

#[tokio::test]
async fn freight_is_quoted_per_line_and_some_countries_show_zero() {
    let caller = Caller::connected(quiet()).await;
    let truth = caller.sandbox.control().truth();
    let product = truth
        .all()
        .find(|p| p.on_sale && !p.variants.is_empty())
        .unwrap();
    let quote = async |to: &str| {
        let body = json!({"startCountryCode": "CN", "endCountryCode": to,
            "products": [{"vid": product.variants[0].vid, "quantity": 2}]});
        caller.post("logistic/freightCalculate", body).await.1["data"].clone()
    };
    let germany = quote("DE").await;
    assert_eq!(germany.as_array().unwrap().len(), 4);
    assert!(prices(&germany[0]["logisticPrice"])[0] > Decimal::ZERO);
    assert_eq!(
        prices(&quote("ZA").await[0]["logisticPrice"]),
        [Decimal::ZERO]
    );
}

#[tokio::test]
async fn wrong_calls_are_refused_by_name_and_pictures_are_served() {
    let caller = Caller::connected(quiet()).await;
    assert_eq!(caller.get("product/nothing").await.1["code"], 1_600_101);
    assert_eq!(
        caller.get("authentication/logout").await.1["code"],
        16_900_202
    );
    assert_eq!(caller.get("product/query").await.1["code"], 16_900_403);
    assert_eq!(caller.get("product/query?pid=5").await.1["code"], 1_602_001);
    assert_eq!(
        caller.get("product/variant/queryByVid?vid=5").await.1["code"],
        1_602_000
    );
    let tree = caller.data("product/getCategory").await;
    let leaf = &tree[0]["categoryFirstList"][0]["categorySecondList"][0];
    assert_eq!(
        (leaf["categoryName"].as_str(), id(&leaf["categoryId"]).len()),
        (Some("Storage Jars"), 36)
    );
    let data = caller.data("product/listV2?size=1").await;
    let picture = data["content"][0]["productList"][0]["bigImage"]
        .as_str()
        .unwrap();
    let picture = caller.http.get(picture).send().await.unwrap();
    assert_eq!(picture.headers()["content-type"], "image/svg+xml");
    assert!(picture.text().await.unwrap().starts_with("<svg"));
    let houses = caller.get("product/globalWarehouseList").await.1;
    assert!(
        houses.get("result").is_none() && houses["success"] == true,
        "{houses}"
    );
}
