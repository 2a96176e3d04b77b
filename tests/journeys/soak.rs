//! A bad week at CJ: every fault alone, and all of them mixed over twenty thousand products. At the end the catalogue is
//! what CJ really has, each product once, and the receipts tell why a call was made twice.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use smartlinks_core::views::{ProductStatus, RepeatReason, RunState, Scope, SyncReceipt};
use smartlinks_sandbox::{Fault, FaultRule, Options, Supplier};

use crate::stage::{Stage, assert_equals_truth, assert_mine_equal_truth, product_calls, quick};

/// Every fault there is, with the reason a receipt gives for the calls it costs; a late answer costs none.
fn faults() -> Vec<(Fault, Option<RepeatReason>)> {
    use RepeatReason::{
        BadAnswer, EmptyAnswer, Network, PointsSpent, SupplierDown, TokenRefused, TooQuick,
    };
    vec![
        (Fault::Reset, Some(Network)),
        (Fault::ResetMidBody, Some(Network)),
        (Fault::Truncate, Some(BadAnswer)),
        (Fault::Html, Some(BadAnswer)),
        (Fault::Status5xx(500), Some(SupplierDown)),
        (Fault::Status5xx(503), Some(SupplierDown)),
        (Fault::EmptyAnswer, Some(EmptyAnswer)),
        (Fault::RateRefusal { http_429: true }, Some(TooQuick)),
        (Fault::RateRefusal { http_429: false }, Some(TooQuick)),
        (Fault::PointsRefusal, Some(PointsSpent)),
        (Fault::ExpireToken, Some(TokenRefused)),
        (Fault::Delay(Duration::from_millis(3)), None),
    ]
}

fn once(path: &str, skip: u32, what: Fault) -> FaultRule {
    FaultRule {
        supplier: Supplier::Cj,
        path_contains: path.into(),
        skip,
        times: Some(1),
        what,
    }
}

fn repeats(receipt: &SyncReceipt) -> BTreeMap<RepeatReason, u64> {
    receipt
        .repeats
        .iter()
        .map(|repeats| (repeats.reason, repeats.count))
        .collect()
}

/// Every call is in the receipt, and all beyond the `useful` ones have a reason there.
fn assert_no_call_without_a_reason(
    stage: &Stage,
    receipt: &SyncReceipt,
    useful: usize,
    what: &str,
) {
    let made = product_calls(&stage.control()).len();
    assert_eq!(receipt.calls, made as u64, "{what}: {receipt:?}");
    let again: u64 = repeats(receipt).values().sum();
    assert_eq!(made as u64 - again, useful as u64, "{what}: {receipt:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_alone_costs_calls_that_the_receipt_explains_and_nothing_else() {
    for (fault, reason) in faults() {
        let what = format!("{fault:?}");
        let stage = Stage::fixed(quick()).await;
        stage.connect_cj().await;
        stage.control().clear_calls();
        stage.control().push(once("myProduct", 0, fault.clone()));
        for nth in 0..5 {
            stage
                .control()
                .push(once("product/query", 2 + nth * 7, fault.clone()));
        }
        let receipt = stage.sync(Scope::MyProducts, true).await;
        let receipt = stage.finish(receipt, 20).await;
        assert_eq!(receipt.state, RunState::Done, "{what}: {receipt:?}");
        assert_equals_truth(&stage).await;
        assert_no_call_without_a_reason(&stage, &receipt, 1 + 45, &what);
        let expected = reason.map(|reason| (reason, 6)).into_iter().collect();
        assert_eq!(repeats(&receipt), expected, "{what}");
    }
}

/// The same numbers in every run; another seed is another week.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

fn bad_week(stage: &Stage, seed: u64, path: &str, calls: u64, count: usize) {
    let mut dice = Dice(seed);
    let faults = faults();
    for _ in 0..count {
        let (fault, _) = &faults[usize::try_from(dice.below(faults.len() as u64)).unwrap()];
        let skip = u32::try_from(dice.below(calls)).unwrap();
        stage.control().push(once(path, skip, fault.clone()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_thousand_products_survive_a_bad_week_each_of_them_once() {
    const SEED: u64 = 0x5EED_0004;
    const MINE: usize = 800;
    let stage = Stage::fixed(Options {
        products: 20_000,
        my_products: MINE as u64,
        ..quick()
    })
    .await;
    stage.connect_cj().await;
    let truth = stage.control().truth();
    let pages: usize = truth
        .categories()
        .iter()
        .map(|(id, _)| truth.category(id).len().div_ceil(100))
        .sum();

    stage.control().clear_calls();
    bad_week(&stage, SEED, "listV2", pages as u64, 60);
    let receipt = stage.sync(Scope::All, false).await;
    let receipt = stage.finish(receipt, 60).await;
    assert_eq!(receipt.state, RunState::Done, "seed {SEED}: {receipt:?}");
    assert_eq!(receipt.rows, 20_000, "seed {SEED}");
    assert_no_call_without_a_reason(&stage, &receipt, pages, "the lists");
    let here = stage.products().await;
    let ids: BTreeSet<&str> = here.iter().map(|row| row.product_id.as_str()).collect();
    assert_eq!(
        (here.len(), ids.len()),
        (20_000, 20_000),
        "each product once"
    );
    let mut titles: BTreeMap<&str, (&str, ProductStatus)> = here
        .iter()
        .map(|row| (row.product_id.as_str(), (row.title.as_str(), row.status)))
        .collect();
    for product in truth.all() {
        let status = if product.on_sale {
            ProductStatus::Active
        } else {
            ProductStatus::Delisted
        };
        let found = titles.remove(product.pid.as_str());
        assert_eq!(
            found,
            Some((product.title.as_str(), status)),
            "{}",
            product.pid
        );
    }
    assert!(titles.is_empty());

    stage.control().clear_faults();
    stage.control().clear_calls();
    bad_week(&stage, SEED + 1, "product/query", MINE as u64, 150);
    bad_week(&stage, SEED + 2, "myProduct", 4, 6);
    let receipt = stage.sync(Scope::MyProducts, true).await;
    let receipt = stage.finish(receipt, 120).await;
    assert_eq!(receipt.state, RunState::Done, "seed {SEED}: {receipt:?}");
    assert_no_call_without_a_reason(&stage, &receipt, MINE.div_ceil(200) + MINE, "the details");
    let off_shelf = truth
        .my_products()
        .iter()
        .filter(|product| !product.on_sale)
        .count();
    assert!(
        receipt.failed <= off_shelf as u64,
        "seed {SEED}: {receipt:?}"
    );
    assert_mine_equal_truth(&stage).await;
    let here = stage.products().await;
    assert_eq!(here.len(), 20_000, "nothing came twice");
}
