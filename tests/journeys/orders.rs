//! Orders of both suppliers in one list.

use smartlinks_core::orders::{self, OrderListQuery};
use smartlinks_core::views::{OrderState, Supplier};
use smartlinks_core::{Code, Result};

use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn every_order_is_here_in_every_state_and_a_parcel_can_be_followed() -> Result<()> {
    let stage = Stage::set().await;
    assert_eq!(
        orders::refresh(&stage.shop).await.unwrap_err().code,
        Code::NotConnected
    );
    stage.connect_cj().await;
    orders::refresh(&stage.shop).await?;
    let all = orders::list(
        &stage.shop,
        OrderListQuery {
            limit: Some(500),
            ..OrderListQuery::default()
        },
    )
    .await?
    .items;
    let truth = stage.control().truth();
    let expected: Vec<_> = truth.orders_of(0).into_iter().collect();
    assert_eq!(all.len(), expected.len());
    for order in &expected {
        let row = all.iter().find(|row| row.order_id == order.id).unwrap();
        assert_eq!(
            row.shop_order_number.as_deref(),
            Some(order.number.as_str())
        );
        assert_eq!(row.raw_state, order.state);
        assert_eq!(row.total, Some(order.total));
    }
    let shipped = all
        .iter()
        .find(|row| row.state == OrderState::Shipped)
        .unwrap();
    let events = orders::track(&stage.shop, None, &shipped.order_id).await?;
    assert!(
        events
            .iter()
            .any(|event| event.what == "tracking" && event.tracking_number.is_some()),
        "{events:?}"
    );
    let shown = orders::show(
        &stage.shop,
        Some(Supplier::Cj),
        shipped.shop_order_number.as_deref().unwrap(),
    )
    .await?;
    assert_eq!(
        shown.order.order_id, shipped.order_id,
        "the shop's own number finds it, too"
    );
    assert!(!shown.lines.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_aliexpress_order_named_by_its_number_is_fetched_and_kept() -> Result<()> {
    let stage = Stage::set().await;
    stage.authorize().await;
    let order = stage
        .control()
        .truth()
        .aliexpress_orders()
        .into_iter()
        .next()
        .unwrap();
    let shown = orders::show(&stage.shop, Some(Supplier::Aliexpress), &order.id).await?;
    assert_eq!(shown.order.order_id, order.id);
    assert_eq!(
        orders::list(&stage.shop, OrderListQuery::default())
            .await?
            .items
            .len(),
        1
    );
    let missing = orders::show(&stage.shop, Some(Supplier::Aliexpress), "8100000000000001").await;
    assert_eq!(missing.unwrap_err().code, Code::NotFound);
    orders::track(&stage.shop, Some(Supplier::Aliexpress), &order.id).await?;
    Ok(())
}
