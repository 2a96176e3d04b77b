//! CJ's limits: requests per second, points, the five-minute guard, suspension.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use serde_json::json;
use smartlinks_sandbox::{CJ_API_KEY, CJ_SECOND_API_KEY, Options};

use crate::support::{Caller, id, quiet};

#[tokio::test]
async fn a_burst_is_refused_in_both_forms_and_the_other_account_is_not_touched() {
    let mut caller = Caller::connected(Options {
        qps: Some(1),
        ..quiet()
    })
    .await;
    assert_eq!(caller.data("setting/get").await["setting"]["qpsLimit"], 1);
    let burst = async |caller: &Caller| {
        let mut statuses = Vec::new();
        for _ in 0..40 {
            let (status, body) = caller.get("shop/getShops").await;
            if body["code"] == 1_600_200 {
                assert_eq!(
                    body["message"],
                    "Too Many Requests, QPS limit is 1 time/1second"
                );
                statuses.push(status);
            }
        }
        statuses
    };
    let refused = burst(&caller).await;
    assert!(
        refused.contains(&429) && refused.contains(&200),
        "{refused:?}"
    );
    caller.sandbox.control().advance(Duration::from_secs(1));
    caller.data("shop/getShops").await;
    let (_, second) = caller.get_access_token(CJ_SECOND_API_KEY).await;
    caller.token = id(&second["data"]["accessToken"]);
    caller.data("shop/getShops").await;
}

#[tokio::test]
async fn points_are_taken_by_the_table_and_told_with_every_answer() {
    let caller = Caller::connected(Options {
        points_per_day: 1_440,
        ..quiet()
    })
    .await;
    let remaining = async |path: &str| {
        let (_, body) = caller.get(path).await;
        body["pointsInfo"]["remaining"].as_u64().unwrap()
    };
    assert_eq!(remaining("setting/get").await, 1_440);
    assert_eq!(remaining("product/listV2").await, 1_390);
    assert_eq!(remaining("product/list").await, 1_340);
    assert_eq!(
        remaining("shopping/order/list").await,
        1_340,
        "orders cost none"
    );
    caller.get("product/query?pid=5").await;
    assert_eq!(
        remaining("setting/get").await,
        1_330,
        "a product that is not there costs as well"
    );
}

#[tokio::test]
async fn exhausted_points_are_a_refusal_of_their_own_and_come_back_with_time() {
    let caller = Caller::connected(Options {
        points_per_day: 1_440,
        ..quiet()
    })
    .await;
    let control = caller.sandbox.control();
    control.spend_points(10_000);
    let (one, refused) = caller.get("product/listV2").await;
    assert_eq!(refused["code"], 16_900_500);
    assert_eq!(
        refused["message"],
        "Insufficient API points. Used today: 1440, Remaining: 0, Required: 50"
    );
    assert_eq!(
        refused["pointsInfo"],
        json!({"usedToday": 1440, "remaining": 0, "total": 1440})
    );
    let (two, _) = caller.get("product/listV2").await;
    assert_ne!(one, two, "HTTP 429 and 200 take turns");
    caller.data("shopping/order/list?status=SHIPPED").await;
    control.advance(Duration::from_secs(50 * 60));
    caller.data("product/listV2").await;
    assert_eq!(caller.get("product/listV2").await.1["code"], 16_900_500);
    // The clock stood at noon: half a day later it is midnight UTC.
    control.advance(Duration::from_secs(12 * 3_600));
    let (_, full) = caller.get("product/listV2").await;
    assert_eq!(
        full["pointsInfo"],
        json!({"usedToday": 50, "remaining": 1390, "total": 1440})
    );
}

#[tokio::test]
async fn a_key_is_taken_once_in_five_minutes_and_a_wrong_one_does_not_block_the_right_one() {
    let caller = Caller::new(quiet()).await;
    let control = caller.sandbox.control();
    caller
        .get_access_token("CJ1234567@api@ffffffffffffffffffffffffffffffff")
        .await;
    let (_, first) = caller.get_access_token(CJ_API_KEY).await;
    assert_eq!(first["code"], 200);
    let (status, refused) = caller.get_access_token(CJ_API_KEY).await;
    assert_eq!((status, refused["code"].as_u64()), (429, Some(1_600_200)));
    control.advance(Duration::from_secs(300));
    let (_, again) = caller.get_access_token(CJ_API_KEY).await;
    assert_eq!(
        again["data"]["accessToken"], first["data"]["accessToken"],
        "the same pair within a day"
    );
    let unguarded = Caller::new(Options {
        guard: false,
        ..quiet()
    })
    .await;
    for _ in 0..3 {
        assert_eq!(unguarded.get_access_token(CJ_API_KEY).await.1["code"], 200);
    }
}

#[tokio::test]
async fn a_suspended_account_says_so_and_comes_back() {
    let caller = Caller::connected(quiet()).await;
    let control = caller.sandbox.control();
    control.suspend_cj(true);
    let (_, body) = caller.get("setting/get").await;
    assert_eq!(body["code"], 1_600_004);
    assert!(body["message"].as_str().unwrap().contains("suspended"));
    control.suspend_cj(false);
    caller.data("setting/get").await;
}

#[tokio::test]
async fn calls_are_counted_by_their_names() {
    let caller = Caller::connected(quiet()).await;
    let control = caller.sandbox.control();
    caller.get("product/query?pid=5").await;
    caller.data("product/listV2?size=1").await;
    assert_eq!(control.calls_to("product/query"), 1);
    assert_eq!(control.calls_to("listV2"), 1);
    assert_eq!(control.calls_to("product/list"), 0);
    assert_eq!(control.calls_to("getAccessToken"), 1);
    let call = &control.calls()[1];
    assert_eq!(call.product.as_deref(), Some("5"));
    assert_eq!(
        call.outcome,
        smartlinks_sandbox::Outcome::Refused("1602001".to_owned())
    );
    control.clear_calls();
    assert!(control.calls().is_empty());
}
