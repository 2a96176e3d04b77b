//! CJ's answers: their envelopes, their three spellings of a price, and that they tell the truth nevertheless.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rust_decimal::Decimal;
use serde_json::json;
use smartlinks_sandbox::{APP_SECRET, CJ_API_KEY, CJ_SECOND_API_KEY, Options};

use crate::support::{Caller, answer, id, prices, quiet};

#[tokio::test]
async fn connecting_gives_a_pair_with_its_expiry_and_the_owner_is_named() {
    let caller = Caller::connected(quiet()).await;
    let (_, again) = caller
        .post(
            "authentication/refreshAccessToken",
            json!({"refreshToken": "nonsense"}),
        )
        .await;
    assert_eq!(again["code"], 1_600_003);
    assert!(
        caller.token.starts_with("API@CJ1234567@CJ:"),
        "{}",
        caller.token
    );
    assert!(
        caller.token.len() > 200,
        "longer than the documented 200 characters"
    );
    let data = caller.data("setting/get").await;
    assert_eq!(
        (data["openName"].as_str(), data["openId"].as_u64()),
        (Some("Blue Fox Store"), Some(40_321))
    );
    let shops = caller.data("shop/getShops").await;
    assert_eq!(shops[0]["name"], "Blue Fox Store");
}

#[tokio::test]
async fn a_wrong_key_and_a_second_account_are_told_apart() {
    let mut caller = Caller::new(quiet()).await;
    let wrong = "CJ1234567@api@ffffffffffffffffffffffffffffffff";
    assert_eq!(caller.get_access_token(wrong).await.1["code"], 1_600_005);
    let (_, second) = caller.get_access_token(CJ_SECOND_API_KEY).await;
    assert!(
        second["data"]["openId"].is_string(),
        "this account's id comes quoted"
    );
    assert_eq!(
        second["data"]["accessTokenExpiryDate"],
        "2026-12-06T20:00:00+08:00"
    );
    caller.token = id(&second["data"]["accessToken"]);
    assert_eq!(
        caller.data("setting/get").await["openName"],
        "Green Otter Shop"
    );
}

#[tokio::test]
async fn a_token_survives_a_restart_with_the_same_seed_and_no_other() {
    let caller = Caller::connected(quiet()).await;
    let token = caller.token.clone();
    caller.sandbox.stop().await;
    let mut same = Caller::new(quiet()).await;
    same.token = token.clone();
    same.data("setting/get").await;
    let mut other = Caller::new(Options { seed: 2, ..quiet() }).await;
    other.token = token;
    assert_eq!(other.get("setting/get").await.1["code"], 1_600_001);
}

#[tokio::test]
async fn within_a_day_the_same_pair_comes_again_and_logout_ends_it() {
    let caller = Caller::new(quiet()).await;
    let control = caller.sandbox.control();
    let first = caller.get_access_token(CJ_API_KEY).await.1["data"].clone();
    let refresh = json!({"refreshToken": first["refreshToken"]});
    let (_, same) = caller
        .post("authentication/refreshAccessToken", refresh.clone())
        .await;
    assert_eq!(same["data"]["accessToken"], first["accessToken"]);
    assert!(same["data"].get("openId").is_none());
    control.advance(std::time::Duration::from_secs(25 * 3_600));
    let (_, new) = caller
        .post("authentication/refreshAccessToken", refresh.clone())
        .await;
    assert_ne!(new["data"]["accessToken"], first["accessToken"]);
    let caller = Caller {
        token: id(&new["data"]["accessToken"]),
        ..caller
    };
    let logout = caller
        .with_token(caller.http.post(caller.cj("authentication/logout")))
        .send()
        .await
        .unwrap();
    assert_eq!(answer(logout).await.1["data"], true);
    assert_eq!(caller.get("setting/get").await.1["code"], 1_600_001);
}

#[tokio::test]
async fn an_expired_token_is_refused_and_a_refresh_helps_until_that_is_dead_too() {
    let mut caller = Caller::new(quiet()).await;
    let control = caller.sandbox.control();
    let first = caller.get_access_token(CJ_API_KEY).await.1["data"].clone();
    caller.token = id(&first["accessToken"]);
    control.expire_access_tokens();
    let statuses: Vec<u16> = [
        caller.get("setting/get").await,
        caller.get("setting/get").await,
    ]
    .into_iter()
    .map(|(status, body)| {
        assert_eq!(body["code"], 1_600_001);
        status
    })
    .collect();
    assert_eq!(statuses, [401, 200], "both forms occur");
    let refresh = json!({"refreshToken": first["refreshToken"]});
    let (_, new) = caller
        .post("authentication/refreshAccessToken", refresh.clone())
        .await;
    caller.token = id(&new["data"]["accessToken"]);
    caller.data("setting/get").await;
    control.expire_refresh_tokens();
    let (_, dead) = caller
        .post("authentication/refreshAccessToken", refresh)
        .await;
    assert_eq!(dead["code"], 1_600_003);
    caller.token.clear();
    assert_eq!(caller.get("setting/get").await.1["code"], 1_600_002);
}

#[tokio::test]
async fn a_detail_tells_the_truth_whatever_its_spelling() {
    let caller = Caller::connected(Options {
        points_per_day: 10_000_000,
        ..quiet()
    })
    .await;
    let (mut ranges, mut numbers, mut gone) = (0, 0, 0);
    for product in caller.sandbox.control().truth().my_products() {
        let path = format!(
            "product/query?pid={}&features=enable_inventory",
            product.pid
        );
        if !product.on_sale {
            let (_, body) = caller.get(&path).await;
            assert!(
                [1_602_001, 1_602_002].contains(&body["code"].as_u64().unwrap()),
                "{body}"
            );
            gone += 1;
            continue;
        }
        let data = caller.data(&path).await;
        let shown = prices(&data["sellPrice"]);
        numbers += usize::from(data["sellPrice"].is_number());
        ranges += usize::from(shown.len() == 2);
        assert_eq!(
            (shown.first(), shown.last()),
            (Some(&product.price_min), Some(&product.price_max))
        );
        let variants = data["variants"].as_array().unwrap();
        assert_eq!(variants.len(), product.variants.len());
        for (shown, real) in variants.iter().zip(&product.variants) {
            assert_eq!(id(&shown["vid"]), real.vid);
            assert_eq!(prices(&shown["variantSellPrice"]), [real.price]);
            assert_eq!(shown["variantKey"], real.key);
            let sum = |field: &str| {
                let rows = shown["inventories"].as_array().unwrap();
                rows.iter()
                    .map(|row| row[field].as_u64().unwrap())
                    .sum::<u64>()
            };
            assert_eq!(
                (sum("totalInventory"), sum("cjInventory")),
                (real.stock, real.cj_stock)
            );
        }
        let stock = caller
            .data(&format!(
                "product/stock/getInventoryByPid?pid={}",
                product.pid
            ))
            .await;
        let inner = stock["variantInventories"].as_array().unwrap();
        assert_eq!(inner.len(), product.variants.len());
        assert!(
            inner
                .iter()
                .zip(&product.variants)
                .all(|(row, real)| id(&row["vid"]) == real.vid)
        );
        let total: u64 = stock["inventories"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["totalInventoryNum"].as_u64().unwrap())
            .sum();
        assert_eq!(total, product.stock());
    }
    assert!(
        ranges > 10 && numbers > 10 && gone > 0,
        "{ranges} {numbers} {gone}"
    );
}

#[tokio::test]
async fn without_the_feature_a_detail_has_no_stock() {
    let caller = Caller::connected(quiet()).await;
    let truth = caller.sandbox.control().truth();
    let product = truth
        .all()
        .find(|p| p.on_sale && !p.variants.is_empty())
        .unwrap();
    let data = caller
        .data(&format!("product/query?productSku={}", product.sku))
        .await;
    assert_eq!(data["pid"], json!(product.pid));
    assert!(data["variants"][0].get("inventories").is_none());
    let keys = caller
        .data(&format!("product/variant/query?pid={}", product.pid))
        .await;
    assert!(
        keys[0]["variantKey"].as_str().unwrap().starts_with("[\""),
        "a list in a string here"
    );
    let one = caller
        .data(&format!(
            "product/variant/queryByVid?vid={}",
            product.variants[0].vid
        ))
        .await;
    assert_eq!(one["variantSku"], json!(product.variants[0].sku));
}

#[tokio::test]
async fn lists_name_delisted_products_and_stop_at_six_thousand() {
    let caller = Caller::connected(Options {
        products: 20_000,
        ..quiet()
    })
    .await;
    let data = caller
        .data("product/listV2?size=100&page=60&features=enable_category")
        .await;
    assert_eq!(
        (data["totalRecords"].as_u64(), data["totalPages"].as_u64()),
        (Some(6_000), Some(60))
    );
    let rows = data["content"][0]["productList"].as_array().unwrap();
    assert_eq!(rows.len(), 100);
    assert!(rows.iter().any(|row| row["saleStatus"] == "2"));
    assert!(
        rows.iter()
            .any(|row| row["sellPrice"].as_str().unwrap().contains(" -- "))
    );
    for path in [
        "product/listV2?size=100&page=61",
        "product/list?pageSize=200&pageNum=31",
    ] {
        let (status, body) = caller.get(path).await;
        assert_eq!(status, 200);
        assert!(
            body["message"]
                .as_str()
                .unwrap()
                .contains("the max offset is"),
            "{body}"
        );
    }
    let old = caller
        .data("product/list?pageSize=200&minPrice=3&maxPrice=9")
        .await;
    let rows = old["list"].as_array().unwrap();
    assert_eq!(rows.len(), 200);
    for row in rows {
        let low = prices(&row["sellPrice"])[0];
        assert!(low >= Decimal::from(3) && low <= Decimal::from(9), "{row}");
        assert!(row["productName"].as_str().unwrap().starts_with("[\""));
    }
}

#[tokio::test]
async fn my_products_page_through_and_take_a_new_one_once() {
    let caller = Caller::connected(quiet()).await;
    let truth = caller.sandbox.control().truth();
    let mut seen = Vec::new();
    for page in 1..=3 {
        let data = caller
            .data(&format!(
                "product/myProduct/query?pageNum={page}&pageSize=50"
            ))
            .await;
        assert_eq!(data["totalRecords"], 120);
        seen.extend(data["content"].as_array().unwrap().iter().map(|row| {
            assert!(row["totalPrice"].is_number());
            id(&row["productId"])
        }));
    }
    let mine: Vec<_> = truth.my_products().into_iter().map(|p| p.pid).collect();
    assert_eq!(seen, mine);
    let new = truth.all().find(|p| !mine.contains(&p.pid)).unwrap();
    let body = json!({"productId": new.pid});
    assert_eq!(
        caller.post("product/addToMyProduct", body.clone()).await.1["data"],
        true
    );
    let (_, twice) = caller.post("product/addToMyProduct", body).await;
    assert_eq!(twice["code"], 1_600_000);
    assert_eq!(truth.my_products()[0].pid, new.pid);
}

#[tokio::test]
async fn the_endpoint_of_the_owners_notes_exists_only_when_switched_on() {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", "CJ1234567"),
        ("client_secret", "0123456789abcdef0123456789abcdef"),
    ];
    let off = Caller::new(quiet()).await;
    let url = |c: &Caller| format!("{}api/oauth/token", c.sandbox.cj_url());
    let (status, page) = answer(off.http.post(url(&off)).form(&form).send().await.unwrap()).await;
    assert!(
        status == 404 && page.as_str().unwrap().contains("<html>"),
        "{page}"
    );
    let mut on = Caller::new(Options {
        oauth2_endpoint: true,
        ..quiet()
    })
    .await;
    let (status, body) = answer(on.http.post(url(&on)).form(&form).send().await.unwrap()).await;
    assert_eq!(status, 200);
    on.token = id(&body["access_token"]);
    on.data("setting/get").await;
    let basic = on
        .http
        .post(url(&on))
        .basic_auth(form[1].1, Some(form[2].1))
        .form(&form[..1]);
    assert_eq!(answer(basic.send().await.unwrap()).await.0, 200);
    let wrong = [form[0], form[1], ("client_secret", APP_SECRET)];
    let (status, body) = answer(on.http.post(url(&on)).form(&wrong).send().await.unwrap()).await;
    assert_eq!(
        (status, body["error"].as_str()),
        (401, Some("invalid_client"))
    );
}
