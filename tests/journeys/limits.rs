//! What an account allows, by a clock that stands still until somebody waits: the pace is used to the full, and limits,
//! guard and budget outlive the program.

use std::time::Duration;

use jiff::SignedDuration;
use smartlinks_core::views::{AccountState, RunState, Scope};
use smartlinks_core::{Code, accounts};
use smartlinks_sandbox::{CJ_API_KEY, Counting, Fault, FaultRule, Options, Outcome, Supplier};

use crate::stage::{Stage, assert_equals_truth, product_calls, quick};

const WRONG_KEY: &str = "CJ1234567@api@ffffffffffffffffffffffffffffffff";

#[tokio::test(flavor = "multi_thread")]
async fn every_plan_is_used_to_the_full_whichever_second_cj_counts() {
    for counting in [Counting::LastSecond, Counting::FullSecond] {
        for qps in [1_u32, 2, 4, 6] {
            let stage = Stage::fixed(Options {
                my_products: 150,
                qps: Some(qps),
                counting,
                ..quick()
            })
            .await;
            stage.connect_cj().await;
            stage.control().clear_calls();
            let receipt = stage.sync(Scope::MyProducts, true).await;
            assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
            let calls = product_calls(&stage.control());
            let first = calls.first().unwrap().at;
            let lasted = calls.last().unwrap().at.duration_since(first);
            let allowed = f64::from(qps) * lasted.as_secs_f64();
            let refused = calls
                .iter()
                .filter(|call| matches!(&call.outcome, Outcome::Refused(code) if code == "1600200"))
                .count();
            let used = f64::from(u32::try_from(calls.len() - refused - 1).unwrap()) / allowed;
            assert!(
                used >= 0.95,
                "{qps} a second, {counting:?}: {used} of the allowed calls"
            );
            assert!(used <= 1.0, "{qps} a second, {counting:?}: {used}");
            assert!(
                refused <= 1,
                "{qps} a second, {counting:?}: {refused} refused"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guard_of_the_key_counts_on_while_the_program_is_closed() {
    let mut stage = Stage::fixed(Options {
        guard: true,
        ..quick()
    })
    .await;
    let error = accounts::connect_cj(&stage.shop, WRONG_KEY, None, None)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::WrongKey);
    let tried = stage.shop.now();
    stage.pass(Duration::from_secs(200));
    stage.restart().await;
    let error = accounts::connect_cj(&stage.shop, WRONG_KEY, None, None)
        .await
        .unwrap_err();
    let again = error.retry_at.unwrap().duration_since(tried);
    assert_eq!(error.code, Code::TooSoon);
    assert!(
        (again - SignedDuration::from_mins(5)).abs() < SignedDuration::from_secs(5),
        "the clock shows when: {again:?}"
    );
    let asked = stage.control().calls_to("getAccessToken");
    assert_eq!(asked, 1, "CJ is not asked in between");
    let left = error.retry_at.unwrap().duration_since(stage.shop.now());
    stage.pass(Duration::try_from(left).unwrap());
    let error = accounts::connect_cj(&stage.shop, WRONG_KEY, None, None)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::WrongKey, "then it may be tried again");
    accounts::connect_cj(&stage.shop, CJ_API_KEY, None, None)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_budget_are_known_again_after_a_restart() {
    let mut stage = Stage::fixed(Options {
        qps: Some(4),
        points_per_day: 300,
        ..quick()
    })
    .await;
    stage.connect_cj().await;
    let paused = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(paused.state, RunState::Paused, "{paused:?}");
    assert_eq!(paused.error.as_ref().unwrap().code, Code::QuotaSpent);
    let asked = stage.asked_for_details();
    assert!((30..45).contains(&asked), "{asked} products for 300 points");

    stage.restart().await;
    let plan = smartlinks_core::sync::plan(&stage.shop, &Scope::MyProducts, true)
        .await
        .unwrap();
    assert!(
        !plan.fits_today || plan.points <= 10,
        "the spent points are remembered: {plan:?}"
    );
    let pending = smartlinks_core::sync::current(&stage.shop)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(pending.state, RunState::Paused);
    assert_eq!(pending.continues_at, paused.continues_at);
    // Resumed too early, it knows without asking.
    let again = stage.resume().await.unwrap();
    assert_eq!(again.state, RunState::Paused, "{again:?}");
    assert_eq!(stage.asked_for_details(), asked);

    // The pace, too: two calls a restart lies between are as far apart as any others.
    let last = stage.control().calls().last().unwrap().at;
    stage.restart().await;
    accounts::test_cj(&stage.shop, None).await.unwrap();
    let apart = stage
        .control()
        .calls()
        .last()
        .unwrap()
        .at
        .duration_since(last);
    assert!(apart >= SignedDuration::from_millis(250), "{apart:?}");
    let receipt = stage.finish(again, 40).await;
    assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
    assert_equals_truth(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pace_learned_from_refusals_outlives_the_program_and_a_test_of_the_connection() {
    let mut stage = Stage::fixed(Options {
        qps: Some(4),
        ..quick()
    })
    .await;
    stage.connect_cj().await;
    stage.control().push(FaultRule {
        times: Some(3),
        ..FaultRule::always(
            Supplier::Cj,
            "setting/get",
            Fault::RateRefusal { http_429: true },
        )
    });
    accounts::test_cj(&stage.shop, None).await.unwrap();
    stage.control().clear_calls();
    stage.restart().await;
    accounts::test_cj(&stage.shop, None).await.unwrap();
    accounts::test_cj(&stage.shop, None).await.unwrap();
    let calls = stage.control().calls();
    let apart = calls[1].at.duration_since(calls[0].at);
    assert!(
        apart > SignedDuration::from_millis(265),
        "wider than the three per cent it began with: {apart:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn access_suspended_after_thirty_idle_days_stops_a_sync_and_is_named() {
    let stage = Stage::fixed(quick()).await;
    stage.connect_cj().await;
    stage.control().suspend_cj(true);
    let receipt = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(receipt.state, RunState::Interrupted);
    assert_eq!(receipt.error.as_ref().unwrap().code, Code::Suspended);
    let status = accounts::status(&stage.shop).await.unwrap();
    assert_eq!(status.accounts[0].state, AccountState::Suspended);
    stage.control().suspend_cj(false);
    let receipt = stage.finish(receipt, 2).await;
    assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
    let status = accounts::status(&stage.shop).await.unwrap();
    assert_eq!(
        status.accounts[0].state,
        AccountState::Connected,
        "it heals by itself"
    );
    assert_equals_truth(&stage).await;
}
