//! Syncing when things go wrong: nothing is lost, nothing is doubled, and the owner is told the truth.

use std::time::Duration;

use smartlinks_core::sync::{self, Patience};
use smartlinks_core::vault::SessionVault;
use smartlinks_core::views::{Event, RunState, Scope};
use smartlinks_core::{Code, accounts};
use smartlinks_sandbox::{Fault, FaultRule, Options, Supplier};

use crate::stage::{Stage, assert_equals_truth, quick};

fn sometimes(path: &str, skip: u32, what: Fault) -> FaultRule {
    FaultRule {
        supplier: Supplier::Cj,
        path_contains: path.into(),
        skip,
        times: Some(2),
        what,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_day_at_cj_costs_time_and_not_a_single_product() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    for (count, fault) in [
        Fault::Reset,
        Fault::ResetMidBody,
        Fault::Truncate,
        Fault::Status5xx(502),
        Fault::Html,
        Fault::EmptyAnswer,
        Fault::RateRefusal { http_429: true },
        Fault::RateRefusal { http_429: false },
        Fault::ExpireToken,
        Fault::Delay(Duration::from_millis(50)),
    ]
    .into_iter()
    .enumerate()
    {
        let skip = u32::try_from(count).unwrap() * 3 + 1;
        stage
            .control()
            .push(sometimes("product/query", skip, fault.clone()));
        if count % 2 == 0 {
            stage.control().push(sometimes("myProduct", 0, fault));
        }
    }
    let receipt = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(receipt.state, RunState::Done, "{:?}", receipt.error);
    assert_equals_truth(&stage).await;
    let made = stage
        .control()
        .calls()
        .iter()
        .filter(|call| call.path_or_method.starts_with("product/"))
        .count();
    assert_eq!(receipt.calls, made as u64, "the receipt tells every call");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_data_is_never_taken_for_sold_out() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    stage.sync(Scope::MyProducts, true).await;
    let before = stage.products().await;
    stage.control().push(FaultRule::always(
        Supplier::Cj,
        "product/query",
        Fault::EmptyAnswer,
    ));
    // Day after day: what is unknown is not gone either.
    let mut receipt = stage.sync(Scope::MyProducts, true).await;
    for _ in 0..3 {
        stage.pass(Duration::from_secs(86_400));
        receipt = stage.sync(Scope::MyProducts, true).await;
    }
    assert_eq!(receipt.state, RunState::Done);
    assert!(receipt.failed > 0, "the failures are told");
    let failures = sync::failures(&stage.shop, receipt.run).await.unwrap();
    assert_eq!(failures.len() as u64, receipt.failed);
    let after = stage.products().await;
    let stock = |rows: &[smartlinks_core::views::ProductRow]| {
        rows.iter()
            .map(|row| (row.product_id.clone(), row.stock, row.status))
            .collect::<Vec<_>>()
    };
    assert_eq!(stock(&after), stock(&before));
    stage.control().clear_faults();
    stage.control().push(FaultRule::always(
        Supplier::Cj,
        "myProduct",
        Fault::EmptyAnswer,
    ));
    let receipt = stage.sync(Scope::MyProducts, false).await;
    assert_eq!(receipt.rows, 0);
    assert_eq!(stage.products().await.len(), before.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supplier_that_stays_down_interrupts_and_the_same_run_goes_on_later() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    let down = FaultRule {
        skip: 10,
        ..FaultRule::always(Supplier::Cj, "product/query", Fault::Status5xx(503))
    };
    stage.control().push(down);
    let receipt = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(receipt.state, RunState::Interrupted);
    assert_eq!(receipt.error.as_ref().unwrap().code, Code::SupplierDown);
    assert_eq!(stage.products().await.len(), 45, "partial results are kept");
    stage.control().clear_faults();
    let resumed = sync::resume(&stage.shop, Patience::Leave)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(resumed.run, receipt.run);
    assert_eq!(
        sync::wait(&stage.shop, receipt.run).await.unwrap().state,
        RunState::Done
    );
    assert_equals_truth(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn spent_points_pause_the_sync_until_a_named_time_and_it_is_completed_then() {
    let options = Options {
        points_per_day: 200,
        ..quick()
    };
    let mut stage = Stage::with(options, SessionVault::as_keychain()).await;
    stage.connect_cj().await;
    let receipt = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(receipt.state, RunState::Paused, "{:?}", receipt.error);
    assert_eq!(receipt.error.as_ref().unwrap().code, Code::QuotaSpent);
    let until = receipt.continues_at.unwrap();
    assert!(until > stage.shop.now(), "the time must lie ahead");
    stage.restart().await;
    let mut state = receipt.state;
    // 45 products at ten points each: three days' worth of a budget of two hundred.
    for _ in 0..6 {
        stage.pass(Duration::from_secs(86_400));
        sync::resume(&stage.shop, Patience::Leave).await.unwrap();
        state = sync::wait(&stage.shop, receipt.run).await.unwrap().state;
        if state == RunState::Done {
            break;
        }
    }
    assert_eq!(state, RunState::Done);
    assert_equals_truth(&stage).await;
    let refused = stage
        .control()
        .calls()
        .iter()
        .filter(|call| format!("{:?}", call.outcome).contains("16900500"))
        .count();
    assert!(
        refused <= 1,
        "points are counted here, so CJ hardly ever has to refuse: {refused}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_connection_stops_the_sync_and_it_goes_on_after_reconnecting() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    stage.pass(Duration::from_secs(600));
    stage.control().push(FaultRule {
        supplier: Supplier::Cj,
        path_contains: "product/query".into(),
        skip: 7,
        times: Some(1),
        what: Fault::ExpireToken,
    });
    stage.control().push(FaultRule::always(
        Supplier::Cj,
        "authentication/",
        Fault::Status5xx(500),
    ));
    let receipt = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(receipt.state, RunState::Interrupted, "{:?}", receipt.error);
    let after = accounts::status(&stage.shop).await.unwrap();
    assert!(
        after.accounts[0].last_error.is_some(),
        "the account says why"
    );
    stage.control().clear_faults();
    sync::resume(&stage.shop, Patience::Leave).await.unwrap();
    let resumed = sync::wait(&stage.shop, receipt.run).await.unwrap();
    assert_eq!(resumed.state, RunState::Done, "{:?}", resumed.error);
    assert_equals_truth(&stage).await;
    assert!(
        accounts::status(&stage.shop).await.unwrap().accounts[0]
            .last_error
            .is_none()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_accounts_own_pace_is_kept_and_hardly_ever_refused() {
    let stage = Stage::with(
        Options {
            qps: Some(20),
            ..quick()
        },
        SessionVault::as_keychain(),
    )
    .await;
    stage.connect_cj().await;
    let receipt = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(receipt.state, RunState::Done);
    let refused = stage
        .control()
        .calls()
        .iter()
        .filter(|call| format!("{:?}", call.outcome).contains("1600200"))
        .count();
    assert!(
        refused <= 3,
        "{refused} of {} calls were too quick",
        receipt.calls
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_sync_and_one_that_waits_for_a_bad_line_can_be_stopped() {
    let options = Options {
        points_per_day: 100,
        ..quick()
    };
    let stage = Stage::with(options, SessionVault::as_keychain()).await;
    stage.connect_cj().await;
    let mut events = stage.shop.events();
    let run = sync::begin(&stage.shop, Scope::MyProducts, true, Patience::Stay)
        .await
        .unwrap()
        .run;
    let stop_at = async |events: &mut tokio::sync::broadcast::Receiver<Event>, wanted: RunState| {
        while let Ok(event) = events.recv().await {
            if let Event::SyncEnded { receipt } = event
                && receipt.state == wanted
            {
                return receipt;
            }
        }
        panic!("it never came to {wanted:?}");
    };
    stop_at(&mut events, RunState::Paused).await;
    sync::stop(&stage.shop).await.unwrap();
    let stopped = stop_at(&mut events, RunState::Interrupted).await;
    assert_eq!(
        (stopped.run, stopped.error.unwrap().code),
        (run, Code::Interrupted)
    );

    stage.pass(Duration::from_secs(86_400));
    stage.control().push(FaultRule::always(
        Supplier::Cj,
        "product/query",
        Fault::Status5xx(503),
    ));
    sync::resume(&stage.shop, Patience::Stay).await.unwrap();
    while stage.control().calls_to("product/query") < 12 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sync::stop(&stage.shop).await.unwrap();
    let stopped = stop_at(&mut events, RunState::Interrupted).await;
    assert_eq!(
        stopped.error.unwrap().code,
        Code::Interrupted,
        "the owner's stop, not the bad line, ended it"
    );
}
