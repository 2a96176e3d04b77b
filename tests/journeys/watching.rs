//! What is told by itself and what starts by itself: alerts on real changes, and the schedule over days.

use std::time::Duration;

use rust_decimal::Decimal;
use smartlinks_core::views::{
    AlertKind, Event, NewAlertRule, RunState, Schedule, Scope, Supplier, SyncReceipt,
};
use smartlinks_core::{Code, alerts, catalog, schedule, sync};
use smartlinks_sandbox::{Fault, FaultRule, Supplier as Side, TruthProduct};

use crate::stage::Stage;

const HOUR: Duration = Duration::from_secs(3_600);

async fn synced() -> Stage {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    let receipt = stage.sync(Scope::MyProducts, true).await;
    assert_eq!(receipt.state, RunState::Done, "{:?}", receipt.error);
    stage
}

async fn newest(stage: &Stage) -> SyncReceipt {
    sync::receipts(&stage.shop, 1).await.unwrap().remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_rose_and_a_product_that_sold_out_are_told_once_and_small_moves_are_not() {
    let stage = synced().await;
    assert!(
        alerts::list(&stage.shop, None, 10)
            .await
            .unwrap()
            .items
            .is_empty(),
        "the first sync is no news"
    );
    let truth = stage.control().truth();
    let mine: Vec<_> = truth
        .my_products()
        .into_iter()
        .filter(|product| product.on_sale)
        .collect();
    let sellable =
        |product: &&TruthProduct| product.variants.iter().any(|variant| variant.stock > 0);
    let (dearer, nearly, gone) = (&mine[0], &mine[1], &mine[2]);
    let sold_out = mine[3..].iter().find(|product| sellable(product)).unwrap();
    for variant in &dearer.variants {
        stage
            .control()
            .set_variant_price(&variant.vid, variant.price * Decimal::new(12, 1));
    }
    for variant in &nearly.variants {
        stage
            .control()
            .set_variant_price(&variant.vid, variant.price * Decimal::new(1_001, 3));
    }
    for variant in &sold_out.variants {
        stage.control().set_variant_stock(&variant.vid, 0);
    }
    stage.control().delist(&gone.pid);

    let mut events = stage.shop.events();
    stage.pass(HOUR * 48);
    stage.sync(Scope::MyProducts, true).await;
    let mut told = 0;
    while let Ok(event) = events.try_recv() {
        if let Event::Alerts { count, first } = event {
            assert!(!first.is_empty() && first.len() <= 3);
            told += count;
        }
    }
    let all = alerts::list(&stage.shop, None, 500).await.unwrap().items;
    assert_eq!(told, all.len() as u64, "what is told is what is kept");
    let of = |what: AlertKind, id: &str| {
        all.iter()
            .any(|alert| alert.what == what && alert.change.product_id == id)
    };
    assert!(of(AlertKind::PriceUp, &dearer.pid));
    assert!(!of(AlertKind::PriceUp, &nearly.pid), "a tenth of a percent");
    assert!(of(AlertKind::StockBelow, &sold_out.pid));
    assert!(of(AlertKind::Delisted, &gone.pid));

    stage.pass(HOUR * 48);
    stage.sync(Scope::MyProducts, true).await;
    let again = alerts::list(&stage.shop, None, 500).await.unwrap().items;
    assert_eq!(again.len(), all.len(), "nothing is told twice");
    assert!(again.iter().all(|alert| !alert.seen));
    let seen = alerts::mark_seen(&stage.shop, again[0].id).await.unwrap();
    assert_eq!(seen, all.len() as u64);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_about_one_product_speaks_of_no_other_and_a_removed_one_is_silent() {
    let stage = synced().await;
    for rule in alerts::rules(&stage.shop).await.unwrap() {
        alerts::remove_rule(&stage.shop, rule.id).await.unwrap();
    }
    let truth = stage.control().truth();
    let mine: Vec<_> = truth
        .my_products()
        .into_iter()
        .filter(|product| product.on_sale)
        .collect();
    let rule = NewAlertRule {
        what: AlertKind::PriceDown,
        threshold: Some(Decimal::TEN),
        supplier: Some(Supplier::Cj),
        product_id: Some(mine[0].pid.clone()),
    };
    let added = alerts::add_rule(&stage.shop, rule.clone()).await.unwrap();
    assert_eq!(added.product_id.as_deref(), Some(mine[0].pid.as_str()));
    for wrong in [
        NewAlertRule {
            threshold: None,
            ..rule.clone()
        },
        NewAlertRule {
            threshold: Some(Decimal::NEGATIVE_ONE),
            ..rule.clone()
        },
        NewAlertRule {
            what: AlertKind::Delisted,
            ..rule.clone()
        },
    ] {
        let refused = alerts::add_rule(&stage.shop, wrong).await.unwrap_err();
        assert_eq!(refused.code, Code::BadInput);
    }
    for product in &mine[..2] {
        for variant in &product.variants {
            let half = variant.price / Decimal::TWO;
            stage.control().set_variant_price(&variant.vid, half);
        }
        catalog::refresh(&stage.shop, Supplier::Cj, &product.pid)
            .await
            .unwrap();
    }
    let all = alerts::list(&stage.shop, None, 500).await.unwrap().items;
    assert!(!all.is_empty());
    assert!(
        all.iter()
            .all(|alert| alert.change.product_id == mine[0].pid)
    );
    let after_removal = all.len();
    alerts::remove_rule(&stage.shop, added.id).await.unwrap();
    for variant in &mine[0].variants {
        stage
            .control()
            .set_variant_price(&variant.vid, Decimal::ONE);
    }
    catalog::refresh(&stage.shop, Supplier::Cj, &mine[0].pid)
        .await
        .unwrap();
    let all = alerts::list(&stage.shop, None, 500).await.unwrap().items;
    assert_eq!(all.len(), after_removal);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalogue_nobody_looks_after_is_refreshed_each_day_and_after_a_sleep_only_once() {
    let stage = Stage::set().await;
    assert!(
        !schedule::turn(&stage.shop, true).await.unwrap(),
        "nothing is connected"
    );
    stage.connect_cj().await;
    assert!(
        !schedule::turn(&stage.shop, true).await.unwrap(),
        "nothing starts before the owner has synced once"
    );
    stage.sync(Scope::MyProducts, false).await;
    let first = newest(&stage).await;
    assert!(
        !schedule::turn(&stage.shop, false).await.unwrap(),
        "not due yet"
    );

    stage.pass(HOUR * 100);
    assert!(schedule::turn(&stage.shop, false).await.unwrap());
    let second = newest(&stage).await;
    assert!(second.run > first.run && second.state == RunState::Done);
    assert!(
        !schedule::turn(&stage.shop, false).await.unwrap(),
        "caught up, once"
    );

    let chosen = Schedule {
        every_hours: None,
        at_start: true,
        ..Schedule::default()
    };
    let state = schedule::choose(&stage.shop, chosen).await.unwrap();
    assert_eq!(state.next_at, None);
    stage.pass(HOUR * 100);
    assert!(
        !schedule::turn(&stage.shop, false).await.unwrap(),
        "only at the start"
    );
    assert!(schedule::turn(&stage.shop, true).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_line_does_not_end_the_schedule_and_is_not_asked_every_minute() {
    let stage = synced().await;
    stage.pass(HOUR * 25);
    stage
        .control()
        .push(FaultRule::always(Side::Cj, "", Fault::Status5xx(503)));
    assert!(schedule::turn(&stage.shop, false).await.unwrap());
    let broken = newest(&stage).await;
    assert_eq!(broken.state, RunState::Interrupted, "{:?}", broken.error);
    stage.control().clear_calls();
    assert!(!schedule::turn(&stage.shop, false).await.unwrap());
    assert!(
        stage.control().calls().is_empty(),
        "a quarter of an hour of peace"
    );

    stage.control().clear_faults();
    stage.pass(Duration::from_secs(16 * 60));
    assert!(schedule::turn(&stage.shop, false).await.unwrap());
    let mended = newest(&stage).await;
    assert_eq!((mended.run, mended.state), (broken.run, RunState::Done));
}
