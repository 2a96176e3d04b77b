//! The catalogue behind the answers: the same for the same seed, as large as asked for, and searched quickly.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashSet;
use std::time::{Duration, Instant};

use rust_decimal::Decimal;
use smartlinks_sandbox::{Options, Sandbox, TruthProduct};

use crate::support::{Caller, quiet};

async fn products(seed: u64) -> (Sandbox, Vec<TruthProduct>) {
    let sandbox = Sandbox::start(Options { seed, ..quiet() }).await.unwrap();
    let truth = sandbox.control().truth();
    let all = truth.all().collect();
    (sandbox, all)
}

#[tokio::test]
async fn the_same_seed_gives_the_same_catalogue_and_orders() {
    let (one, a) = products(7).await;
    let (two, b) = products(7).await;
    assert_eq!(a, b);
    let (one, two) = (one.control().truth(), two.control().truth());
    assert_eq!(one.orders_of(0), two.orders_of(0));
    assert!(one.aliexpress().eq(two.aliexpress()));
    let (_other, c) = products(8).await;
    assert_ne!(a[0].pid, c[0].pid);
    assert_ne!(
        one.orders_of(0),
        one.orders_of(1),
        "each account has orders of its own"
    );
}

#[tokio::test]
async fn the_catalogue_has_the_shares_of_oddities_a_client_must_survive() {
    let (sandbox, all) = products(1).await;
    assert_eq!(all.len(), 2_000);
    let unique: HashSet<_> = all.iter().map(|p| &p.pid).collect();
    assert_eq!(unique.len(), all.len(), "ids are unique");
    let vids: HashSet<_> = all
        .iter()
        .flat_map(|p| p.variants.iter().map(|v| &v.vid))
        .collect();
    assert_eq!(
        vids.len(),
        all.iter().map(|p| p.variants.len()).sum::<usize>()
    );
    let share = |n: usize| n as f64 / all.len() as f64;
    let delisted = share(all.iter().filter(|p| !p.on_sale).count());
    assert!((0.02..0.045).contains(&delisted), "{delisted}");
    let bare = share(all.iter().filter(|p| p.variants.is_empty()).count());
    assert!((0.004..0.02).contains(&bare), "{bare}");
    let old = share(all.iter().filter(|p| p.pid.len() == 36).count());
    assert!((0.25..0.42).contains(&old), "{old}");
    assert!(all.iter().all(|p| p.pid.len() == 36 || p.pid.len() == 19));
    assert!(all.iter().all(|p| p.variants.len() <= 12));
    assert!(all.iter().any(|p| p.variants.len() == 12));
    assert!(all.iter().any(|p| p.price_min < p.price_max));
    assert!(all.iter().flat_map(|p| &p.variants).any(|v| v.stock == 0));
    assert!(
        all.iter()
            .flat_map(|p| &p.variants)
            .any(|v| v.cj_stock > 0 && v.cj_stock < v.stock)
    );
    let mine = sandbox.control().truth().my_products();
    assert_eq!(mine.len(), 120);
    assert!(
        mine.iter().any(|p| !p.on_sale),
        "my products hold a delisted one"
    );
    let ali = sandbox.control().truth();
    assert!(
        ali.aliexpress()
            .all(|p| p.pid.len() == 16 && !p.variants.is_empty())
    );
    assert!(ali.aliexpress().all(|p| {
        p.variants
            .iter()
            .all(|v| v.vid.parse::<u64>().unwrap() > 1 << 53)
    }));
}

#[tokio::test]
async fn prices_and_stock_set_by_hand_are_what_the_truth_says() {
    let (sandbox, all) = products(1).await;
    let control = sandbox.control();
    let product = all
        .iter()
        .find(|p| p.on_sale && p.variants.len() > 2)
        .unwrap();
    let price = Decimal::new(1234, 2);
    assert!(control.set_price(&product.pid, price));
    assert!(control.set_stock(&product.pid, 3));
    assert!(control.set_variant_stock(&product.variants[1].vid, 0));
    let now = control.truth().product(&product.pid).unwrap();
    assert_eq!((now.price_min, now.price_max), (price, price));
    let stock: Vec<_> = now.variants.iter().map(|v| v.stock).collect();
    assert_eq!(&stock[..3], [3, 0, 3]);
    assert!(!control.set_stock("1980000000000000000", 1), "nobody's id");
    assert!(control.delist(&product.pid));
    assert!(!control.truth().product(&product.pid).unwrap().on_sale);
}

#[tokio::test]
async fn a_search_for_words_finds_all_and_only_the_titles_that_hold_them() {
    let (sandbox, all) = products(1).await;
    let found = sandbox.control().truth().search("glass jars");
    assert!(!found.is_empty());
    let lower = |p: &TruthProduct| p.title.to_lowercase();
    assert!(
        found
            .iter()
            .all(|p| lower(p).contains("glass") && lower(p).contains("jar"))
    );
    let by_hand = all
        .iter()
        .filter(|p| lower(p).contains(" jar") && lower(p).contains("glass"))
        .count();
    assert_eq!(found.len(), by_hand);
    assert!(sandbox.control().truth().search("zeppelin").is_empty());
    let by_sku = sandbox.control().truth().search(&all[17].sku);
    assert_eq!(by_sku, [all[17].clone()]);
}

#[tokio::test]
async fn a_million_products_start_at_once_and_are_searched_without_a_pause() {
    let began = Instant::now();
    let caller = Caller::connected(Options {
        products: 1_000_000,
        points_per_day: 1_000_000,
        ..quiet()
    })
    .await;
    for question in [
        "keyWord=storage%20jar",
        "keyWord=rustic%20sisal",
        "keyWord=dimmable&orderBy=2&sort=asc",
        "orderBy=3&countryCode=US&startSellPrice=5&endSellPrice=6",
    ] {
        let data = caller
            .data(&format!("product/listV2?{question}&size=100"))
            .await;
        assert!(
            data["totalRecords"].as_u64().unwrap() > 100,
            "{question}: {}",
            data["totalRecords"]
        );
        assert!(data["totalRecords"].as_u64().unwrap() <= 6_000);
    }
    // A debug build under load takes a second or two; reading a stored million would take minutes.
    assert!(
        began.elapsed() < Duration::from_secs(60),
        "{:?}",
        began.elapsed()
    );
}

#[tokio::test]
async fn slices_by_category_give_every_product_once() {
    let caller = Caller::connected(quiet()).await;
    let truth = caller.sandbox.control().truth();
    let mut seen = HashSet::new();
    for (category, name) in truth.categories() {
        let data = caller
            .data(&format!("product/listV2?categoryId={category}&size=100"))
            .await;
        let rows = data["content"][0]["productList"].as_array().unwrap();
        assert_eq!(
            rows.len() as u64,
            data["totalRecords"].as_u64().unwrap(),
            "{name}"
        );
        seen.extend(
            rows.iter()
                .map(|row| row["id"].as_str().unwrap().to_owned()),
        );
    }
    let all: HashSet<_> = truth.all().map(|p| p.pid).collect();
    assert_eq!(seen, all);
}
