//! AliExpress orders an owner names: taken from whatever was pasted, each with its own result, and followed until they are done.

use std::time::Duration;

use smartlinks_core::orders::{self, OrderListQuery};
use smartlinks_core::views::{OrderRow, OrderState, Supplier};
use smartlinks_core::{Code, Result};
use smartlinks_sandbox::{Fault, FaultRule, Supplier as Simulated};

use crate::stage::Stage;

const HOURS: Duration = Duration::from_secs(4 * 3_600);

async fn here(stage: &Stage) -> Vec<OrderRow> {
    let query = OrderListQuery {
        limit: Some(500),
        ..OrderListQuery::default()
    };
    orders::list(&stage.shop, query).await.unwrap().items
}

/// A CSV of an owner's: three orders of the supplier, one that nobody has, one that a spreadsheet spoilt.
fn csv(stage: &Stage) -> (String, Vec<String>) {
    let ids: Vec<String> = stage
        .control()
        .truth()
        .aliexpress_orders()
        .into_iter()
        .take(3)
        .map(|order| order.id)
        .collect();
    let rows = ids.iter().map(|id| format!("#1001;{id};12,40\n"));
    let rows: String = rows.collect();
    let text = format!("Shop;N° de commande;Total\n{rows};8100000000000001;3\n;8,19E+15;3\n");
    (text, ids)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_csv_of_orders_is_taken_in_and_each_says_what_became_of_it() -> Result<()> {
    let stage = Stage::set().await;
    let (text, ids) = csv(&stage);
    let items: Vec<String> = orders::recognise(&text)?
        .into_iter()
        .map(|order| order.order_id.unwrap_or(order.item))
        .collect();
    assert_eq!(items.len(), 5);
    let unconnected = orders::add(&stage.shop, None, &items).await;
    assert_eq!(unconnected.unwrap_err().code, Code::NotConnected);
    stage.authorize().await;
    let results = orders::add(&stage.shop, None, &items).await?;
    let codes: Vec<_> = results
        .iter()
        .map(|result| result.error.as_ref().map(|error| error.code))
        .collect();
    let expected = [None, None, None, Some(Code::NotFound), Some(Code::BadInput)];
    assert_eq!(codes, expected);
    let mut kept: Vec<_> = here(&stage)
        .await
        .into_iter()
        .map(|row| row.order_id)
        .collect();
    let mut named = ids;
    kept.sort();
    named.sort();
    assert_eq!(kept, named);
    assert_eq!(
        stage.control().calls_to("order.get"),
        4,
        "what is no number is not asked for"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ban_in_the_middle_keeps_what_came_and_asks_for_nothing_more() -> Result<()> {
    let stage = Stage::set().await;
    stage.authorize().await;
    let (_, ids) = csv(&stage);
    stage.control().push(FaultRule {
        skip: 1,
        ..FaultRule::once(Simulated::AliExpress, "order.get", Fault::PointsRefusal)
    });
    let results = orders::add(&stage.shop, None, &ids).await?;
    assert!(results[0].order.is_some());
    for result in &results[1..] {
        let error = result.error.as_ref().unwrap();
        assert_eq!(error.code, Code::RateLimited);
        assert!(error.retry_at.is_some(), "with the time");
    }
    assert_eq!(stage.control().calls_to("order.get"), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_followed_with_their_parcels_until_they_are_done() -> Result<()> {
    let stage = Stage::set().await;
    stage.authorize().await;
    let truth = stage.control().truth().aliexpress_orders();
    let of = |state: &str| {
        truth
            .iter()
            .find(|order| order.state == state)
            .unwrap()
            .id
            .clone()
    };
    let (waiting, sent) = (of("WAIT_SELLER_SEND_GOODS"), of("WAIT_BUYER_ACCEPT_GOODS"));
    let added = orders::add(&stage.shop, None, &[waiting.clone(), sent.clone()]).await?;
    assert!(added.iter().all(|result| result.order.is_some()));
    assert_eq!(orders::follow_due(&stage.shop).await?, 0, "just seen");

    stage.pass(HOURS);
    assert_eq!(orders::follow_due(&stage.shop).await?, 2);
    assert_eq!(
        stage.control().calls_to("tracking.get"),
        1,
        "only what is on its way has a parcel"
    );
    let parcel = |detail: &smartlinks_core::views::OrderDetail| {
        detail
            .timeline
            .iter()
            .filter(|event| event.what == "tracking")
            .count()
    };
    let shown = orders::show(&stage.shop, Some(Supplier::Aliexpress), &sent).await?;
    assert!(parcel(&shown) >= 2, "{:?}", shown.timeline);

    stage
        .control()
        .set_order_state(&waiting, "WAIT_BUYER_ACCEPT_GOODS");
    stage.control().set_order_state(&sent, "FINISH");
    stage.pass(HOURS);
    assert_eq!(orders::follow_due(&stage.shop).await?, 2);
    let shown = orders::show(&stage.shop, Some(Supplier::Aliexpress), &sent).await?;
    assert_eq!(shown.order.state, OrderState::Delivered);
    assert!(parcel(&shown) >= 2, "what the parcel told is not forgotten");

    stage.pass(HOURS);
    assert_eq!(
        orders::follow_due(&stage.shop).await?,
        1,
        "a delivered order is done"
    );
    stage.control().set_order_state(&waiting, "IN_CANCEL");
    stage.pass(HOURS);
    orders::follow_due(&stage.shop).await?;
    stage.pass(HOURS);
    assert_eq!(
        orders::follow_due(&stage.shop).await?,
        0,
        "and a cancelled one, too"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_order_that_is_gone_does_not_keep_the_others_from_being_refreshed() -> Result<()> {
    let stage = Stage::set().await;
    stage.authorize().await;
    let truth = stage.control().truth().aliexpress_orders();
    let open = truth
        .iter()
        .filter(|order| order.state == "WAIT_SELLER_SEND_GOODS");
    let ids: Vec<String> = open.take(2).map(|order| order.id.clone()).collect();
    orders::add(&stage.shop, None, &ids).await?;
    stage.control().push(FaultRule::once(
        Simulated::AliExpress,
        "order.get",
        Fault::Refuse {
            code: "15".into(),
            sub_code: Some("isv.insufficient-permission".into()),
            message: String::new(),
        },
    ));
    assert_eq!(orders::refresh(&stage.shop).await?, ids.len() as u64 - 1);
    Ok(())
}
