//! A search of CJ's catalogue under a name of the owner's: kept, planned, synced and scheduled by it, and let go without losing
//! what it brought.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use smartlinks_core::sync::{self, searches};
use smartlinks_core::views::{RunState, Scope, Search};
use smartlinks_core::{Code, schedule};

use crate::stage::{Stage, quick};

fn lamps() -> Search {
    Search {
        words: Some(" lamp  ".into()),
        country: Some("cn".into()),
        price_min: Some(Decimal::new(300, 2)),
        price_max: Some(Decimal::new(2500, 2)),
        ..Search::default()
    }
}

async fn here(stage: &Stage) -> BTreeSet<String> {
    let rows = stage.products().await;
    rows.into_iter().map(|row| row.product_id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_search_brings_what_its_filters_leave_and_survives_a_restart() {
    let mut stage = Stage::fixed(quick()).await;
    stage.connect_cj().await;
    let kept = searches::keep(&stage.shop, "  Lampes  d’appoint ", lamps())
        .await
        .unwrap();
    assert_eq!(kept.name, "Lampes d’appoint");
    stage.restart().await;
    assert_eq!(
        searches::list(&stage.shop).await.unwrap(),
        std::slice::from_ref(&kept)
    );

    let scope = searches::scope(&stage.shop, "saved:lampes d’APPOINT")
        .await
        .unwrap();
    assert_eq!(scope, kept.scope);
    let before = sync::plan(&stage.shop, &scope, false).await.unwrap();
    assert!(!before.exact, "nobody knows yet how much it finds");
    let receipt = stage.sync(scope.clone(), false).await;
    assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
    let (low, high) = (Decimal::new(300, 2), Decimal::new(2500, 2));
    let truth = stage.control().truth();
    let expected: BTreeSet<String> = truth
        .search_kept_in("lamp", "CN")
        .into_iter()
        .filter(|product| (low..=high).contains(&product.price_min))
        .map(|product| product.pid)
        .collect();
    assert!(expected.len() > 3 && expected.len() < truth.search("lamp").len());
    assert_eq!(here(&stage).await, expected);
    let plan = sync::plan(&stage.shop, &scope, false).await.unwrap();
    assert!(plan.exact && plan.calls == 1, "{plan:?}");

    // The same words without the filters are another search: nothing of the one is taken for the other.
    let words = sync::plan(&stage.shop, &Scope::Search("lamp".into()), false)
        .await
        .unwrap();
    assert!(!words.exact);

    let mut nightly = schedule::state(&stage.shop).await.unwrap().schedule;
    nightly.scope = scope.clone();
    schedule::choose(&stage.shop, nightly).await.unwrap();
    searches::remove(&stage.shop, kept.id).await.unwrap();
    assert_eq!(searches::list(&stage.shop).await.unwrap(), []);
    assert_eq!(here(&stage).await, expected, "what it brought stays");
    let scheduled = schedule::state(&stage.shop).await.unwrap().schedule.scope;
    assert_eq!(scheduled, scope, "and the schedule goes on");
    let gone = searches::scope(&stage.shop, "saved:Lampes d’appoint").await;
    assert_eq!(gone.unwrap_err().code, Code::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_belongs_to_one_search_and_what_cannot_be_meant_is_not_kept() {
    let stage = Stage::fixed(quick()).await;
    let first = searches::keep(&stage.shop, "Lampes", lamps())
        .await
        .unwrap();
    let second = searches::keep(&stage.shop, "LAMPES", "desk lamp".into())
        .await
        .unwrap();
    assert_eq!(
        searches::list(&stage.shop).await.unwrap(),
        std::slice::from_ref(&second),
        "{first:?} was replaced"
    );
    assert_eq!(second.scope.to_string(), "search:desk lamp");
    for (name, search) in [
        ("", lamps()),
        ("x".repeat(61).as_str(), lamps()),
        ("Nothing", Search::default()),
        (
            "Upside down",
            Search {
                price_max: Some(Decimal::ONE),
                ..lamps()
            },
        ),
    ] {
        let refused = searches::keep(&stage.shop, name, search).await.unwrap_err();
        assert_eq!(refused.code, Code::BadInput, "{name}");
    }
    assert_eq!(searches::list(&stage.shop).await.unwrap().len(), 1);
}
