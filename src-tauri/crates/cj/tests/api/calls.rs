//! What every call sends, and what it hands back.

use cj::{Class, FreightLine, FreightQuery, ListQuery, ListV2Query, OrderQuery, OrderStatus};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::scripted::{Scripted, TOKEN, data, refusal, reply};

/// The query as `name=value` in the order of the names.
fn sorted(asked: &crate::scripted::Asked) -> Vec<String> {
    let mut query: Vec<String> = asked
        .query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    query.sort();
    query
}

#[tokio::test]
async fn the_test_of_a_connection_says_who_and_how_fast() {
    let cj = Scripted::start([data(json!({"openId": 40321, "openName": "Blue Fox Store", "openEmail": "owner@example.test",
        "setting": {"quotaLimits": [{"quotaUrl": "/api2.0/v1/product/list", "quotaLimit": 1000, "quotaType": 4}], "qpsLimit": 1},
        "callback": {"productType": "CANCEL"}, "root": "GENERAL", "isSandbox": false}))])
    .await;
    let settings = cj.session().settings().await.unwrap();
    assert_eq!(settings.open_id.unwrap().expose_secret(), "40321");
    assert_eq!(settings.open_name.as_deref(), Some("Blue Fox Store"));
    assert_eq!(
        settings.qps.map(|qps| qps.to_string()).as_deref(),
        Some("1")
    );
    let asked = cj.only();
    assert_eq!(
        (asked.method.as_str(), asked.path.as_str()),
        ("GET", "/api2.0/v1/setting/get")
    );
    assert_eq!(asked.token.as_deref(), Some(TOKEN));
}

#[tokio::test]
async fn a_search_asks_for_exactly_the_slice_meant() {
    let cj = Scripted::start([data(json!({"totalRecords": 0, "content": []}))]).await;
    let query = ListV2Query {
        words: Some(String::from("jar & lid")),
        category_id: Some(String::from("0A1B")),
        country: Some(String::from("US")),
        price_min: "2.10".parse().ok(),
        price_max: "4.85".parse().ok(),
        listed_from: "2026-01-01T00:00:00Z".parse().ok(),
        listed_to: "2026-02-01T00:00:00Z".parse().ok(),
        page: 0,
        size: 500,
    };
    cj.session().list_v2(&query).await.unwrap();
    let asked = cj.only();
    assert_eq!(asked.path, "/api2.0/v1/product/listV2");
    assert_eq!(
        sorted(&asked),
        [
            "categoryId=0A1B",
            "countryCode=US",
            "endSellPrice=4.85",
            "features=enable_category",
            "keyWord=jar & lid",
            "page=1",
            "size=100",
            "startSellPrice=2.10",
            "timeEnd=1769904000000",
            "timeStart=1767225600000",
        ]
    );
}

#[tokio::test]
async fn the_legacy_list_and_my_products_ask_in_their_own_words() {
    let cj = Scripted::start([
        data(json!({"total": 0, "list": []})),
        data(json!({"totalRecords": 1, "content": [{"productId": "1980012345678901248", "nameEn": "Jar", "totalPrice": 2.10}]})),
    ])
    .await;
    let session = cj.session();
    let query = ListQuery {
        words: Some(String::from("jar")),
        sku: Some(String::from(" ")),
        price_min: "1".parse().ok(),
        listed_from: "2026-01-01T00:00:00Z".parse().ok(),
        page: 3,
        size: 20,
        ..ListQuery::default()
    };
    session.list(&query).await.unwrap();
    let mine = session.my_products(2, 50).await.unwrap();
    assert_eq!((mine.items.len(), mine.total), (1, Some(1)));
    let asked = cj.asked();
    assert_eq!(asked[0].path, "/api2.0/v1/product/list");
    assert_eq!(
        sorted(&asked[0]),
        [
            "createTimeFrom=2026-01-01 00:00:00",
            "minPrice=1",
            "pageNum=3",
            "pageSize=20",
            "productNameEn=jar"
        ]
    );
    assert_eq!(asked[1].path, "/api2.0/v1/product/myProduct/query");
    assert_eq!(
        sorted(&asked[1]),
        ["pageNum=2", "pageNumber=2", "pageSize=50"]
    );
}

#[tokio::test]
async fn a_product_its_variants_and_its_stock_are_asked_for_by_id() {
    let cj = Scripted::start([
        data(json!({"pid": "p&1", "productNameEn": "Jar"})),
        data(json!({"pid": "p&1", "productNameEn": "Jar"})),
        data(json!([{"vid": 1980012345678901250_u64, "variantKey": "[\"Clear\",\"500ml\"]", "variantSellPrice": 2.10}])),
        data(json!({"inventories": [{"countryCode": "CN", "totalInventoryNum": 1500}], "variantInventories": []})),
        data(json!([{"categoryFirstName": "Home", "categoryFirstList": [{"categorySecondName": "Kitchen", "categorySecondList": [{"categoryId": "0A1B", "categoryName": "Jars"}]}]}])),
    ])
    .await;
    let session = cj.session();
    session.product("p&1", true).await.unwrap();
    session.product("p&1", false).await.unwrap();
    let variants = session.variants("p&1").await.unwrap();
    assert_eq!(
        (variants[0].vid.as_str(), variants[0].options.len()),
        ("1980012345678901250", 2)
    );
    assert_eq!(
        session.stock_by_product("p&1").await.unwrap().total(),
        Some(1500)
    );
    assert_eq!(session.categories().await.unwrap()[0].third, "Jars");
    let asked = cj.asked();
    let paths: Vec<&str> = asked.iter().map(|asked| asked.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "/api2.0/v1/product/query",
            "/api2.0/v1/product/query",
            "/api2.0/v1/product/variant/query",
            "/api2.0/v1/product/stock/getInventoryByPid",
            "/api2.0/v1/product/getCategory",
        ]
    );
    assert_eq!(asked[0].args("features"), ["enable_inventory"]);
    assert!(asked[1].args("features").is_empty());
    assert!(asked[..4].iter().all(|asked| asked.args("pid") == ["p&1"]));
}

#[tokio::test]
async fn a_delisted_product_is_told_apart_from_an_empty_answer_and_from_a_network_failure() {
    let cj = Scripted::start([
        refusal(200, 1_602_002, "Product removed from shelves"),
        refusal(200, 1_602_001, "Product not found"),
        data(json!(null)),
        data(json!({})),
    ])
    .await;
    let session = cj.session();
    let mut classes = Vec::new();
    for _ in 0..4 {
        let error = session.product("p", false).await.unwrap_err();
        classes.push((error.class, error.empty, error.retry_helps()));
    }
    assert_eq!(
        classes,
        [
            (Class::OffShelf, false, false),
            (Class::NotFound, false, false),
            (Class::Answer, true, true),
            (Class::Answer, true, true),
        ]
    );
}

#[tokio::test]
async fn an_empty_success_is_an_error_for_every_call_that_must_bring_something() {
    let cj = Scripted::start((0..9).map(|_| data(Value::Null))).await;
    let session = cj.session();
    let empty = [
        session.settings().await.map(|_| ()),
        session.categories().await.map(|_| ()),
        session.my_products(1, 20).await.map(|_| ()),
        session.variants("p").await.map(|_| ()),
        session.stock_by_product("p").await.map(|_| ()),
        session.orders(&OrderQuery::default()).await.map(|_| ()),
        session.order("o").await.map(|_| ()),
        session.orders_batch(&[String::from("o")]).await.map(|_| ()),
        session.freight(&FreightQuery::default()).await.map(|_| ()),
    ];
    for (call, result) in empty.into_iter().enumerate() {
        assert!(
            result.is_err_and(|error| error.empty && error.class == Class::Answer),
            "call {call}"
        );
    }
}

#[tokio::test]
async fn orders_are_listed_by_status_and_an_unknown_one_is_not_found() {
    let row = json!({"orderId": "2609150000000001234", "orderNum": "SHOP-10021", "orderStatus": "SHIPPED", "orderAmount": 9.51});
    let cj = Scripted::start([
        data(json!({"pageNum": 1, "pageSize": 20, "total": 1, "list": [row]})),
        data(row.clone()),
        refusal(200, 1_600_300, "order not found"),
    ])
    .await;
    let session = cj.session();
    let query = OrderQuery {
        page: 1,
        size: 400,
        status: Some(OrderStatus::InCart),
    };
    assert_eq!(session.orders(&query).await.unwrap().total, Some(1));
    assert_eq!(
        session.order("SHOP-10021").await.unwrap().id,
        "2609150000000001234"
    );
    assert_eq!(
        session.order("SHOP-1").await.unwrap_err().class,
        Class::NotFound
    );
    let asked = cj.asked();
    assert_eq!(asked[0].path, "/api2.0/v1/shopping/order/list");
    assert_eq!(
        sorted(&asked[0]),
        ["pageNum=1", "pageSize=50", "status=IN_CART"]
    );
    assert_eq!(asked[1].path, "/api2.0/v1/shopping/order/getOrderDetail");
    assert_eq!(asked[1].args("orderId"), ["SHOP-10021"]);
}

#[tokio::test]
async fn many_open_orders_are_asked_for_fifty_at_a_time_and_none_for_nothing() {
    let one = || data(json!([{"orderId": "1", "orderStatus": "SHIPPED"}]));
    let cj = Scripted::start([one(), one(), data(json!([]))]).await;
    let ids: Vec<String> = (0..120).map(|n| format!("SHOP-{n}")).collect();
    assert_eq!(cj.session().orders_batch(&ids).await.unwrap().len(), 2);
    let sizes: Vec<usize> = cj
        .asked()
        .iter()
        .map(|asked| asked.json()["orderIds"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [50, 50, 20]);
    assert!(cj.session().orders_batch(&[]).await.unwrap().is_empty());
    assert_eq!(cj.asked().len(), 3);
}

#[tokio::test]
async fn parcels_are_followed_with_one_argument_each() {
    let row = json!({"trackingNumber": "CJPDE000000001", "logisticName": "CJPacket Ordinary", "trackingFrom": "CN", "trackingTo": "DE",
        "deliveryDay": "9", "deliveryTime": "2026-09-24 10:00:00", "trackingStatus": "In transit", "lastMileCarrier": "DHL", "lastTrackNumber": 34});
    let cj = Scripted::start([data(json!([row])), data(json!([]))]).await;
    let numbers: Vec<String> = (0..21).map(|n| format!("CJPDE{n}")).collect();
    let tracks = cj.session().track(&numbers).await.unwrap();
    assert_eq!(tracks.len(), 1);
    assert_eq!(
        (tracks[0].days, tracks[0].status.as_deref()),
        (Some(9), Some("In transit"))
    );
    assert_eq!(tracks[0].delivered_at, "2026-09-24T10:00:00Z".parse().ok());
    let asked = cj.asked();
    assert_eq!(
        (
            asked[0].args("trackNumber").len(),
            asked[1].args("trackNumber")
        ),
        (20, vec!["CJPDE20"])
    );
}

#[tokio::test]
async fn freight_is_quoted_for_what_is_in_the_parcel() {
    let cj = Scripted::start([
        data(json!([{"logisticName": "CJPacket Ordinary", "logisticAging": "7-12", "logisticPrice": 5.31, "logisticPriceCn": 38.2,
            "taxesFee": 0, "clearanceOperationFee": 0, "totalPostageFee": 5.31}])),
        data(json!([])),
    ])
    .await;
    let query = FreightQuery {
        from: String::from("CN"),
        to: String::from("DE"),
        zip: Some(String::from("10115")),
        lines: vec![FreightLine {
            vid: String::from("1980012345678901250"),
            quantity: 2,
        }],
    };
    let options = cj.session().freight(&query).await.unwrap();
    assert_eq!(
        options[0].total.map(|total| total.to_string()).as_deref(),
        Some("5.31")
    );
    assert!(options[0].is_quote());
    assert!(
        cj.session().freight(&query).await.unwrap().is_empty(),
        "no route is an answer"
    );
    assert_eq!(
        cj.asked()[0].json(),
        json!({"startCountryCode": "CN", "endCountryCode": "DE", "zip": "10115",
            "products": [{"vid": "1980012345678901250", "quantity": 2}]})
    );
}

#[tokio::test]
async fn success_is_recognised_without_a_code_and_with_zero() {
    for body in [
        r#"{"success":true,"code":0,"message":null,"data":[{"vid":"1"}]}"#,
        r#"{"success":true,"data":[{"vid":"1"}]}"#,
    ] {
        let cj = Scripted::start([reply(200, body)]).await;
        assert_eq!(cj.session().variants("p").await.unwrap().len(), 1, "{body}");
    }
}
