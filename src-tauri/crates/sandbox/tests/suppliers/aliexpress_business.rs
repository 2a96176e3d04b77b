//! AliExpress: the business calls in their envelopes.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rust_decimal::Decimal;
use serde_json::{Value, json};
use smartlinks_sandbox::Options;

use crate::support::{Caller, id, number, quiet};

/// The list under an oddly named object: array, bare object, or nothing.
fn unwrapped(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(fields) => match fields.values().next() {
            Some(Value::Array(list)) if fields.len() == 1 => list.clone(),
            Some(one) if fields.len() == 1 => vec![one.clone()],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn a_product_tells_the_truth_from_inside_its_envelope() {
    let caller = Caller::new(quiet()).await;
    let token = id(&caller.aliexpress_pair().await["access_token"]);
    let truth = caller.sandbox.control().truth();
    let (mut bare, mut refused) = (0, 0);
    for product in truth.aliexpress().take(150) {
        let params = [
            ("product_id", product.pid.as_str()),
            ("ship_to_country", "FR"),
            ("target_currency", "USD"),
        ];
        let body = caller
            .business(&token, "aliexpress.ds.product.get", &params)
            .await;
        let body = &body["aliexpress_ds_product_get_response"];
        let code = number(&body["rsp_code"]);
        if code != 200 {
            assert!(
                if product.on_sale {
                    code == 602
                } else {
                    code == 605
                },
                "{body}"
            );
            refused += 1;
            continue;
        }
        let result = &body["result"];
        assert_eq!(
            id(&result["ae_item_base_info_dto"]["product_id"]),
            product.pid
        );
        bare += usize::from(result["ae_item_sku_info_dtos"]["ae_item_sku_info_d_t_o"].is_object());
        let skus = unwrapped(&result["ae_item_sku_info_dtos"]);
        assert_eq!(skus.len(), product.variants.len());
        for (sku, real) in skus.iter().zip(&product.variants) {
            assert_eq!(sku["sku_id"], json!(real.vid));
            assert_eq!(
                id(&sku["offer_sale_price"]).parse::<Decimal>().unwrap(),
                real.price
            );
            assert_eq!(sku["sku_available_stock"], json!(real.stock));
        }
    }
    assert!(bare > 0 && refused > 0, "{bare} {refused}");
}

#[tokio::test]
async fn business_errors_come_in_their_own_envelope() {
    let caller = Caller::new(quiet()).await;
    let token = id(&caller.aliexpress_pair().await["access_token"]);
    let code = async |token: &str, method: &str, params: &[(&str, &str)]| {
        caller.business(token, method, params).await["error_response"].clone()
    };
    assert_eq!(
        code("nonsense", "aliexpress.ds.member.benefit.get", &[]).await["code"],
        "IllegalAccessToken"
    );
    assert_eq!(
        code(&token, "aliexpress.ds.nothing.get", &[]).await["code"],
        "InvalidApiPath"
    );
    assert_eq!(
        code(&token, "aliexpress.affiliate.product.query", &[]).await["code"],
        "InsufficientPermission"
    );
    let missing = code(&token, "aliexpress.ds.product.get", &[]).await;
    assert!(
        missing["code"] == "MissingParameter"
            && missing["msg"].as_str().unwrap().contains("product_id")
    );
    let foreign = [("single_order_query", r#"{"order_id":8100000000000001}"#)];
    let foreign = code(&token, "aliexpress.trade.ds.order.get", &foreign).await;
    assert_eq!(
        (foreign["code"].as_u64(), foreign["sub_code"].as_str()),
        (Some(15), Some("isv.insufficient-permission"))
    );
    let benefit = caller
        .business(&token, "aliexpress.ds.member.benefit.get", &[])
        .await;
    assert_eq!(
        benefit["aliexpress_ds_member_benefit_get_response"]["rsp_code"],
        200
    );
    caller.sandbox.control().expire_access_tokens();
    assert_eq!(
        code(&token, "aliexpress.ds.member.benefit.get", &[]).await["code"],
        "IllegalAccessToken"
    );
}

#[tokio::test]
async fn a_search_an_order_and_its_parcel_answer_in_their_odd_shapes() {
    let caller = Caller::new(quiet()).await;
    let token = id(&caller.aliexpress_pair().await["access_token"]);
    let truth = caller.sandbox.control().truth();
    let search = [
        ("keyWord", "lamp"),
        ("local", "en_US"),
        ("countryCode", "FR"),
        ("currency", "EUR"),
        ("sortBy", "min_price,asc"),
        ("pageSize", "5"),
    ];
    let body = caller
        .business(&token, "aliexpress.ds.text.search", &search)
        .await;
    let data = &body["aliexpress_ds_text_search_response"]["data"];
    assert!(data["totalCount"].as_u64().unwrap() > 5);
    let rows = unwrapped(&data["products"]);
    assert_eq!(rows.len(), 5);
    assert!(
        rows.iter()
            .all(|row| row["title"].as_str().unwrap().contains("Lamp")
                && row["salePriceCurrency"] == "CNY")
    );
    let unsorted = caller
        .business(&token, "aliexpress.ds.text.search", &search[..4])
        .await;
    assert_eq!(
        unsorted["aliexpress_ds_text_search_response"]["code"],
        "NGSELECTION_SEARCH_ERROR"
    );

    let orders = truth.aliexpress_orders();
    let shipped = orders
        .iter()
        .find(|o| o.state == "WAIT_BUYER_ACCEPT_GOODS")
        .unwrap();
    assert!(
        shipped.id.starts_with("81") && shipped.id.len() == 16,
        "{}",
        shipped.id
    );
    let one = format!(r#"{{"order_id":{}}}"#, shipped.id);
    let body = caller
        .business(
            &token,
            "aliexpress.trade.ds.order.get",
            &[("single_order_query", &one)],
        )
        .await;
    let result = &body["aliexpress_trade_ds_order_get_response"]["result"];
    assert_eq!(result["order_status"], json!(shipped.state));
    assert_eq!(
        unwrapped(&result["child_order_list"]).len(),
        shipped.lines.len()
    );
    let track = async |id: &str| {
        let params = [("ae_order_id", id), ("language", "en_US")];
        let body = caller
            .business(&token, "aliexpress.ds.order.tracking.get", &params)
            .await;
        body["aliexpress_ds_order_tracking_get_response"]["result"].clone()
    };
    let parcel = track(&shipped.id).await;
    let lines = unwrapped(&parcel["data"]["tracking_detail_line_list"]);
    assert!(
        parcel["ret"] == true && unwrapped(&lines[0]["detail_node_list"]).len() == 2,
        "{parcel}"
    );
    let waiting = orders
        .iter()
        .find(|o| o.state == "WAIT_SELLER_SEND_GOODS")
        .unwrap();
    assert_eq!(track(&waiting.id).await["code"], "1001");
}

#[tokio::test]
async fn freight_comes_in_whole_units_or_as_not_deliverable_to_the_address() {
    let caller = Caller::new(quiet()).await;
    let token = id(&caller.aliexpress_pair().await["access_token"]);
    let truth = caller.sandbox.control().truth();
    let (mut quoted, mut free, mut refused) = (0, 0, 0);
    for product in truth.aliexpress().filter(|p| p.on_sale).take(150) {
        let request = json!({"quantity": 1, "shipToCountry": "FR", "productId": product.pid, "currency": "USD",
            "selectedSkuId": product.variants[0].vid, "language": "en_US", "locale": "en_US"})
        .to_string();
        let body = caller
            .business(
                &token,
                "aliexpress.ds.freight.query",
                &[("queryDeliveryReq", &request)],
            )
            .await;
        let result = &body["aliexpress_ds_freight_query_response"]["result"];
        let options = unwrapped(&result["delivery_options"]);
        if result["success"] == false {
            assert_eq!((number(&result["code"]), options.len()), (505, 0));
            refused += 1;
            continue;
        }
        for option in options {
            let fee = option["shipping_fee_cent"].as_str();
            assert_eq!(fee.is_none(), option["free_shipping"] == true);
            free += usize::from(fee.is_none());
            quoted += usize::from(fee.is_some_and(|fee| fee.contains('.')));
        }
    }
    assert!(
        quoted > 0 && free > 0 && refused > 0,
        "{quoted} {free} {refused}"
    );
}

#[tokio::test]
async fn calling_faster_than_allowed_bans_with_the_seconds_in_the_message() {
    let caller = Caller::new(Options {
        aliexpress_qps: Some(1),
        ..quiet()
    })
    .await;
    let token = id(&caller.aliexpress_pair().await["access_token"]);
    let mut banned = Value::Null;
    for _ in 0..20 {
        let body = caller
            .business(&token, "aliexpress.ds.member.benefit.get", &[])
            .await;
        if body.get("error_response").is_some() {
            banned = body["error_response"].clone();
            break;
        }
    }
    assert_eq!(banned["code"], "AppApiCallLimit");
    assert!(
        banned["msg"]
            .as_str()
            .unwrap()
            .contains("ban will last 1 seconds"),
        "{banned}"
    );
}
