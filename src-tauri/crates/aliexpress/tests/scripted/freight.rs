//! Freight.

use aliexpress::{Class, FreightQuery};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::gateway::Gateway;

fn price(text: &str) -> Option<Decimal> {
    Some(text.parse().unwrap())
}

fn freight_query() -> FreightQuery {
    FreightQuery {
        product_id: "1005004043442825".into(),
        sku_id: "12000044126059467".into(),
        quantity: 2,
        ship_to: "FR".into(),
        currency: "EUR".into(),
        language: "fr_FR".into(),
        province_code: None,
        city_code: Some("75".into()),
    }
}

#[tokio::test]
async fn freight_is_in_whole_units_and_free_is_zero() {
    let gateway = Gateway::start().await;
    gateway.says(
        &json!({"aliexpress_ds_freight_query_response": {"result": {"msg": "Call succeeds",
        "code": 200, "success": true, "delivery_options": {"delivery_option_d_t_o": [
            {"code": "CAINIAO_STANDARD", "company": "Standard", "shipping_fee_cent": "1.99",
             "shipping_fee_currency": "EUR", "free_shipping": false, "min_delivery_days": 6,
             "max_delivery_days": "8", "guaranteed_delivery_days": "60", "tracking": true,
             "ship_from_country": "CN", "available_stock": "76"},
            {"code": "FREE", "free_shipping": true},
            {"code": "UNKNOWN", "free_shipping": false}
        ]}}}}),
    );
    let options = gateway.session().freight(&freight_query()).await.unwrap();
    let fees: Vec<_> = options
        .iter()
        .map(|option| (&*option.code, option.fee))
        .collect();
    let expected = [
        ("CAINIAO_STANDARD", price("1.99")),
        ("FREE", Some(Decimal::ZERO)),
        ("UNKNOWN", None),
    ];
    assert_eq!(fees, expected);
    assert_eq!(
        (options[0].min_days, options[0].max_days),
        (Some(6), Some(8))
    );
    assert_eq!(
        (options[0].guaranteed_days, options[0].stock),
        (Some(60), Some(76))
    );

    let asked = gateway.only();
    let request: Value = serde_json::from_str(asked.param("queryDeliveryReq")).unwrap();
    assert_eq!(
        request,
        json!({"quantity": "2", "shipToCountry": "FR", "productId": "1005004043442825",
            "selectedSkuId": "12000044126059467", "language": "fr_FR", "locale": "fr_FR",
            "currency": "EUR", "cityCode": "75"})
    );
}

#[tokio::test]
async fn nobody_sending_there_is_an_answer_and_a_wrong_product_an_error() {
    let answer = |code: Value, msg: &str| {
        json!({"aliexpress_ds_freight_query_response":
            {"result": {"success": false, "code": code, "msg": msg}}})
    };
    for none in [
        answer(json!(505), "DELIVERY_NOT_AVAILABLE_TO_YOUR_ADDRESS"),
        answer(json!("DELIVERY_NOT_AVAILABLE_TO_YOUR_ADDRESS"), ""),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&none);
        assert_eq!(
            gateway.session().freight(&freight_query()).await.unwrap(),
            []
        );
    }
    let gateway = Gateway::start().await;
    gateway.says(&answer(json!(501), "DELIVERY_INFO_EMPTY"));
    let error = gateway
        .session()
        .freight(&freight_query())
        .await
        .unwrap_err();
    assert_eq!(error.class, Class::NotFound);
}
