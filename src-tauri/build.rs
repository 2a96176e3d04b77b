//! Tells Tauri what the window may ask for: a permission per application command, granted in `capabilities/main.json`.
//!
//! A command that is not listed here is refused by the webview's bridge even when the handler knows it. The handler
//! list in `lib.rs` and the capability must name the same commands; `tests/rules.rs` says when they do not.

/// Every command of the window, by tab.
const COMMANDS: &[&str] = &[
    // overview
    "status",
    "recent_changes",
    "sync_receipts",
    "overview_charts",
    // authentication
    "cj_recognise",
    "cj_connect",
    "cj_test",
    "aliexpress_test",
    "refresh_account",
    "rename_account",
    "disconnect",
    "aliexpress_app",
    "aliexpress_configure",
    "aliexpress_suggested_callback",
    "aliexpress_begin",
    "aliexpress_pending",
    "aliexpress_sign_in",
    "authorization_told",
    "aliexpress_finish",
    "aliexpress_cancel",
    "aliexpress_bridge",
    "save_bridge_page",
    "practice_credentials",
    // products
    "products_page",
    "products_count",
    "products_places",
    "products_at",
    "product_show",
    "product_refresh",
    "categories",
    "sync_plan",
    "sync_start",
    "sync_stop",
    "sync_resume",
    "sync_current",
    "sync_failures",
    "sync_retry",
    "saved_searches",
    "saved_search_keep",
    "saved_search_remove",
    "aliexpress_search",
    "products_import",
    "freight_quotes",
    // products → export
    "export_preview",
    "export_start",
    "export_stop",
    "export_reveal",
    "price_rules",
    "set_price_rules",
    "price_preview",
    // orders
    "orders_page",
    "orders_refresh",
    "orders_recognise",
    "orders_add",
    "order_show",
    "order_track",
    // watching
    "alerts",
    "alerts_seen",
    "alert_rules",
    "alert_rule_add",
    "alert_rule_remove",
    "schedule",
    "set_schedule",
    // shop
    "shop_targets",
    "postgres_connect",
    "postgres_forget",
    "postgres_publish",
    "postgres_publish_stop",
    "supabase_connect",
    "supabase_forget",
    "supabase_secrets",
    "supabase_send",
    "supabase_deploy",
    "supabase_invoke",
    // settings
    "preferences",
    "set_preferences",
    "about",
    "open_data_folder",
    "diagnostics",
    "open_link",
    "bench_line",
    "start_practice",
    "leave_practice",
];

/// The default watch of tauri-build covers `capabilities/` at the package root only.
const CAPABILITIES: &str = "src-tauri/capabilities";

fn main() {
    println!("cargo:rerun-if-changed={CAPABILITIES}");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/**/*.json")
        .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        // Cargo shows what a failed build script printed; a panic would bury it under a backtrace.
        eprintln!("tauri-build: {error:#}");
        std::process::exit(1);
    }
}
