//! Calling AliExpress for imported products: one a second, bans honoured by everybody, freight quoted.

use std::time::Duration;

use smartlinks_core::vault::SessionVault;
use smartlinks_core::views::{Event, RunState, Scope, Supplier};
use smartlinks_core::{Code, accounts, catalog, freight};
use smartlinks_sandbox::{Fault, FaultRule, Options, Supplier as Simulated};

use crate::stage::{Stage, quick};

#[tokio::test(flavor = "multi_thread")]
async fn imported_products_are_refreshed_one_a_second_and_a_short_ban_is_waited_out() {
    let stage = Stage::set().await;
    import(&stage, 4).await;
    stage.control().clear_calls();
    stage.control().push(FaultRule {
        skip: 2,
        ..FaultRule::once(
            Simulated::AliExpress,
            "product.get",
            Fault::RateRefusal { http_429: false },
        )
    });
    let mut events = stage.shop.events();
    let receipt = stage.sync(Scope::Imported, false).await;
    assert_eq!(receipt.state, RunState::Done, "{:?}", receipt.error);
    let calls = stage.control().calls();
    assert_eq!(
        receipt.calls,
        calls.len() as u64,
        "the receipt tells every call"
    );
    assert_eq!(calls.len(), 5, "four products, one of them asked for twice");
    for (index, pair) in calls.windows(2).enumerate() {
        let apart = pair[1].at.duration_since(pair[0].at).as_millis();
        // The gateway's ban lasts two seconds.
        let least = if index == 2 { 1_950 } else { 950 };
        assert!(
            apart >= least,
            "{apart} ms between call {index} and the next"
        );
    }
    let mut shown = false;
    while let Ok(event) = events.try_recv() {
        shown |= matches!(
            event,
            Event::Waiting {
                supplier: Supplier::Aliexpress,
                ..
            }
        );
    }
    assert!(shown, "the owner sees why nothing moves");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ban_of_hours_pauses_with_its_time_and_nothing_else_calls_into_it() {
    let mut stage = Stage::set().await;
    let products = import(&stage, 3).await;
    stage.control().push(FaultRule {
        skip: 1,
        ..FaultRule::once(Simulated::AliExpress, "product.get", Fault::PointsRefusal)
    });
    let receipt = stage.sync(Scope::Imported, false).await;
    assert_eq!(receipt.state, RunState::Paused, "{:?}", receipt.error);
    let wait = receipt
        .continues_at
        .unwrap()
        .duration_since(stage.shop.now());
    assert!((14_100..=14_229).contains(&wait.as_secs()), "{wait:?}");
    // Neither another command nor another start of the program makes the ban longer.
    stage.restart().await;
    let before = stage.control().calls_to("product.get");
    let refused = catalog::refresh(&stage.shop, Supplier::Aliexpress, &products[0]).await;
    let error = refused.unwrap_err();
    assert_eq!(error.code, Code::RateLimited);
    let close = error
        .retry_at
        .unwrap()
        .duration_since(receipt.continues_at.unwrap());
    assert!(close.as_secs().abs() <= 1, "the same time is told");
    assert_eq!(stage.control().calls_to("product.get"), before);
    accounts::test_aliexpress(&stage.shop, None).await.unwrap();
    stage.pass(Duration::from_secs(14_300));
    catalog::refresh(&stage.shop, Supplier::Aliexpress, &products[0])
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn freight_is_quoted_cheapest_first_by_both_suppliers() {
    let stage = Stage::with(
        Options {
            my_products: 6,
            ..quick()
        },
        SessionVault::as_keychain(),
    )
    .await;
    let products = import(&stage, 6).await;
    let ask = |id: &str, to: &str| freight::Ask {
        product_id: id.to_owned(),
        ship_to: Some(to.to_owned()),
        ..freight::Ask::default()
    };
    let mut free = 0;
    for id in &products {
        let quotes = freight::quotes(&stage.shop, ask(id, "US"))
            .await
            .unwrap()
            .quotes;
        assert_eq!(quotes.len(), 2, "{id}");
        assert!(quotes[0].price.unwrap() <= quotes[1].price.unwrap());
        assert!(
            quotes
                .iter()
                .all(|quote| quote.tracked == Some(true) && quote.days_max.is_some())
        );
        free += usize::from(quotes[0].price.unwrap().is_zero());
    }
    assert!(free > 0, "what is free is told as zero");
    let unknown = freight::quotes(
        &stage.shop,
        freight::Ask {
            variant: Some("no-such-variant".into()),
            ..ask(&products[0], "FR")
        },
    );
    assert_eq!(unknown.await.unwrap_err().code, Code::NotFound);
    let nowhere = freight::quotes(&stage.shop, ask(&products[0], "Francia")).await;
    assert_eq!(nowhere.unwrap_err().code, Code::BadInput);

    stage.connect_cj().await;
    stage.sync(Scope::MyProducts, true).await;
    let mine = stage.products().await.into_iter();
    let mut quoted = 0;
    for product in
        mine.filter(|product| product.supplier == Supplier::Cj && product.stock > Some(0))
    {
        let quotes = freight::quotes(&stage.shop, ask(&product.product_id, "FR"))
            .await
            .unwrap();
        let prices: Vec<_> = quotes
            .quotes
            .iter()
            .filter_map(|quote| quote.price)
            .collect();
        assert!(prices.is_sorted() && !prices.is_empty(), "{prices:?}");
        assert!(
            prices.iter().all(|price| !price.is_zero()),
            "nothing at CJ is sent for free"
        );
        // Where CJ has no price it shows zero; that is no quote.
        let none = freight::quotes(&stage.shop, ask(&product.product_id, "ZA"))
            .await
            .unwrap();
        assert!(none.quotes.is_empty());
        quoted += 1;
    }
    assert!(quoted > 0);
}

/// Connects and imports so many products that are on sale and go to the United States.
async fn import(stage: &Stage, count: usize) -> Vec<String> {
    stage.authorize().await;
    let wanted = catalog::Wanted::of(&stage.shop).await.unwrap();
    let truth = stage.control().truth();
    let mut kept = Vec::new();
    for product in truth.aliexpress().filter(|product| product.on_sale) {
        let items = [product.pid.clone()];
        let came = catalog::import(&stage.shop, &items, &wanted).await.unwrap();
        if came[0].product.is_some() {
            kept.push(product.pid);
        }
        if kept.len() == count {
            break;
        }
    }
    // The pace of importing shall not be measured with what comes next.
    stage.pass(Duration::from_secs(10));
    kept
}
