//! What CJ's lists no longer name: marked after the second whole pass that missed it, never before, never deleted, and never
//! because a list was broken.

use std::time::Duration;

use smartlinks_core::catalog;
use smartlinks_core::views::{ChangeKind, ProductStatus, RunState, Scope};
use smartlinks_sandbox::{Fault, FaultRule, Options, Supplier};

use crate::stage::{Stage, quick};

const DAY: Duration = Duration::from_secs(86_400);

/// A category with products on sale, and two of them that are in nobody's selection.
fn category_and_two(stage: &Stage) -> (Scope, [String; 2]) {
    let truth = stage.control().truth();
    let mine: Vec<String> = truth.my_products().into_iter().map(|p| p.pid).collect();
    truth
        .categories()
        .into_iter()
        .find_map(|(id, _)| {
            let mut others = truth
                .category(&id)
                .into_iter()
                .filter(|product| product.on_sale && !mine.contains(&product.pid))
                .map(|product| product.pid);
            Some((Scope::Category(id), [others.next()?, others.next()?]))
        })
        .unwrap()
}

async fn status(stage: &Stage, pid: &str) -> ProductStatus {
    let detail = catalog::show(&stage.shop, None, pid).await.unwrap();
    detail.product.status
}

async fn whole(stage: &Stage, scope: &Scope) -> u64 {
    stage.pass(DAY);
    let receipt = stage.sync(scope.clone(), false).await;
    assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
    receipt.changed
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_category_and_everything_name_no_more_is_marked_after_two_passes_and_comes_back() {
    let stage = Stage::fixed(quick()).await;
    stage.connect_cj().await;
    let (category, [gone, other]) = category_and_two(&stage);
    for scope in [category, Scope::All] {
        whole(&stage, &scope).await;
        let before = stage.products().await.len();
        assert!(stage.control().withdraw(&gone));
        assert_eq!(whole(&stage, &scope).await, 0);
        assert_eq!(
            status(&stage, &gone).await,
            ProductStatus::Active,
            "{scope}: one miss may be a hiccup"
        );
        assert_eq!(
            whole(&stage, &scope).await,
            1,
            "{scope}: the receipt counts it"
        );
        assert_eq!(
            status(&stage, &gone).await,
            ProductStatus::Delisted,
            "{scope}"
        );
        assert_eq!(status(&stage, &other).await, ProductStatus::Active);
        assert_eq!(stage.products().await.len(), before, "nothing is deleted");
        let changes = catalog::changes(&stage.shop, None, None, 50).await.unwrap();
        let told = changes
            .items
            .iter()
            .filter(|change| change.product_id == gone && change.what == ChangeKind::Listing);
        assert!(told.count() >= 1, "{scope}: the owner reads when");

        assert_eq!(whole(&stage, &scope).await, 0, "told once");
        stage.control().relist(&gone);
        whole(&stage, &scope).await;
        assert_eq!(
            status(&stage, &gone).await,
            ProductStatus::Active,
            "{scope}: it is back"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pass_that_broke_off_or_was_not_about_a_product_does_not_count_against_it() {
    let stage = Stage::fixed(quick()).await;
    stage.connect_cj().await;
    let (category, [gone, other]) = category_and_two(&stage);
    whole(&stage, &Scope::All).await;
    whole(&stage, &category).await;
    stage.control().withdraw(&gone);
    whole(&stage, &category).await;

    // The line breaks in the middle of the next pass, and that one never ends.
    stage.control().push(FaultRule::always(
        Supplier::Cj,
        "product/listV2",
        Fault::Status5xx(503),
    ));
    stage.pass(DAY);
    let broken = stage.sync(category.clone(), false).await;
    assert_eq!(broken.state, RunState::Interrupted);
    stage.control().clear_faults();
    // Others are about something else.
    for scope in [Scope::MyProducts, Scope::Search("lamp".into())] {
        whole(&stage, &scope).await;
        whole(&stage, &scope).await;
    }
    assert_eq!(status(&stage, &gone).await, ProductStatus::Active);

    // Whoever asked for it alone has seen it.
    stage.control().relist(&gone);
    stage.pass(DAY);
    stage.sync(Scope::Products(vec![gone.clone()]), true).await;
    stage.control().withdraw(&gone);
    whole(&stage, &category).await;
    assert_eq!(
        status(&stage, &gone).await,
        ProductStatus::Active,
        "the count began anew"
    );
    whole(&stage, &category).await;
    assert_eq!(status(&stage, &gone).await, ProductStatus::Delisted);
    assert_eq!(status(&stage, &other).await, ProductStatus::Active);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_suddenly_lacks_half_of_its_products_is_not_believed() {
    let stage = Stage::fixed(Options {
        products: 600,
        ..quick()
    })
    .await;
    stage.connect_cj().await;
    whole(&stage, &Scope::All).await;
    let active: Vec<String> = stage
        .products()
        .await
        .into_iter()
        .filter(|row| row.status == ProductStatus::Active)
        .map(|row| row.product_id)
        .collect();
    for pid in active.iter().step_by(2) {
        stage.control().withdraw(pid);
    }
    for _ in 0..3 {
        whole(&stage, &Scope::All).await;
    }
    let still = stage.products().await;
    let still = still
        .iter()
        .filter(|row| row.status == ProductStatus::Active);
    assert_eq!(still.count(), active.len());
}
