//! An owner with two AliExpress shops: each account consents, imports, names orders and is refreshed by itself, and what is not
//! named goes to the first.

use secrecy::SecretString;
use smartlinks_core::accounts::{self, Which};
use smartlinks_core::authorization::begin_for;
use smartlinks_core::catalog::{self, Wanted};
use smartlinks_core::orders::{self, OrderListQuery};
use smartlinks_core::sync::{self, Wish};
use smartlinks_core::views::{AccountState, RunState, Scope, Supplier};
use smartlinks_core::{Code, schedule};
use smartlinks_sandbox::{APP_KEY, APP_SECRET, visitor};

use crate::stage::{LISTEN, Stage, free_port};

/// A second shop beside the first, through the same app; returns both accounts.
async fn two(stage: &Stage) -> (String, String) {
    stage.authorize().await;
    let first = accounts::aliexpress_app(&stage.shop)
        .await
        .unwrap()
        .unwrap();
    let callback = format!("http://127.0.0.1:{}/aliexpress/callback", free_port().await);
    let mut begun = Vec::new();
    for secret in [None, Some(SecretString::from(APP_SECRET))] {
        // An owner who stops here and starts again does not get a third one.
        let app = accounts::configure_aliexpress_which(
            &stage.shop,
            Which::Another,
            APP_KEY,
            secret,
            &callback,
        );
        begun.push(app.await.unwrap());
    }
    assert_eq!(begun[0].account, begun[1].account);
    let second = begun[0].account.clone();
    assert_ne!(second, first.account);
    let again = accounts::aliexpress_app(&stage.shop)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(again, first, "the first keeps its own callback");

    let began = begin_for(&stage.shop, Some(&second), LISTEN).await.unwrap();
    assert_eq!(began.attempt.account, second);
    visitor::approve(&began.attempt.authorize_url)
        .await
        .unwrap();
    let status = began.connected(&stage.shop).await.unwrap();
    assert_eq!(
        (status.account.as_str(), status.state),
        (second.as_str(), AccountState::Connected)
    );
    (first.account, second)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_shop_is_connected_beside_the_first_and_let_go_without_it() {
    let stage = Stage::set().await;
    let (first, second) = two(&stage).await;
    let states = async || {
        let status = accounts::status(&stage.shop).await.unwrap();
        let states = status
            .accounts
            .into_iter()
            .map(|one| (one.account, one.state));
        states.collect::<Vec<_>>()
    };
    assert_eq!(
        states().await,
        [
            (first.clone(), AccountState::Connected),
            (second.clone(), AccountState::Connected)
        ]
    );
    accounts::disconnect(&stage.shop, Supplier::Aliexpress, Some(&second))
        .await
        .unwrap();
    assert_eq!(
        states().await,
        [
            (first, AccountState::Connected),
            (second, AccountState::NotConnected)
        ]
    );
    let stranger = begin_for(&stage.shop, Some("ae-0"), LISTEN).await;
    assert_eq!(stranger.unwrap_err().code, Code::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn products_and_orders_belong_to_the_shop_that_brought_them_and_are_refreshed_for_it() {
    let stage = Stage::set().await;
    let (first, second) = two(&stage).await;
    let truth = stage.control().truth();
    let on_sale: Vec<String> = truth
        .aliexpress()
        .filter(|product| product.on_sale)
        .map(|product| product.pid)
        .take(2)
        .collect();
    let usual = Wanted::of(&stage.shop).await.unwrap();
    let of_second = Wanted {
        account: Some(second.clone()),
        ..usual.clone()
    };
    catalog::import(&stage.shop, &on_sale[..1], &usual)
        .await
        .unwrap();
    catalog::import(&stage.shop, &on_sale[1..], &of_second)
        .await
        .unwrap();
    let mut owners: Vec<_> = stage
        .products()
        .await
        .into_iter()
        .map(|row| (row.product_id, row.account))
        .collect();
    owners.sort_by_key(|(id, _)| on_sale.iter().position(|known| known == id));
    assert_eq!(
        owners,
        [
            (on_sale[0].clone(), first.clone()),
            (on_sale[1].clone(), second.clone())
        ]
    );

    let wish = Wish {
        account: Some(second.clone()),
        ..Wish::new(Scope::Imported, true)
    };
    assert_eq!(sync::plan_wish(&stage.shop, &wish).await.unwrap().calls, 1);
    let receipt = stage.wish(wish).await;
    assert_eq!(
        (receipt.account.as_str(), receipt.state, receipt.rows),
        (second.as_str(), RunState::Done, 1)
    );

    let numbers: Vec<String> = truth
        .aliexpress_orders()
        .into_iter()
        .take(2)
        .map(|order| order.id)
        .collect();
    orders::add(&stage.shop, None, &numbers[..1]).await.unwrap();
    orders::add(&stage.shop, Some(&second), &numbers[1..])
        .await
        .unwrap();
    let mut owners: Vec<_> = Vec::new();
    for number in &numbers {
        let order = orders::show(&stage.shop, Some(Supplier::Aliexpress), number).await;
        owners.push(order.unwrap().order.account);
    }
    assert_eq!(owners, [first.clone(), second.clone()]);
    let seen = orders::refresh(&stage.shop).await.unwrap();
    let open = orders::list(&stage.shop, OrderListQuery::default())
        .await
        .unwrap();
    assert!(
        seen <= open.items.len() as u64,
        "each account asks for its own"
    );

    // What was synced once for an account goes on by itself for it, and for no other.
    stage.control().clear_calls();
    schedule::sync_now(&stage.shop).await.unwrap();
    let asked = stage.control().calls_to("aliexpress.ds.product.get");
    assert_eq!(
        asked, 1,
        "the first shop's product was never refreshed by its owner"
    );
}
