//! Orders: those here, asking the suppliers for news, and where the parcels are.

use smartlinks_core::orders::{self, OrderListQuery};
use smartlinks_core::views::{
    NamedOrder, OrderAdded, OrderDetail, OrderEvent, OrderRow, Page, Supplier,
};
use tauri::State;

use crate::ipc_error::Answer;
use crate::state::AppState;

/// One page of the orders here.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn orders_page(
    state: State<'_, AppState>,
    query: OrderListQuery,
) -> Answer<Page<OrderRow>> {
    state
        .ask(|shop| async move { orders::list(&shop, query).await })
        .await
}

/// Asks both suppliers for news; returns how many orders were seen.
///
/// # Errors
/// `NotConnected`, or what the suppliers answered.
#[tauri::command]
pub async fn orders_refresh(state: State<'_, AppState>) -> Answer<u64> {
    state
        .ask(|shop| async move { orders::refresh(&shop).await })
        .await
}

/// The order numbers in a pasted text or CSV; nothing is asked.
///
/// # Errors
/// `BadInput` for a text too large to be a list of orders.
#[tauri::command]
pub async fn orders_recognise(state: State<'_, AppState>, text: String) -> Answer<Vec<NamedOrder>> {
    orders::recognise(&text).map_err(|error| state.explain(&error))
}

/// Takes AliExpress orders by number, each with its own result.
///
/// # Errors
/// `NotConnected` and what else would stop every one; what is wrong with one order is in its result.
#[tauri::command]
pub async fn orders_add(
    state: State<'_, AppState>,
    items: Vec<String>,
    account: Option<String>,
) -> Answer<Vec<OrderAdded>> {
    state
        .ask(|shop| async move { orders::add(&shop, account.as_deref(), &items).await })
        .await
}

/// One order, opened; one that is not here is asked for.
///
/// # Errors
/// `NotFound`, or what the supplier answered.
#[tauri::command]
pub async fn order_show(
    state: State<'_, AppState>,
    supplier: Supplier,
    order_id: String,
) -> Answer<OrderDetail> {
    state
        .ask(|shop| async move { orders::show(&shop, Some(supplier), &order_id).await })
        .await
}

/// Where the parcels of an order are.
///
/// # Errors
/// `NotFound`, or what the supplier answered.
#[tauri::command]
pub async fn order_track(
    state: State<'_, AppState>,
    supplier: Supplier,
    order_id: String,
) -> Answer<Vec<OrderEvent>> {
    state
        .ask(|shop| async move { orders::track(&shop, Some(supplier), &order_id).await })
        .await
}
