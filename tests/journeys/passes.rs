//! Pass after pass: the money goes to the most worthy first, what is fresh is left alone, what failed is tried again
//! alone, what vanished is marked and kept, and what was found out about CJ's catalogue is not asked again.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use smartlinks_core::sync::{self, Patience, Wish};
use smartlinks_core::views::{ProductStatus, RunState, Scope};
use smartlinks_core::{Code, catalog};
use smartlinks_sandbox::{Fault, FaultRule, Options, Supplier};

use crate::stage::{Stage, product_calls, quick};

const DAY: Duration = Duration::from_secs(86_400);

/// The products whose details were asked for, in their order.
fn asked(stage: &Stage) -> Vec<String> {
    product_calls(&stage.control())
        .into_iter()
        .filter(|call| call.path_or_method == "product/query")
        .filter_map(|call| call.product)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tiny_budget_goes_to_the_owners_products_first_and_the_pass_still_ends() {
    let stage = Stage::fixed(Options {
        points_per_day: 120,
        my_products: 120,
        ..quick()
    })
    .await;
    stage.connect_cj().await;
    let truth = stage.control().truth();
    let mine: BTreeSet<String> = truth
        .my_products()
        .into_iter()
        .map(|product| product.pid)
        .collect();
    // A category of one page, with some of the owner's products among others.
    let (category, members) = truth
        .categories()
        .into_iter()
        .map(|(id, _)| {
            let members = truth.category(&id);
            (
                id,
                members
                    .into_iter()
                    .map(|product| product.pid)
                    .collect::<BTreeSet<_>>(),
            )
        })
        .find(|(_, members)| {
            let own = members.intersection(&mine).count();
            (3..8).contains(&own) && members.len() >= own + 5
        })
        .unwrap();
    let own: BTreeSet<String> = members.intersection(&mine).cloned().collect();
    stage.sync(Scope::MyProducts, false).await;

    let receipt = stage.sync(Scope::Category(category.clone()), true).await;
    assert_eq!(receipt.state, RunState::Paused, "{receipt:?}");
    let receipt = stage.finish(receipt, 60).await;
    assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
    let order = asked(&stage);
    let first: BTreeSet<String> = order.iter().take(own.len()).cloned().collect();
    assert_eq!(first, own, "the owner's own come first");
    assert_eq!(
        order.iter().cloned().collect::<BTreeSet<_>>(),
        members,
        "and all in the end"
    );
    assert_eq!(order.len(), members.len(), "each once");

    // What is fresh is not asked again; a day later the owner's own are, and nothing else.
    stage.control().clear_calls();
    let plan = sync::plan(&stage.shop, &Scope::Category(category.clone()), true)
        .await
        .unwrap();
    assert_eq!(plan.fresh, members.len() as u64, "{plan:?}");
    stage.pass(DAY);
    let receipt = stage.sync(Scope::Category(category.clone()), true).await;
    let receipt = stage.finish(receipt, 60).await;
    assert_eq!(receipt.state, RunState::Done);
    let active: BTreeSet<String> = stage
        .products()
        .await
        .into_iter()
        .filter(|row| row.status == ProductStatus::Active && own.contains(&row.product_id))
        .map(|row| row.product_id)
        .collect();
    assert_eq!(asked(&stage).into_iter().collect::<BTreeSet<_>>(), active);
    // Unless the owner wants all of it.
    stage.control().clear_calls();
    let wish = Wish {
        older_than_h: Some(0),
        ..Wish::new(Scope::Category(category), true)
    };
    stage.pass(DAY);
    let receipt = stage.wish(wish).await;
    stage.finish(receipt, 60).await;
    assert_eq!(asked(&stage).len(), members.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_seen_in_the_list_is_looked_into_at_once() {
    let stage = Stage::fixed(quick()).await;
    stage.connect_cj().await;
    stage.sync(Scope::MyProducts, true).await;
    stage.pass(Duration::from_secs(600));
    let product = stage
        .control()
        .truth()
        .my_products()
        .into_iter()
        .find(|product| product.on_sale && !product.variants.is_empty())
        .unwrap();
    let dearer = product.price_max + rust_decimal::Decimal::TEN;
    assert!(stage.control().set_price(&product.pid, dearer));
    stage.control().clear_calls();
    stage.sync(Scope::MyProducts, true).await;
    assert_eq!(
        asked(&stage),
        [product.pid],
        "only what changed, though all is fresh"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_failed_product_can_be_tried_again_alone() {
    let stage = Stage::fixed(quick()).await;
    stage.connect_cj().await;
    let unlucky: Vec<String> = stage
        .control()
        .truth()
        .my_products()
        .into_iter()
        .filter(|product| product.on_sale)
        .map(|product| product.pid)
        .take(3)
        .collect();
    stage.control().push(FaultRule {
        times: Some(9),
        ..FaultRule::always(Supplier::Cj, "product/query", Fault::EmptyAnswer)
    });
    let first = Scope::Products(unlucky.clone());
    let failed = stage.sync(first, true).await;
    assert_eq!(
        (failed.state, failed.failed),
        (RunState::Done, 3),
        "{failed:?}"
    );
    assert_eq!(failed.points, 90, "what was asked was paid");
    stage.control().clear_calls();

    let retried = stage.retry(failed.run, &unlucky[1..2]).await;
    assert_eq!(
        (retried.state, retried.retry_of),
        (RunState::Done, Some(failed.run))
    );
    assert_eq!(asked(&stage), unlucky[1..2], "only the one that was meant");
    let left = sync::failures(&stage.shop, failed.run).await.unwrap();
    let mended: BTreeMap<&str, bool> = left
        .iter()
        .map(|failure| (failure.product_id.as_str(), failure.mended))
        .collect();
    assert_eq!(mended.values().filter(|mended| **mended).count(), 1);
    assert!(mended[unlucky[1].as_str()]);

    stage.control().clear_calls();
    stage.retry(failed.run, &[]).await;
    assert_eq!(asked(&stage).len(), 2, "the rest at once");
    let nothing = sync::retry(&stage.shop, failed.run, &[], Patience::Leave).await;
    assert_eq!(nothing.unwrap_err().code, Code::NotFound);
    let stranger = sync::retry(&stage.shop, failed.run, &["42".into()], Patience::Leave).await;
    assert_eq!(stranger.unwrap_err().code, Code::BadInput);
    let nobody = sync::retry(&stage.shop, 4_711, &[], Patience::Leave).await;
    assert_eq!(nobody.unwrap_err().code, Code::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_in_between_does_not_forget_the_sync_that_was_stopped() {
    let stage = Stage::fixed(quick()).await;
    stage.connect_cj().await;
    stage.control().push(FaultRule {
        times: Some(3),
        ..FaultRule::always(Supplier::Cj, "product/query", Fault::EmptyAnswer)
    });
    stage.control().push(FaultRule {
        skip: 10,
        ..FaultRule::always(Supplier::Cj, "product/query", Fault::Status5xx(503))
    });
    let stopped = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(
        (stopped.state, stopped.failed),
        (RunState::Interrupted, 1),
        "{stopped:?}"
    );
    stage.control().clear_faults();
    let retried = stage.retry(stopped.run, &[]).await;
    assert_eq!(retried.state, RunState::Done);
    let resumed = stage.resume().await.unwrap();
    assert_eq!((resumed.run, resumed.state), (stopped.run, RunState::Done));
    crate::stage::assert_equals_truth(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_cj_finds_no_more_is_marked_the_second_time_and_never_deleted() {
    let stage = Stage::fixed(quick()).await;
    stage.connect_cj().await;
    stage.sync(Scope::MyProducts, true).await;
    // CJ finds nothing for every other product off the shelf, and says of the rest that they were taken off.
    let found = |stage: &Stage, pid: &str| {
        let calls = stage.control().calls();
        calls
            .iter()
            .rev()
            .find(|call| call.product.as_deref() == Some(pid))
            .map(|call| format!("{:?}", call.outcome))
            .unwrap()
    };
    for product in stage.control().truth().my_products() {
        stage.control().delist(&product.pid);
    }
    let before = stage.products().await;
    for pass in 1..=2 {
        stage.pass(DAY);
        stage.sync(Scope::MyProducts, true).await;
        for row in stage.products().await {
            let was_active = before
                .iter()
                .any(|old| old.product_id == row.product_id && old.status == ProductStatus::Active);
            let missing = was_active && found(&stage, &row.product_id).contains("1602001");
            if missing && pass == 1 {
                assert_eq!(
                    row.status,
                    ProductStatus::Active,
                    "one miss may be a hiccup"
                );
            } else {
                assert_eq!(row.status, ProductStatus::Delisted, "pass {pass}: {row:?}");
            }
        }
    }
    let after = stage.products().await;
    assert_eq!(after.len(), before.len(), "nothing is deleted");
    let detail = catalog::show(&stage.shop, None, &before[0].product_id)
        .await
        .unwrap();
    assert_eq!(
        detail.items.is_empty(),
        before[0].variants.unwrap_or(0) == 0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalogue_once_cut_into_slices_is_not_measured_again() {
    let stage = Stage::fixed(Options {
        products: 12_000,
        ..quick()
    })
    .await;
    stage.connect_cj().await;
    // More than a search gives.
    let scope = Scope::Search("for".into());
    let expected = stage.control().truth().search("for").len();
    assert!(expected > 6_000, "{expected}");
    let first = stage.sync(scope.clone(), false).await;
    assert_eq!(first.state, RunState::Done, "{first:?}");
    assert_eq!(
        stage.products().await.len(),
        expected,
        "none is out of reach"
    );
    let second = stage.sync(scope, false).await;
    assert_eq!(second.state, RunState::Done);
    let lists = |receipt: &smartlinks_core::views::SyncReceipt| receipt.calls;
    assert!(
        lists(&second) < lists(&first),
        "{} {}",
        lists(&first),
        lists(&second)
    );
    assert_eq!(
        lists(&second),
        second.rows.div_ceil(100).max(second.done),
        "every page brings rows: {second:?}"
    );
    assert_eq!(stage.products().await.len(), expected);
}
