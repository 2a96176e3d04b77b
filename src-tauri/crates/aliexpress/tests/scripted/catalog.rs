//! Products and search.

use aliexpress::{Class, NOT_SOLD_IN_COUNTRY, ProductQuery, SaleStatus, SearchQuery, SearchSort};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::gateway::{Gateway, KEY, NOW_MS, TOKEN};

fn price(text: &str) -> Option<Decimal> {
    Some(text.parse().unwrap())
}

fn product_query() -> ProductQuery {
    ProductQuery {
        product_id: "1005004043442825".into(),
        ship_to: "FR".into(),
        currency: "EUR".into(),
        language: "en_US".into(),
    }
}

fn sku(id: Value) -> Value {
    json!({
        "sku_id": id, "id": "14:29#Bear;5:361386", "sku_attr": "14:29#Bear;5:361386",
        "sku_price": "22.23", "offer_sale_price": "8.01", "currency_code": "EUR",
        "price_include_tax": true, "sku_available_stock": 27,
        "ae_sku_property_dtos": {"ae_sku_property_d_t_o": [
            {"sku_property_id": 14, "sku_property_name": "Color", "property_value_id": 29,
             "sku_property_value": "White", "property_value_definition_name": "Bear",
             "sku_image": "//img.example/bear.jpg"},
            {"sku_property_id": 5, "sku_property_name": "Size", "sku_property_value": "XL"}
        ]}
    })
}

fn product_answer(skus: Value, base: Value) -> Value {
    let mut base_info = json!({"product_id": 1005004043442825_u64, "subject": "Bath mat",
        "category_id": 154002, "currency_code": "CNY", "product_status_type": "onSelling",
        "sales_count": "5000+", "avg_evaluation_rating": "4.6", "detail": "<div>mat</div>"});
    for (name, value) in base.as_object().unwrap() {
        base_info[name] = value.clone();
    }
    json!({"aliexpress_ds_product_get_response": {
        "result": {
            "ae_item_base_info_dto": base_info,
            "ae_item_sku_info_dtos": skus,
            "ae_multimedia_info_dto": {"image_urls": "https://img.example/1.jpg;; //img.example/2.jpg"},
            "package_info_dto": {"gross_weight": "0.213", "package_length": 39, "package_width": 27,
                "package_height": 7, "package_type": false},
            "logistics_info_dto": {"delivery_time": 7, "ship_to_country": "FR"},
            "product_id_converter_result": {"main_product_id": 1005004043442825_u64,
                "sub_product_id": "{\"US\":3256800000000001}"},
            "ae_store_info": {"store_id": 1102602078, "store_name": "Shop Store", "store_country_code": "CN"}
        },
        "rsp_code": 200, "rsp_msg": "Call succeeds", "request_id": "2101madeup"
    }})
}

#[tokio::test]
async fn a_product_arrives_with_every_price_option_and_picture() {
    let gateway = Gateway::start().await;
    let skus = json!({"ae_item_sku_info_d_t_o": [sku("12000044126059467".into()), sku(12000044126059466_u64.into())]});
    gateway.says(&product_answer(skus, json!({})));
    let product = gateway.session().product(&product_query()).await.unwrap();

    assert_eq!(
        (&*product.product_id, &*product.title),
        ("1005004043442825", "Bath mat")
    );
    assert_eq!(product.category_id.as_deref(), Some("154002"));
    assert_eq!(product.status, SaleStatus::OnSale);
    assert_eq!(
        product.currency.as_deref(),
        Some("EUR"),
        "the seller's yuan are not our prices"
    );
    assert_eq!(
        product.images,
        ["https://img.example/1.jpg", "https://img.example/2.jpg"]
    );
    assert_eq!(product.package.weight_kg, price("0.213"));
    assert_eq!(product.package.length_cm, price("39"));
    let store = product.store.unwrap();
    assert_eq!(
        (&*store.id, store.name.as_deref()),
        ("1102602078", Some("Shop Store"))
    );
    assert_eq!(product.delivery_time, Some(7));
    assert_eq!(product.detail_html.as_deref(), Some("<div>mat</div>"));
    assert_eq!(product.ids_by_country["US"], "3256800000000001");

    let ids: Vec<&str> = product
        .variants
        .iter()
        .map(|variant| &*variant.sku_id)
        .collect();
    assert_eq!(ids, ["12000044126059467", "12000044126059466"]);
    let variant = &product.variants[0];
    assert_eq!(variant.sku_attr, "14:29#Bear;5:361386");
    assert_eq!(
        (variant.price, variant.list_price),
        (price("8.01"), price("22.23"))
    );
    assert_eq!(variant.stock, Some(27));
    assert_eq!(
        variant.image.as_deref(),
        Some("https://img.example/bear.jpg")
    );
    let options = [("Color", "Bear"), ("Size", "XL")].map(|(n, v)| (n.to_owned(), v.to_owned()));
    assert_eq!(variant.options, options);

    let asked = gateway.only();
    assert_eq!((&*asked.path, &asked.query), ("/sync", &None));
    for (name, value) in [
        ("method", "aliexpress.ds.product.get"),
        ("app_key", KEY),
        ("session", TOKEN),
        ("format", "json"),
        ("v", "2.0"),
        ("sign_method", "sha256"),
        ("timestamp", &*NOW_MS.to_string()),
        ("product_id", "1005004043442825"),
        ("ship_to_country", "FR"),
        ("target_currency", "EUR"),
        ("target_language", "en_US"),
    ] {
        assert_eq!(asked.param(name), value, "{name}");
    }
    assert_eq!(asked.params.len(), 12, "nothing else but the signature");
    assert!(asked.signed_as("aliexpress.ds.product.get"));
}

#[tokio::test]
async fn variants_are_found_in_every_wrapping() {
    let one = sku("1".into());
    for (skus, count) in [
        (json!([one]), 1),
        (json!({"ae_item_sku_info_d_t_o": one}), 1),
        (one.clone(), 1),
        (json!({"ae_item_sku_info_d_t_o": [one, one]}), 2),
        (json!({}), 0),
        (json!(null), 0),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&product_answer(skus.clone(), json!({})));
        let product = gateway.session().product(&product_query()).await.unwrap();
        assert_eq!(product.variants.len(), count, "{skus}");
    }
}

#[tokio::test]
async fn a_variant_without_an_offer_costs_its_list_price() {
    for missing in [json!(null), json!(""), json!("n/a")] {
        let gateway = Gateway::start().await;
        let mut only = sku("1".into());
        only["offer_sale_price"] = missing;
        only["sku_price"] = json!(22.23);
        only["currency_code"] = json!(null);
        gateway.says(&product_answer(json!([only]), json!({})));
        let product = gateway.session().product(&product_query()).await.unwrap();
        assert_eq!(product.variants[0].price, price("22.23"));
        assert_eq!(product.variants[0].currency.as_deref(), Some("EUR"));
    }
}

#[tokio::test]
async fn a_product_taken_off_sale_is_known_as_such() {
    for (word, status) in [
        (json!("offline"), SaleStatus::OffSale),
        (json!("auditing"), SaleStatus::OffSale),
        (json!("onSelling"), SaleStatus::OnSale),
        (json!(null), SaleStatus::OnSale),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&product_answer(
            json!([]),
            json!({"product_status_type": word}),
        ));
        let product = gateway.session().product(&product_query()).await.unwrap();
        assert_eq!(product.status, status, "{word}");
    }
}

#[tokio::test]
async fn a_delisted_product_is_told_apart_from_a_network_failure() {
    for (code, words, class) in [
        (json!(605), "ITEM_ID_NOT_FOUND", Class::NotFound),
        (json!("605"), "", Class::NotFound),
        (
            json!(602),
            "The product is not allowed to be sold in the country",
            Class::Param,
        ),
        (json!(404), "System Error", Class::Server),
        (json!(699), "something new", Class::Param),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&json!({"aliexpress_ds_product_get_response":
            {"rsp_code": code, "rsp_msg": words, "request_id": "r7"}}));
        let error = gateway
            .session()
            .product(&product_query())
            .await
            .unwrap_err();
        assert_eq!(error.class, class, "{code}");
        assert_eq!(error.request_id.as_deref(), Some("r7"));
        if code == json!(602) {
            assert_eq!(error.code.as_deref(), Some(NOT_SOLD_IN_COUNTRY));
        }
    }
}

#[tokio::test]
async fn a_half_known_product_is_refused_rather_than_imported() {
    let no_sku = product_answer(json!([{"sku_price": "1.00"}]), json!({}));
    let no_result =
        json!({"aliexpress_ds_product_get_response": {"rsp_code": 200, "request_id": "r"}});
    for answer in [no_sku, no_result] {
        let gateway = Gateway::start().await;
        gateway.says(&answer);
        let error = gateway
            .session()
            .product(&product_query())
            .await
            .unwrap_err();
        assert_eq!(error.class, Class::Answer, "{answer}");
    }
}

fn search_query() -> SearchQuery {
    SearchQuery {
        words: " bath mat ".into(),
        ship_to: "US".into(),
        currency: "USD".into(),
        language: "en_US".into(),
        page: 0,
        page_size: 500,
        sort: SearchSort::default(),
    }
}

#[tokio::test]
async fn a_search_shows_prices_in_the_currency_asked_for() {
    let gateway = Gateway::start().await;
    let hit = json!({"itemId": 1005004043442825_u64, "title": "Bath mat", "itemMainPic": "//img.example/1.jpg",
        "itemUrl": "//www.aliexpress.com/item/1005004043442825.html", "salePrice": "41.50",
        "salePriceCurrency": "CNY", "targetSalePrice": "5.79", "targetOriginalPrice": "11.00",
        "targetOriginalPriceCurrency": "USD", "orders": "5,000+", "score": "4.5", "type": "search"});
    let yuan =
        json!({"itemId": "2", "title": "No target", "salePrice": 41.5, "salePriceCurrency": "CNY"});
    gateway.says(
        &json!({"aliexpress_ds_text_search_response": {"code": "00", "msg": "ok",
        "data": {"pageIndex": 1, "pageSize": 2, "totalCount": 3984,
                 "products": {"selection_search_product": [hit, yuan, {"title": "no id"}]}},
        "request_id": "r"}}),
    );
    let page = gateway
        .session()
        .text_search(&search_query())
        .await
        .unwrap();
    assert_eq!((page.total, page.items.len()), (3984, 2));
    let item = &page.items[0];
    assert_eq!(&*item.product_id, "1005004043442825");
    assert_eq!(
        (item.price, item.currency.as_deref()),
        (price("5.79"), Some("USD"))
    );
    assert_eq!(
        item.url.as_deref(),
        Some("https://www.aliexpress.com/item/1005004043442825.html")
    );
    assert_eq!(item.orders.as_deref(), Some("5,000+"));
    let item = &page.items[1];
    assert_eq!(
        (item.price, item.currency.as_deref()),
        (price("41.5"), Some("CNY"))
    );

    let asked = gateway.only();
    for (name, value) in [
        ("keyWord", "bath mat"),
        ("countryCode", "US"),
        ("currency", "USD"),
        ("local", "en_US"),
        ("pageIndex", "1"),
        ("pageSize", "50"),
        ("sortBy", "orders,desc"),
    ] {
        assert_eq!(asked.param(name), value, "{name}");
    }
    assert!(asked.signed_as("aliexpress.ds.text.search"));
}

#[tokio::test]
async fn a_search_without_hits_is_empty_and_a_failed_one_is_an_error() {
    for products in [
        json!({}),
        json!(null),
        json!([]),
        json!({"selection_search_product": []}),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&json!({"aliexpress_ds_text_search_response":
            {"code": "0", "data": {"totalCount": "0", "products": products}}}));
        let page = gateway
            .session()
            .text_search(&search_query())
            .await
            .unwrap();
        assert_eq!((page.total, page.items.len()), (0, 0));
    }
    for (body, class) in [
        (
            json!({"code": "NGSELECTION_SEARCH_ERROR", "msg": "m"}),
            Class::Server,
        ),
        (json!({"request_id": "r"}), Class::Answer),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&json!({"aliexpress_ds_text_search_response": body}));
        let error = gateway
            .session()
            .text_search(&search_query())
            .await
            .unwrap_err();
        assert_eq!(error.class, class);
    }
}

#[tokio::test]
async fn every_order_of_a_search_is_one_the_supplier_knows() {
    for (sort, sent) in [
        (SearchSort::Orders, "orders,desc"),
        (SearchSort::PriceUp, "min_price,asc"),
        (SearchSort::PriceDown, "min_price,desc"),
        (SearchSort::Comments, "comments,desc"),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&json!({"aliexpress_ds_text_search_response": {"code": "00", "data": {}}}));
        gateway
            .session()
            .text_search(&SearchQuery {
                sort,
                ..search_query()
            })
            .await
            .unwrap();
        assert_eq!(gateway.only().param("sortBy"), sent);
    }
}
