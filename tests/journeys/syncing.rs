//! Syncing: everything arrives once, what changed is noted, and what was stopped goes on.

use std::time::Duration;

use rust_decimal::Decimal;
use smartlinks_core::sync::{self, Patience};
use smartlinks_core::vault::SessionVault;
use smartlinks_core::views::{
    ChangeKind, ProductQuery, ProductStatus, RunState, Scope, Sort, Supplier,
};
use smartlinks_core::{Code, accounts, catalog};
use smartlinks_sandbox::Options;

use crate::stage::{Stage, assert_equals_truth, quick};

/// After which the details of the owner's own products are asked for again.
const DAY: Duration = Duration::from_secs(86_400);

#[tokio::test(flavor = "multi_thread")]
async fn my_products_arrive_with_every_variant_price_and_stock() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    let receipt = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(receipt.state, RunState::Done, "{:?}", receipt.error);
    assert_eq!(receipt.rows, 45);
    assert_equals_truth(&stage).await;
    let counts = accounts::status(&stage.shop).await.unwrap().catalog;
    assert_eq!(counts.products, 45);
    assert!(counts.variants > 45);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stock_that_is_not_known_yet_is_not_counted_as_sold_out() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    stage.sync(Scope::MyProducts, false).await;
    for in_stock in [Some(true), Some(false)] {
        let query = ProductQuery {
            in_stock,
            ..ProductQuery::default()
        };
        let found = catalog::count(&stage.shop, query).await.unwrap();
        assert_eq!(found.count, 0, "{in_stock:?}: the list tells no stock");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_and_a_category_bring_what_cj_lists_under_them() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    let truth = stage.control().truth();
    let words = "lamp";
    let expected: std::collections::BTreeSet<String> = truth
        .search(words)
        .into_iter()
        .map(|product| product.pid.clone())
        .collect();
    assert!(!expected.is_empty(), "the sandbox must know lamps");
    let receipt = stage.sync(Scope::Search(words.into()), false).await;
    assert_eq!(receipt.state, RunState::Done, "{:?}", receipt.error);
    let here: std::collections::BTreeSet<String> = stage
        .products()
        .await
        .into_iter()
        .map(|product| product.product_id)
        .collect();
    assert_eq!(here, expected);

    let categories = catalog::categories(&stage.shop).await.unwrap();
    let category = &categories[3];
    assert!(category.path.contains(" / "));
    stage
        .sync(Scope::Category(category.id.clone()), false)
        .await;
    let query = ProductQuery {
        category: Some(category.path.clone()),
        limit: Some(500),
        ..ProductQuery::default()
    };
    let listed = catalog::list(&stage.shop, query).await.unwrap().items.len();
    assert_eq!(listed, truth.category(&category.id).len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_catalogue_comes_category_by_category() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    let receipt = stage.sync(Scope::All, false).await;
    assert_eq!(receipt.state, RunState::Done, "{:?}", receipt.error);
    assert_eq!(stage.products().await.len(), 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_rose_is_noted_once_and_an_unchanged_resync_notes_nothing() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    stage.sync(Scope::MyProducts, true).await;
    stage.pass(DAY);
    let again = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(
        again.changed,
        0,
        "nothing changed, so nothing may be noted: {:?}",
        changes(&stage).await
    );

    let truth = stage.control().truth();
    let product = truth
        .my_products()
        .into_iter()
        .find(|product| product.on_sale && product.variants.len() > 1)
        .unwrap();
    let variant = &product.variants[0];
    let dearer = variant.price + Decimal::ONE;
    assert!(stage.control().set_variant_price(&variant.vid, dearer));
    stage.pass(DAY);
    stage.sync(Scope::MyProducts, true).await;
    let noted: Vec<_> = changes(&stage)
        .await
        .into_iter()
        .filter(|change| change.what == ChangeKind::Price && change.variant_id.is_some())
        .collect();
    assert_eq!(noted.len(), 1, "{noted:?}");
    assert_eq!(noted[0].variant_id.as_deref(), Some(variant.vid.as_str()));
    assert_eq!(
        noted[0].new.as_deref().unwrap().parse::<Decimal>().unwrap(),
        dearer
    );
    assert_eq!(noted[0].currency.as_deref(), Some("USD"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_taken_off_the_shelf_stays_here_and_is_marked() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    stage.sync(Scope::MyProducts, true).await;
    let truth = stage.control().truth();
    let product = truth
        .my_products()
        .into_iter()
        .find(|product| product.on_sale)
        .unwrap();
    assert!(stage.control().delist(&product.pid));
    for _ in 0..2 {
        stage.pass(DAY);
        stage.sync(Scope::MyProducts, true).await;
    }
    let detail = catalog::show(&stage.shop, None, &product.pid)
        .await
        .unwrap();
    assert_eq!(detail.product.status, ProductStatus::Delisted);
    assert!(!detail.items.is_empty(), "what was known of it is kept");
    assert!(
        detail
            .changes
            .iter()
            .any(|change| change.what == ChangeKind::Listing)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cost_is_known_before_anything_is_spent() {
    let stage = Stage::with(
        Options {
            qps: Some(4),
            ..quick()
        },
        SessionVault::as_keychain(),
    )
    .await;
    stage.connect_cj().await;
    let plan = sync::plan(&stage.shop, &Scope::MyProducts, true)
        .await
        .unwrap();
    assert_eq!((plan.calls, plan.points, plan.exact), (46, 450, true));
    assert!(plan.fits_today && plan.seconds >= 11 && plan.ends > plan.starts);
    let dear = sync::plan(&stage.shop, &Scope::Search("lamp".into()), false)
        .await
        .unwrap();
    assert_eq!(
        (dear.points, dear.exact),
        (3_000, false),
        "at most sixty pages of fifty points"
    );
    let paid = ["product/listV2", "product/query"];
    assert!(
        paid.iter().all(|path| stage.control().calls_to(path) == 0),
        "a plan must cost nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_sync_goes_on_where_it_stopped() {
    let stage = Stage::with(
        Options {
            qps: Some(20),
            ..quick()
        },
        SessionVault::as_keychain(),
    )
    .await;
    stage.connect_cj().await;
    let mut events = stage.shop.events();
    let run = sync::begin(&stage.shop, Scope::MyProducts, true, Patience::Leave)
        .await
        .unwrap()
        .run;
    while let Ok(event) = events.recv().await {
        if matches!(event, smartlinks_core::views::Event::Progress { done, .. } if done >= 5) {
            sync::stop(&stage.shop).await.unwrap();
            break;
        }
    }
    let stopped = sync::wait(&stage.shop, run).await.unwrap();
    assert_eq!(stopped.state, RunState::Interrupted);
    assert_eq!(stopped.error.unwrap().code, Code::Interrupted);
    let done = stage.control().calls_to("product/query");
    assert!(done < 45);
    let resumed = sync::resume(&stage.shop, Patience::Leave)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(resumed.run, run, "the same run goes on");
    let receipt = sync::wait(&stage.shop, run).await.unwrap();
    assert_eq!(receipt.state, RunState::Done, "{:?}", receipt.error);
    assert_equals_truth(&stage).await;
    assert_eq!(
        stage.asked_for_details(),
        45,
        "no product was asked for twice"
    );
    assert!(
        sync::resume(&stage.shop, Patience::Leave)
            .await
            .unwrap()
            .is_none(),
        "nothing is left to resume"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_sync_joins_the_first_instead_of_doubling_it() {
    let stage = Stage::with(
        Options {
            qps: Some(40),
            ..quick()
        },
        SessionVault::as_keychain(),
    )
    .await;
    stage.connect_cj().await;
    let (one, two) = tokio::join!(
        sync::begin(&stage.shop, Scope::MyProducts, true, Patience::Leave),
        sync::begin(&stage.shop, Scope::MyProducts, true, Patience::Leave),
    );
    assert_eq!(one.unwrap().run, two.as_ref().unwrap().run);
    sync::wait(&stage.shop, two.unwrap().run).await.unwrap();
    assert_eq!(stage.control().calls_to("product/myProduct/query"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_find_products_while_they_are_typed_in_every_order_of_prices() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    stage.sync(Scope::All, false).await;
    let some = stage
        .products()
        .await
        .into_iter()
        .find(|product| product.title.split(' ').count() > 2)
        .unwrap();
    let word = some.title.split(' ').nth(1).unwrap().to_lowercase();
    let find = async |words: &str, sort: Sort| {
        let query = ProductQuery {
            words: Some(words.into()),
            sort,
            limit: Some(500),
            ..ProductQuery::default()
        };
        catalog::list(&stage.shop, query).await.unwrap().items
    };
    let whole = find(&word, Sort::Relevance).await;
    assert!(
        whole
            .iter()
            .any(|product| product.product_id == some.product_id)
    );
    let typed = find(&word[..word.len() - 1], Sort::Relevance).await;
    assert!(
        typed.len() >= whole.len(),
        "a beginning finds at least as much"
    );
    let up = find(&word, Sort::PriceUp).await;
    assert_eq!(up.len(), whole.len());
    assert!(
        up.windows(2)
            .all(|pair| pair[0].price_min <= pair[1].price_min)
    );
    assert!(
        find(some.sku.as_deref().unwrap(), Sort::Relevance)
            .await
            .iter()
            .any(|found| found.sku == some.sku)
    );
    for hostile in [
        "\"",
        "a\"b*",
        "AND OR NOT",
        "()",
        "*",
        "'; DROP TABLE products",
        "\u{0}",
    ] {
        let _ = find(hostile, Sort::Relevance).await;
    }

    // Every product once, page by page, whatever the order.
    for sort in [Sort::Newest, Sort::PriceUp, Sort::PriceDown] {
        let mut query = ProductQuery {
            sort,
            limit: Some(37),
            ..ProductQuery::default()
        };
        let mut seen = std::collections::BTreeSet::new();
        loop {
            let page = catalog::list(&stage.shop, query.clone()).await.unwrap();
            for product in page.items {
                assert!(seen.insert(product.product_id), "twice in {sort:?}");
            }
            let Some(next) = page.next else { break };
            query.after = Some(next);
        }
        assert_eq!(seen.len(), 400, "{sort:?}");
    }
    let foreign = ProductQuery {
        after: Some("r5; --".into()),
        ..ProductQuery::default()
    };
    assert_eq!(
        catalog::list(&stage.shop, foreign).await.unwrap_err().code,
        Code::BadInput
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn aliexpress_products_are_imported_by_number_and_address_each_with_its_own_result() {
    let stage = Stage::set().await;
    stage.authorize().await;
    let truth = stage.control().truth();
    let mut on_sale = truth.aliexpress().filter(|product| product.on_sale);
    let (one, two) = (on_sale.next().unwrap(), on_sale.next().unwrap());
    let items = [
        one.pid.clone(),
        format!("https://fr.aliexpress.com/item/{}.html?spm=x", two.pid),
        "https://evil.example/item/1005001234567890.html".to_owned(),
        "1005009999999999".to_owned(),
    ];
    let wanted = catalog::Wanted::of(&stage.shop).await.unwrap();
    let results = catalog::import(&stage.shop, &items, &wanted).await.unwrap();
    let codes: Vec<_> = results
        .iter()
        .map(|result| result.error.as_ref().map(|error| error.code))
        .collect();
    assert_eq!(
        codes,
        [None, None, Some(Code::BadInput), Some(Code::NotFound)]
    );
    let detail = catalog::show(&stage.shop, Some(Supplier::Aliexpress), &one.pid)
        .await
        .unwrap();
    assert_eq!(detail.items.len(), one.variants.len());
    let mut prices: Vec<_> = detail
        .items
        .iter()
        .filter_map(|variant| variant.price)
        .collect();
    let mut expected: Vec<_> = one.variants.iter().map(|variant| variant.price).collect();
    prices.sort();
    expected.sort();
    assert_eq!(prices, expected);

    assert!(stage.control().set_variant_stock(&one.variants[0].vid, 0));
    stage.pass(Duration::from_secs(60));
    let receipt = stage.sync(Scope::Imported, false).await;
    assert_eq!(receipt.state, RunState::Done, "{:?}", receipt.error);
    assert!(
        changes(&stage)
            .await
            .iter()
            .any(|change| change.what == ChangeKind::Stock)
    );
}

async fn changes(stage: &Stage) -> Vec<smartlinks_core::views::ChangeRow> {
    catalog::changes(&stage.shop, None, None, 500)
        .await
        .unwrap()
        .items
}
