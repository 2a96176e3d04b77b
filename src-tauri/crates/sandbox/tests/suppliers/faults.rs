//! Faults on order, from within the process and from another one.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use serde_json::json;
use smartlinks_sandbox::{Fault, FaultRule, Outcome, Supplier};

use crate::support::{Caller, answer, id, quiet};

const PATH: &str = "product/myProduct/query";

#[tokio::test]
async fn a_rule_skips_strikes_and_is_used_up() {
    let caller = Caller::connected(quiet()).await;
    let control = caller.sandbox.control();
    control.push(FaultRule {
        supplier: Supplier::Cj,
        path_contains: "myProduct".to_owned(),
        skip: 1,
        times: Some(2),
        what: Fault::Status5xx(503),
    });
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(caller.get(PATH).await.0);
    }
    assert_eq!(statuses, [200, 503, 503, 200]);
    assert_eq!(
        control.calls()[2].outcome,
        Outcome::Fault("status_5xx".to_owned())
    );
    caller.data("setting/get").await;
}

#[tokio::test]
async fn connections_are_dropped_before_and_in_the_middle_of_an_answer() {
    let caller = Caller::connected(quiet()).await;
    let control = caller.sandbox.control();
    let ask = || caller.with_token(caller.http.get(caller.cj(PATH))).send();
    control.push(FaultRule::always(Supplier::Cj, PATH, Fault::Reset));
    assert!(ask().await.is_err());
    control.clear_faults();
    control.push(FaultRule::once(Supplier::Cj, PATH, Fault::ResetMidBody));
    let begun = ask().await.unwrap();
    assert_eq!(begun.status(), 200);
    assert!(begun.bytes().await.is_err());
    control.push(FaultRule::once(Supplier::Cj, PATH, Fault::Truncate));
    let (status, half) = answer(ask().await.unwrap()).await;
    assert!(
        status == 200 && half.is_string(),
        "complete for HTTP, broken for JSON"
    );
    caller.data(PATH).await;
}

#[tokio::test]
async fn the_suppliers_own_refusals_can_be_ordered() {
    let caller = Caller::connected(quiet()).await;
    let control = caller.sandbox.control();
    let once = |fault| control.push(FaultRule::once(Supplier::Cj, "", fault));
    once(Fault::EmptyAnswer);
    let (_, body) = caller.get(PATH).await;
    assert_eq!(
        (body["code"].as_u64(), &body["data"]["content"]),
        (Some(200), &json!([]))
    );
    once(Fault::EmptyAnswer);
    let (_, body) = caller.get("product/query?pid=5").await;
    assert!(body["code"] == 200 && body["data"].is_null(), "{body}");
    for http_429 in [true, false] {
        once(Fault::RateRefusal { http_429 });
        let (status, body) = caller.get(PATH).await;
        assert_eq!(
            (status == 429, body["code"].as_u64()),
            (http_429, Some(1_600_200))
        );
    }
    once(Fault::PointsRefusal);
    assert_eq!(caller.get(PATH).await.1["code"], 16_900_500);
    once(Fault::Html);
    assert!(
        caller
            .get(PATH)
            .await
            .1
            .as_str()
            .unwrap()
            .contains("<html>")
    );
    once(Fault::Delay(Duration::from_millis(120)));
    let began = Instant::now();
    caller.data(PATH).await;
    assert!(began.elapsed() >= Duration::from_millis(120));
    once(Fault::ExpireToken);
    assert_eq!(caller.get(PATH).await.1["code"], 1_600_001);
    assert_eq!(caller.get(PATH).await.1["code"], 1_600_001, "it stays dead");
}

#[tokio::test]
async fn aliexpress_suffers_in_its_own_words() {
    let caller = Caller::new(quiet()).await;
    let control = caller.sandbox.control();
    let token = id(&caller.aliexpress_pair().await["access_token"]);
    let method = "aliexpress.ds.member.benefit.get";
    control.push(FaultRule::once(
        Supplier::AliExpress,
        method,
        Fault::RateRefusal { http_429: false },
    ));
    let banned = caller.business(&token, method, &[]).await;
    assert_eq!(banned["error_response"]["code"], "AppApiCallLimit");
    control.push(FaultRule::once(
        Supplier::AliExpress,
        method,
        Fault::EmptyAnswer,
    ));
    let empty = caller.business(&token, method, &[]).await;
    assert!(
        empty["aliexpress_ds_member_benefit_get_response"]
            .get("result")
            .is_none()
    );
    control.push(FaultRule::once(
        Supplier::AliExpress,
        "",
        Fault::ExpireToken,
    ));
    let dead = caller.business(&token, method, &[]).await;
    assert_eq!(dead["error_response"]["code"], "IllegalAccessToken");
    assert_eq!(control.calls_to(method), 3);
}

#[tokio::test]
async fn another_process_pulls_the_same_strings_over_http() {
    let caller = Caller::connected(quiet()).await;
    let post = async |path: &str, body: serde_json::Value| {
        let url = format!("{}_sandbox/{path}", caller.sandbox.cj_url());
        answer(caller.http.post(url).json(&body).send().await.unwrap())
            .await
            .0
    };
    let rule = json!({"supplier": "cj", "path_contains": "setting", "times": 1, "what": {"status_5xx": 502}});
    assert_eq!(post("faults", rule).await, 200);
    assert_eq!(caller.get("setting/get").await.0, 502);
    let rule = FaultRule::once(
        Supplier::Cj,
        "setting",
        Fault::RateRefusal { http_429: true },
    );
    assert_eq!(
        post("faults", serde_json::to_value(rule).unwrap()).await,
        200
    );
    assert_eq!(caller.get("setting/get").await.0, 429);

    let truth = caller.sandbox.control().truth();
    let product = truth
        .all()
        .find(|p| p.on_sale && !p.variants.is_empty())
        .unwrap();
    let change = json!({"pid": product.pid, "price": "7.77", "stock": 4});
    assert_eq!(post("product", change).await, 200);
    let now = truth.product(&product.pid).unwrap();
    assert_eq!(
        (now.price_max.to_string().as_str(), now.variants[0].stock),
        ("7.77", 4)
    );
    assert_eq!(
        post("product", json!({"pid": "nobody's", "stock": 4})).await,
        404
    );

    assert_eq!(
        post(
            "order",
            json!({"order": "SHOP-10001", "state": "DELIVERED"})
        )
        .await,
        200
    );
    assert_eq!(truth.orders_of(0)[0].state, "DELIVERED");
    assert_eq!(post("points", json!({"points": 1_000_000})).await, 200);
    assert_eq!(caller.get("product/listV2").await.1["code"], 16_900_500);
    assert_eq!(post("advance", json!({"seconds": 86_400})).await, 200);
    caller.data("product/listV2").await;
    assert_eq!(post("expire", json!({"supplier": "cj"})).await, 200);
    assert_eq!(caller.get("setting/get").await.1["code"], 1_600_001);
    let url = format!("{}_sandbox/calls", caller.sandbox.cj_url());
    let (_, calls) = answer(caller.http.get(url).send().await.unwrap()).await;
    assert!(calls["calls"].as_array().unwrap().len() >= 6);
}
