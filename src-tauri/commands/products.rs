//! Products: the catalogue here, syncing it, and finding new ones at AliExpress.

use smartlinks_core::catalog::{self, Wanted};
use smartlinks_core::freight::{self, Ask};
use smartlinks_core::sync::{self, Patience, Wish};
use smartlinks_core::views::{
    Category, Count, FreightQuotes, ImportResult, Page, Places, ProductDetail, ProductQuery,
    ProductRow, Supplier, SupplierHit, SyncFailure, SyncPlan, SyncReceipt,
};
use tauri::State;

use crate::ipc_error::Answer;
use crate::state::AppState;

/// One page of the catalogue.
///
/// # Errors
/// `BadInput` for a foreign `after`; those of the database.
#[tauri::command]
pub async fn products_page(
    state: State<'_, AppState>,
    query: ProductQuery,
) -> Answer<Page<ProductRow>> {
    state
        .ask(|shop| async move { catalog::list(&shop, query).await })
        .await
}

/// How many products a query finds.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn products_count(state: State<'_, AppState>, query: ProductQuery) -> Answer<Count> {
    state
        .ask(|shop| async move { catalog::count(&shop, query).await })
        .await
}

/// A query put in order, with its first rows.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn products_places(state: State<'_, AppState>, query: ProductQuery) -> Answer<Places> {
    state
        .ask(|shop| async move { catalog::places(&shop, query).await })
        .await
}

/// Rows of such an order by position.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn products_at(
    state: State<'_, AppState>,
    query: ProductQuery,
    stamp: u64,
    from: u64,
    limit: u32,
) -> Answer<Vec<ProductRow>> {
    state
        .ask(|shop| async move { catalog::at(&shop, query, stamp, from, limit).await })
        .await
}

/// One product, opened.
///
/// # Errors
/// `NotFound`; those of the database.
#[tauri::command]
pub async fn product_show(
    state: State<'_, AppState>,
    supplier: Supplier,
    product_id: String,
) -> Answer<ProductDetail> {
    state
        .ask(|shop| async move { catalog::show(&shop, Some(supplier), &product_id).await })
        .await
}

/// One product, asked for at its supplier again.
///
/// # Errors
/// `NotFound`, or what the supplier answered.
#[tauri::command]
pub async fn product_refresh(
    state: State<'_, AppState>,
    supplier: Supplier,
    product_id: String,
) -> Answer<ProductDetail> {
    state
        .ask(|shop| async move { catalog::refresh(&shop, supplier, &product_id).await })
        .await
}

/// CJ's categories.
///
/// # Errors
/// `NotConnected`, or what CJ answered.
#[tauri::command]
pub async fn categories(state: State<'_, AppState>) -> Answer<Vec<Category>> {
    state
        .ask(|shop| async move { catalog::categories(&shop).await })
        .await
}

/// What a sync would cost.
///
/// # Errors
/// `BadInput` for a scope that is none; `NotConnected`.
#[tauri::command]
pub async fn sync_plan(
    state: State<'_, AppState>,
    scope: String,
    details: bool,
    older_than_h: Option<u32>,
    account: Option<String>,
) -> Answer<SyncPlan> {
    state
        .ask(|shop| async move {
            let wish = Wish {
                account,
                older_than_h,
                ..Wish::new(scope.parse()?, details)
            };
            sync::plan_wish(&shop, &wish).await
        })
        .await
}

/// Starts a sync and returns at once; it waits for points and bans by itself as long as the window is open.
///
/// # Errors
/// `BadInput` for a scope that is none; `NotConnected`.
#[tauri::command]
pub async fn sync_start(
    state: State<'_, AppState>,
    scope: String,
    details: bool,
    older_than_h: Option<u32>,
    account: Option<String>,
) -> Answer<SyncReceipt> {
    state
        .ask(|shop| async move {
            let wish = Wish {
                account,
                older_than_h,
                ..Wish::new(scope.parse()?, details)
            };
            sync::begin_wish(&shop, wish, Patience::Stay).await
        })
        .await
}

/// Stops whatever runs; what came stays.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn sync_stop(state: State<'_, AppState>) -> Answer<()> {
    state
        .ask(|shop| async move { sync::stop(&shop).await })
        .await
}

/// Goes on with the newest unfinished run, if there is one.
///
/// # Errors
/// `NotConnected`; those of the database.
#[tauri::command]
pub async fn sync_resume(state: State<'_, AppState>) -> Answer<Option<SyncReceipt>> {
    state
        .ask(|shop| async move { sync::resume(&shop, Patience::Stay).await })
        .await
}

/// The run that is at work or can be resumed, if any.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn sync_current(state: State<'_, AppState>) -> Answer<Option<SyncReceipt>> {
    state
        .ask(|shop| async move { sync::current(&shop).await })
        .await
}

/// The products that failed in a run, and why.
///
/// # Errors
/// Those of the database.
#[tauri::command]
pub async fn sync_failures(state: State<'_, AppState>, run: i64) -> Answer<Vec<SyncFailure>> {
    state
        .ask(|shop| async move { sync::failures(&shop, run).await })
        .await
}

/// Asks again for products that failed in a run: the given ones, or all that are left when none is given.
///
/// # Errors
/// `NotFound` when nothing is left to try again, `BadInput` for a product that did not fail in it.
#[tauri::command]
pub async fn sync_retry(
    state: State<'_, AppState>,
    run: i64,
    products: Vec<String>,
) -> Answer<SyncReceipt> {
    state
        .ask(|shop| async move { sync::retry(&shop, run, &products, Patience::Stay).await })
        .await
}

/// Searches at AliExpress; nothing is kept.
///
/// # Errors
/// `BadInput`, `NotConnected`, or what AliExpress answered.
#[tauri::command]
pub async fn aliexpress_search(
    state: State<'_, AppState>,
    words: String,
    ship_to: String,
    page: u32,
    account: Option<String>,
) -> Answer<Vec<SupplierHit>> {
    state
        .ask(|shop| async move {
            let settings = Wanted::of(&shop).await?;
            let wanted = Wanted {
                account,
                ..settings.with(Some(&ship_to), None)?
            };
            catalog::search_aliexpress(&shop, &words, &wanted, page).await
        })
        .await
}

/// What it costs to send a product somewhere, cheapest first; an absent country is the settings'.
///
/// # Errors
/// `NotFound` for what is not in the catalogue, `BadInput`, `NotConnected`, or what the supplier answered.
#[tauri::command]
pub async fn freight_quotes(
    state: State<'_, AppState>,
    supplier: Supplier,
    product_id: String,
    variant: Option<String>,
    ship_to: Option<String>,
    quantity: Option<u32>,
) -> Answer<FreightQuotes> {
    let ask = Ask {
        supplier: Some(supplier),
        product_id,
        variant,
        ship_to,
        quantity,
    };
    state
        .ask(|shop| async move { freight::quotes(&shop, ask).await })
        .await
}

/// Takes AliExpress products into the catalogue, each with its own result.
///
/// # Errors
/// `NotConnected`; what is wrong with one item is in its result.
#[tauri::command]
pub async fn products_import(
    state: State<'_, AppState>,
    items: Vec<String>,
    ship_to: Option<String>,
    account: Option<String>,
) -> Answer<Vec<ImportResult>> {
    state
        .ask(|shop| async move {
            let settings = Wanted::of(&shop).await?;
            let wanted = Wanted {
                account,
                ..settings.with(ship_to.as_deref(), None)?
            };
            catalog::import(&shop, &items, &wanted).await
        })
        .await
}
