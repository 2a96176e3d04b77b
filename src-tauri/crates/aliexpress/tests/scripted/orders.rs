//! Orders, tracking, benefits, and any other method by name.

use std::collections::BTreeMap;

use aliexpress::{Benefit, Class, Stage};
use serde_json::{Value, json};

use crate::gateway::Gateway;

#[tokio::test]
async fn an_order_arrives_with_its_lines_amounts_and_dates() {
    let gateway = Gateway::start().await;
    gateway.says(
        &json!({"aliexpress_trade_ds_order_get_response": {"result": {
        "order_status": "WAIT_BUYER_ACCEPT_GOODS", "logistics_status": "SELLER_SEND_GOODS",
        "gmt_create": "2026-01-15 10:00:00", "order_paidtime_string": "2026-01-15 10:05:00",
        "pay_timeout_second": 86_400,
        "order_amount": {"amount": "18.01", "currency_code": "USD"},
        "user_order_amount": {"amount": 16.99, "currency_code": "EUR"},
        "child_order_list": {"aeop_child_order_info": {"product_id": 1005004043442825_u64,
            "sku_id": "12000044126059467", "product_name": "Bath mat", "product_count": 2,
            "product_price": {"amount": "8.01", "currency_code": "USD"},
            "actual_fee": {"amount": "18.01", "currency_code": "USD"},
            "actual_shipping_fee": {"amount": "1.99", "currency_code": "USD"}, "end_reason": ""}},
        "logistics_info_list": {"aeop_order_logistics_info": [
            {"logistics_no": "LP00600000000001", "logistics_service": "CAINIAO_STANDARD"}, {}]},
        "store_info": {"store_id": 1102602078, "store_name": "Shop Store"}
    }, "request_id": "r"}}),
    );
    let order = gateway.session().order("1105933950463697").await.unwrap();
    assert_eq!(
        (&*order.order_id, order.stage()),
        ("1105933950463697", Stage::Shipped)
    );
    assert_eq!(
        order.created_at.unwrap().to_string(),
        "2026-01-15T18:00:00Z"
    );
    assert_eq!(order.paid_at.unwrap().to_string(), "2026-01-15T18:05:00Z");
    let charged = order.charged.unwrap();
    assert_eq!(
        (charged.amount.to_string(), charged.currency.as_deref()),
        ("16.99".into(), Some("EUR"))
    );
    assert_eq!(order.amount.unwrap().amount.to_string(), "18.01");
    assert_eq!(order.lines.len(), 1);
    let line = &order.lines[0];
    assert_eq!(line.product_id.as_deref(), Some("1005004043442825"));
    assert_eq!(
        (line.sku_id.as_deref(), line.quantity),
        (Some("12000044126059467"), 2)
    );
    assert_eq!(line.price.as_ref().unwrap().amount.to_string(), "8.01");
    assert_eq!(line.end_reason, None);
    let numbers: Vec<&str> = order
        .shipments
        .iter()
        .map(|s| &*s.tracking_number)
        .collect();
    assert_eq!(numbers, ["LP00600000000001"]);
    assert_eq!(order.store_id.as_deref(), Some("1102602078"));

    let asked = gateway.only();
    assert_eq!(asked.param("method"), "aliexpress.trade.ds.order.get");
    let query: Value = serde_json::from_str(asked.param("single_order_query")).unwrap();
    assert_eq!(query, json!({"order_id": "1105933950463697"}));
}

#[tokio::test]
async fn an_order_of_another_buyer_is_not_found() {
    let gateway = Gateway::start().await;
    gateway.says(
        &json!({"error_response": {"type": "ISP", "code": "15", "msg": "Remote service error",
        "sub_code": "isv.insufficient-permission", "request_id": "r"}}),
    );
    let error = gateway.session().order("1").await.unwrap_err();
    assert_eq!(error.class, Class::NotFound);
    assert!(!error.retry_helps());
}

#[tokio::test]
async fn an_answer_without_an_order_is_no_order() {
    let gateway = Gateway::start().await;
    gateway.says(
        &json!({"aliexpress_trade_ds_order_get_response": {"result": {}, "request_id": "r"}}),
    );
    let error = gateway.session().order("1").await.unwrap_err();
    assert_eq!(
        (error.class, error.request_id.as_deref()),
        (Class::Answer, Some("r"))
    );
}

#[tokio::test]
async fn a_parcel_arrives_with_its_story_oldest_first() {
    let gateway = Gateway::start().await;
    gateway.says(&json!({"aliexpress_ds_order_tracking_get_response": {"result": {"ret": true, "code": "200",
        "data": {"tracking_detail_line_list": {"tracking_detail": [{
            "mail_no": "LP00600000000001", "carrier_name": "Cainiao", "eta_time_stamps": 1_785_500_000_000_i64,
            "detail_node_list": {"detail_node": [
                {"time_stamp": 1_785_000_000_000_i64, "tracking_name": "In transit", "tracking_detail_desc": "Left"},
                {"time_stamp": "1784000000000", "tracking_name": "Accepted"}]},
            "package_item_list": {"package_item": {"item_id": 1005004043442825_u64,
                "sku_id": 12000044126059467_u64, "quantity": 2, "item_title": "Bath mat"}}}]}}},
        "request_id": "r"}}));
    let parcels = gateway
        .session()
        .tracking("1105933950463697", "en_US")
        .await
        .unwrap();
    assert_eq!(parcels.len(), 1);
    let parcel = &parcels[0];
    assert_eq!(parcel.tracking_number.as_deref(), Some("LP00600000000001"));
    assert_eq!(parcel.eta.unwrap().as_millisecond(), 1_785_500_000_000);
    let names: Vec<_> = parcel
        .events
        .iter()
        .map(|event| event.name.as_deref().unwrap())
        .collect();
    assert_eq!(names, ["Accepted", "In transit"]);
    assert_eq!(parcel.items[0].sku_id.as_deref(), Some("12000044126059467"));
    let asked = gateway.only();
    assert_eq!(
        (asked.param("ae_order_id"), asked.param("language")),
        ("1105933950463697", "en_US")
    );
}

#[tokio::test]
async fn an_order_not_sent_yet_has_no_parcels_and_no_error() {
    for answer in [
        json!({"aliexpress_ds_order_tracking_get_response":
            {"result": {"ret": false, "code": "1001", "msg": "TRACKING DATA NOT FOUND"}}}),
        json!({"aliexpress_ds_order_tracking_get_response": {"result": {"ret": "false", "code": 1001}}}),
        json!({"error_response": {"code": "TRACKING DATA NOT FOUND", "msg": "TRACKING DATA NOT FOUND"}}),
        json!({"aliexpress_ds_order_tracking_get_response": {"result": {"ret": true, "data": {}}}}),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&answer);
        assert_eq!(
            gateway.session().tracking("1", "en_US").await.unwrap(),
            [],
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_failed_tracking_call_is_not_taken_for_an_unsent_order() {
    for (answer, class) in [
        (
            json!({"x_response": {"result": {"ret": false, "code": "500", "msg": "InternalError"}}}),
            Class::Server,
        ),
        (json!({"x_response": {"request_id": "r"}}), Class::Answer),
        (
            json!({"error_response": {"code": "UnsupportedParamMapping", "msg": "m"}}),
            Class::Param,
        ),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&answer);
        let error = gateway.session().tracking("1", "en_US").await.unwrap_err();
        assert_eq!(error.class, class, "{answer}");
    }
}

#[tokio::test]
async fn benefits_are_read_in_both_wrappings_and_tell_a_dead_token() {
    let benefit =
        json!({"code": "auto-pay", "title": "Auto pay", "canApply": true, "canBenefit": "false"});
    let expected = Benefit {
        code: "auto-pay".into(),
        title: Some("Auto pay".into()),
        can_apply: true,
        has_it: false,
    };
    for result in [
        json!([benefit]),
        json!({"benefit_catalog": [benefit]}),
        json!({"benefit_catalog": benefit}),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&json!({"aliexpress_ds_member_benefit_get_response":
            {"result": result, "rsp_code": "200", "rsp_msg": "ok"}}));
        assert_eq!(
            gateway.session().member_benefit().await.unwrap(),
            std::slice::from_ref(&expected)
        );
    }
    for (answer, class) in [
        (
            json!({"error_response": {"type": "ISV", "code": "IllegalAccessToken", "msg": "expired"}}),
            Class::Token,
        ),
        (json!({"hello": "world"}), Class::Answer),
        (
            json!({"aliexpress_ds_member_benefit_get_response": {"rsp_code": 500}}),
            Class::Param,
        ),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&answer);
        assert_eq!(
            gateway.session().member_benefit().await.unwrap_err().class,
            class,
            "{answer}"
        );
    }
}

#[tokio::test]
async fn any_business_method_can_be_called_by_name() {
    let gateway = Gateway::start().await;
    gateway
        .says(&json!({"aliexpress_ds_category_get_response": {"resp_result": {"resp_code": 200}}}));
    // `appKey` beside `app_key` breaks clients that sort by locale.
    let params = BTreeMap::from([
        ("appKey".to_owned(), "500000".to_owned()),
        ("categoryId".to_owned(), "7".to_owned()),
        ("empty".to_owned(), String::new()),
    ]);
    let body = gateway
        .session()
        .call("aliexpress.ds.category.get", params)
        .await
        .unwrap();
    assert_eq!(body, json!({"resp_result": {"resp_code": 200}}));
    let asked = gateway.only();
    assert_eq!(
        (
            asked.param("categoryId"),
            asked.params.contains_key("empty")
        ),
        ("7", false)
    );
    assert!(asked.signed_as("aliexpress.ds.category.get"));
}

#[tokio::test]
async fn a_call_by_name_cannot_reach_the_token_endpoints_or_bend_the_session() {
    let gateway = Gateway::start().await;
    let session = gateway.session();
    for method in ["", "/auth/token/create"] {
        let error = session.call(method, BTreeMap::new()).await.unwrap_err();
        assert_eq!(error.class, Class::Param, "{method}");
    }
    for name in [
        "session",
        "access_token",
        "sign",
        "method",
        "app_key",
        "timestamp",
    ] {
        let params = BTreeMap::from([(name.to_owned(), "x".to_owned())]);
        let error = session
            .call("aliexpress.ds.category.get", params)
            .await
            .unwrap_err();
        assert_eq!(error.class, Class::Param, "{name}");
    }
    assert!(gateway.asked().is_empty());
}
