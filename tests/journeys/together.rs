//! Several processes of one owner at once: the account's pace is kept by all of them together, and nobody's work is done
//! twice.

use std::process::Child;
use std::time::Duration;

use smartlinks_core::sync;
use smartlinks_core::vault::SessionVault;
use smartlinks_core::views::RunState;
use smartlinks_sandbox::{CallRecord, Options, Outcome};

use crate::stage::{Stage, assert_equals_truth, quick};
use crate::victim::Orders;

const QPS: usize = 6;
const MINE: u64 = 24;

async fn done(mut process: Child) {
    for _ in 0..6_000 {
        if let Some(status) = process.try_wait().unwrap() {
            assert!(status.success(), "{status}");
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    process.kill().unwrap();
    panic!("a process did not come to its end");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_that_sync_and_one_that_asks_keep_the_pace_and_share_the_work() {
    let options = Options {
        qps: Some(6),
        my_products: MINE,
        ..quick()
    };
    let stage = Stage::with(options, SessionVault::as_keychain()).await;
    stage.connect_cj().await;
    let orders = Orders::of(&stage).await;
    stage.control().clear_calls();
    let processes = [orders.sync(), orders.sync(), orders.ask(8)];
    for process in processes {
        done(process).await;
    }
    let receipts = sync::receipts(&stage.shop, 10).await.unwrap();
    assert_eq!(
        receipts.len(),
        1,
        "the second joined the first: {receipts:?}"
    );
    assert_eq!(receipts[0].state, RunState::Done);
    assert_equals_truth(&stage).await;

    let calls = stage.control().calls();
    let too_quick =
        |call: &CallRecord| matches!(&call.outcome, Outcome::Refused(code) if code == "1600200");
    let refused = calls.iter().filter(|call| too_quick(call)).count();
    // Processes are woken late on a busy computer; what remains of that is learned from.
    assert!(
        refused * 10 <= calls.len(),
        "{refused} of {} were refused",
        calls.len()
    );
    let taken: Vec<i64> = calls
        .iter()
        .filter(|call| !too_quick(call))
        .map(|call| call.at.as_millisecond())
        .collect();
    for window in taken.windows(QPS + 1) {
        let length = window[QPS] - window[0];
        assert!(length >= 990, "{} calls in {length} ms", QPS + 1);
    }
    assert!(stage.control().calls_to("setting/get") >= 8);
    assert_eq!(
        stage.asked_for_details() as u64,
        MINE,
        "each product was asked for once"
    );
}
