//! The desktop host of the core: the Tauri builder, its plugins, and the commands of the one window.
//!
//! Thin on purpose. Rules and use cases are in `core`, which cannot see Tauri; what is here turns commands into calls, events
//! into messages to the window, and the surroundings (folders, keychain, browser, links of the system) into arguments.

pub mod bindings;
pub mod commands;
mod deep_link;
mod downloads;
mod events;
pub mod ipc_error;
mod journal;
mod links;
mod measured;
mod notices;
pub mod painting;
pub mod practice;
pub mod preferences;
pub mod products_view;
pub mod sign_in;
pub mod start;
pub mod state;
mod tray;

use std::path::PathBuf;

use tauri::plugin::{self, TauriPlugin};
use tauri::{AppHandle, Builder, Manager as _, Runtime, WindowEvent, async_runtime};
use tokio::sync::oneshot;

pub use events::CHANNEL;
pub use state::{AppState, Start};

use commands::{
    authentication, export, orders, overview, products, searches, settings, shop, watching,
};
use state::Opened;

/// The label of the one window, as in `tauri.conf.json` and in the capability.
const WINDOW: &str = "main";

/// The plugins that tie the application to the desktop around it. A test on the mock runtime goes without.
///
/// Order matters: a second start has to be noticed before anything else of it happens. `log_folder` is for an owner who
/// moved the data elsewhere.
pub fn on_the_desktop<R: Runtime>(builder: Builder<R>, log_folder: Option<PathBuf>) -> Builder<R> {
    let journal = journal::Folder(log_folder.clone());
    let builder = builder.plugin(tauri_plugin_single_instance::init(
        |app, arguments, _folder| {
            deep_link::take_from_second_start(app, &arguments);
            come_forward(app);
        },
    ));
    // On macOS the bundle registers our links, and all the plugin would do there is to tell every page of them.
    #[cfg(not(target_os = "macos"))]
    let builder = builder.plugin(tauri_plugin_deep_link::init());
    builder
        .plugin(
            tauri_plugin_opener::Builder::new()
                .open_js_links_on_click(false)
                .build(),
        )
        .plugin(tauri_plugin_shell::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_filter(sign_in::keeps_its_place)
                .build(),
        )
        .plugin(journal::plugin(log_folder))
        .plugin(calls_of_the_system(journal))
}

/// Our own last plugin: takes links and clicks on notifications once everything above is ready. An owner (or a test) who moved
/// the data elsewhere runs beside an installed SmartLinks and must not take its links over; practice has no real redirects to
/// catch.
fn calls_of_the_system<R: Runtime>(journal: journal::Folder) -> TauriPlugin<R> {
    let calls = plugin::Builder::new("smartlinks-calls").setup(move |app, _| {
        let moved = journal.0.is_some();
        app.manage(journal);
        deep_link::take_first(app);
        notices::lead_on(app);
        if !moved && !app.state::<AppState>().start().practice {
            async_runtime::spawn(deep_link::register(app.clone()));
        }
        Ok(())
    });
    #[cfg(target_os = "macos")]
    let calls = calls.on_event(|app, event| {
        if let tauri::RunEvent::Opened { urls } = event {
            // No second start of the program brings the link here, which would raise the window.
            come_forward(app);
            deep_link::take(app, urls);
        }
    });
    calls.build()
}

/// The application on any runtime: state, preferences, commands, events.
pub fn app<R: Runtime>(builder: Builder<R>, start: Start) -> Builder<R> {
    let builder = match &start.bench {
        Some(play) => builder.plugin(measured::plugin(play)),
        None => builder,
    };
    let (state, opened) = AppState::new(start);
    builder
        .manage(state)
        .manage(export::Exports::default())
        .manage(shop::PublishStop::default())
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(shop_and_events(opened))
        .on_window_event(|window, event| {
            if window.label() != WINDOW {
                return;
            }
            match event {
                WindowEvent::CloseRequested { api, .. } => tray::hide_instead(window, api),
                WindowEvent::Destroyed => sign_in::close_all(window.app_handle()),
                _ => {}
            }
        })
        .invoke_handler(tauri::generate_handler![
            overview::status,
            overview::recent_changes,
            overview::sync_receipts,
            overview::overview_charts,
            authentication::cj_recognise,
            authentication::cj_connect,
            authentication::cj_test,
            authentication::aliexpress_test,
            authentication::refresh_account,
            authentication::rename_account,
            authentication::disconnect,
            authentication::aliexpress_app,
            authentication::aliexpress_configure,
            authentication::aliexpress_suggested_callback,
            authentication::aliexpress_begin,
            authentication::aliexpress_pending,
            authentication::aliexpress_sign_in,
            authentication::authorization_told,
            authentication::aliexpress_finish,
            authentication::aliexpress_cancel,
            authentication::aliexpress_bridge,
            authentication::save_bridge_page,
            authentication::practice_credentials,
            products::products_page,
            products::products_count,
            products::products_places,
            products::products_at,
            products::product_show,
            products::product_refresh,
            products::categories,
            products::sync_plan,
            products::sync_start,
            products::sync_stop,
            products::sync_resume,
            products::sync_current,
            products::sync_failures,
            products::sync_retry,
            searches::saved_searches,
            searches::saved_search_keep,
            searches::saved_search_remove,
            products::aliexpress_search,
            products::products_import,
            products::freight_quotes,
            export::export_preview,
            export::export_start,
            export::export_stop,
            export::export_reveal,
            export::price_rules,
            export::set_price_rules,
            export::price_preview,
            orders::orders_page,
            orders::orders_refresh,
            orders::orders_recognise,
            orders::orders_add,
            orders::order_show,
            orders::order_track,
            watching::alerts,
            watching::alerts_seen,
            watching::alert_rules,
            watching::alert_rule_add,
            watching::alert_rule_remove,
            watching::schedule,
            watching::set_schedule,
            shop::shop_targets,
            shop::postgres_connect,
            shop::postgres_forget,
            shop::postgres_publish,
            shop::postgres_publish_stop,
            shop::supabase_connect,
            shop::supabase_forget,
            shop::supabase_secrets,
            shop::supabase_send,
            shop::supabase_deploy,
            shop::supabase_invoke,
            settings::preferences,
            settings::set_preferences,
            settings::about,
            settings::open_data_folder,
            settings::diagnostics,
            settings::open_link,
            settings::bench_line,
            settings::start_practice,
            settings::leave_practice,
        ])
}

/// Opens the shop behind the window, and begins what happens by itself: renewing tokens, telling the window.
///
/// A plugin, because its set-up comes before the first page asks anything, and on the mock runtime too.
fn shop_and_events<R: Runtime>(opened: oneshot::Receiver<Opened>) -> TauriPlugin<R> {
    plugin::Builder::new("smartlinks")
        .setup(move |app, _| {
            let app = app.clone();
            if let Err(error) = preferences::recall(&app) {
                tracing::warn!(code = ?error.code, "the preferences could not be read");
            }
            async_runtime::spawn(async move {
                if let Err(error) = tray::fit(&app, preferences::keeps_running(&app)).await {
                    tracing::warn!(code = ?error.code, "no icon beside the clock: closing the window ends the program");
                }
                if let Err(error) = app.state::<AppState>().shop().await {
                    // Told to the owner by whatever the window asks; opening is tried again then.
                    tracing::error!(code = ?error.code, "the shop could not be opened");
                }
                let Ok(opened) = opened.await else { return };
                async_runtime::spawn(smartlinks_core::keep_fresh(opened.0.clone()));
                async_runtime::spawn(smartlinks_core::schedule::keep(opened.0.clone()));
                async_runtime::spawn(smartlinks_core::orders::follow(opened.0.clone()));
                events::forward(app, opened).await;
            });
            Ok(())
        })
        .on_webview_ready(|webview| {
            if webview.label() == WINDOW {
                preferences::enlarge(&webview);
            }
        })
        .build()
}

/// Brings the window in front of the others.
fn come_forward<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(WINDOW) else {
        return;
    };
    // Each may be refused by the desktop, which then asks for attention in its own way.
    let _ = window.unminimize();
    let _ = window.show();
    let _ = window.set_focus();
}
