//! A slow line: answers take longer than the account's calls have to be apart. The allowed calls are used all the same, and
//! whatever happens to one of those in flight, none of the others is lost or made twice.

use std::time::Duration;

use smartlinks_core::sync::{self, Patience};
use smartlinks_core::vault::SessionVault;
use smartlinks_core::views::{Event, RepeatReason, RunState, Scope, SyncReceipt};
use smartlinks_sandbox::{Fault, FaultRule, Options, Supplier};

use crate::stage::{Stage, assert_equals_truth, product_calls, quick};

/// Three and a half times as long as six calls a second are apart.
const LATE: Duration = Duration::from_millis(600);
const MINE: u64 = 24;

async fn stage(my_products: u64) -> Stage {
    let options = Options {
        products: 2_000,
        my_products,
        qps: Some(6),
        ..quick()
    };
    let stage = Stage::with(options, SessionVault::as_keychain()).await;
    stage.connect_cj().await;
    stage.control().clear_calls();
    stage
}

fn slow(stage: &Stage) {
    let late = FaultRule::always(Supplier::Cj, "product/", Fault::Delay(LATE));
    stage.control().push(late);
}

fn once(stage: &Stage, path: &str, skip: u32, what: Fault) {
    let rule = FaultRule::once(Supplier::Cj, path, what);
    stage.control().push(FaultRule { skip, ..rule });
}

/// What was made again, but for what a busy computer was too quick for: it wakes late, and the calls come closer together.
fn repeats(receipt: &SyncReceipt) -> Vec<(RepeatReason, u64)> {
    let all = receipt.repeats.iter();
    all.filter(|repeats| repeats.reason != RepeatReason::TooQuick)
        .map(|repeats| (repeats.reason, repeats.count))
        .collect()
}

/// Calls of the receipt that brought something.
fn useful(receipt: &SyncReceipt) -> u64 {
    let again: u64 = receipt.repeats.iter().map(|repeats| repeats.count).sum();
    receipt.calls - again
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_call_does_not_wait_for_an_answer_that_comes_late() {
    let stage = stage(MINE).await;
    slow(&stage);
    let receipt = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
    assert_equals_truth(&stage).await;
    let calls = product_calls(&stage.control());
    let overlapping = calls
        .windows(2)
        .filter(|pair| pair[1].at.duration_since(pair[0].at).as_millis() < 400)
        .count();
    // One after the other they would all be further apart than an answer takes.
    assert!(
        overlapping * 4 > calls.len(),
        "{overlapping} of {}",
        calls.len()
    );
    assert_eq!(receipt.calls, calls.len() as u64);
    assert_eq!(useful(&receipt), MINE + 1, "{receipt:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_keeps_what_is_in_flight_and_asks_for_nothing_twice() {
    let stage = stage(MINE).await;
    slow(&stage);
    let mut events = stage.shop.events();
    let run = sync::begin(&stage.shop, Scope::MyProducts, true, Patience::Leave)
        .await
        .unwrap()
        .run;
    while let Ok(event) = events.recv().await {
        if matches!(event, Event::Progress { done, .. } if done >= 5) {
            sync::stop(&stage.shop).await.unwrap();
            break;
        }
    }
    let stopped = sync::wait(&stage.shop, run).await.unwrap();
    assert_eq!(stopped.state, RunState::Interrupted, "{stopped:?}");
    let made = product_calls(&stage.control()).len() as u64;
    assert!(made < MINE, "it stopped before the end");
    assert_eq!(stopped.calls, made, "{stopped:?}");
    assert_eq!(useful(&stopped), stopped.done, "{stopped:?}");
    let receipt = stage.resume().await.unwrap();
    assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
    assert_equals_truth(&stage).await;
    assert_eq!(stage.asked_for_details() as u64, MINE);
    assert_eq!(repeats(&receipt), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_fails_among_those_in_flight_is_made_again_alone() {
    let stage = stage(MINE).await;
    once(&stage, "product/query", 3, Fault::Reset);
    once(&stage, "product/query", 9, Fault::Status5xx(503));
    slow(&stage);
    let receipt = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
    assert_equals_truth(&stage).await;
    assert_eq!(
        repeats(&receipt),
        [(RepeatReason::Network, 1), (RepeatReason::SupplierDown, 1)]
    );
    let made = product_calls(&stage.control()).len() as u64;
    assert_eq!((receipt.calls, useful(&receipt)), (made, MINE + 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_refused_to_several_calls_in_flight_is_renewed_once() {
    let stage = stage(MINE).await;
    once(&stage, "product/query", 4, Fault::ExpireToken);
    slow(&stage);
    let receipt = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
    assert_equals_truth(&stage).await;
    let renewed = stage
        .control()
        .calls_to("authentication/refreshAccessToken");
    assert_eq!(renewed, 1, "{receipt:?}");
    let again = repeats(&receipt);
    assert!(
        matches!(again[..], [(RepeatReason::TokenRefused, 1..=10)]),
        "{again:?}"
    );
    assert_eq!(useful(&receipt), MINE + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_whose_page_fails_goes_on_with_the_pages_behind_it() {
    const PAGES: u64 = 7;
    let stage = stage(PAGES * 200).await;
    once(&stage, "myProduct", 2, Fault::Truncate);
    slow(&stage);
    let receipt = stage.sync(Scope::MyProducts, false).await;
    assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
    assert_eq!(receipt.rows, PAGES * 200);
    assert_eq!(repeats(&receipt), [(RepeatReason::BadAnswer, 1)]);
    let made = product_calls(&stage.control()).len() as u64;
    assert_eq!((receipt.calls, useful(&receipt)), (made, PAGES));
    assert_eq!(stage.products().await.len() as u64, PAGES * 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_has_to_pause_tells_which_calls_in_flight_were_for_nothing() {
    const PAGES: u64 = 7;
    let stage = stage(PAGES * 200).await;
    once(&stage, "myProduct", 2, Fault::PointsRefusal);
    slow(&stage);
    let paused = stage.sync(Scope::MyProducts, false).await;
    assert_eq!(paused.state, RunState::Paused, "{paused:?}");
    assert_eq!(paused.rows, 400, "the pages before it stay");
    let made = product_calls(&stage.control()).len() as u64;
    assert_eq!((paused.calls, useful(&paused)), (made, 2), "{paused:?}");
    let receipt = stage.finish(paused, 5).await;
    assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
    assert_eq!(receipt.rows, PAGES * 200);
    let made = product_calls(&stage.control()).len() as u64;
    assert_eq!((receipt.calls, useful(&receipt)), (made, PAGES));
}
