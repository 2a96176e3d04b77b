//! Every command of the window with arguments as the pages name them, and what becomes of it on a shop without accounts.

/// Work on a shop without accounts, or say why not.
pub const ON_THE_SHOP: &[(&str, &str, &str)] = &[
    ("status", "{}", ""),
    ("recent_changes", r#"{"after": null, "limit": 5}"#, ""),
    ("recent_changes", r#"{"after": "x"}"#, "bad_input"),
    ("sync_receipts", r#"{"limit": 5}"#, ""),
    ("overview_charts", r#"{"days": 7}"#, ""),
    (
        "cj_connect",
        r#"{"pasted": "?", "clientId": null, "account": null}"#,
        "bad_input",
    ),
    ("cj_test", r#"{"account": null}"#, "not_connected"),
    ("aliexpress_test", r#"{"account": null}"#, "not_connected"),
    (
        "freight_quotes",
        r#"{"supplier": "cj", "productId": "1", "variant": null, "shipTo": "FR", "quantity": 1}"#,
        "not_found",
    ),
    ("saved_searches", "{}", ""),
    (
        "saved_search_keep",
        r#"{"name": "Lampes", "search": {"words": "lamp", "country": "fr", "price_max": "20"}}"#,
        "",
    ),
    (
        "saved_search_keep",
        r#"{"name": "", "search": {"words": "lamp"}}"#,
        "bad_input",
    ),
    (
        "saved_search_keep",
        r#"{"name": "Nothing", "search": {"words": " "}}"#,
        "bad_input",
    ),
    ("saved_search_remove", r#"{"id": 9}"#, "not_found"),
    (
        "orders_add",
        r#"{"items": ["8190000000000001"]}"#,
        "not_connected",
    ),
    (
        "refresh_account",
        r#"{"supplier": "cj", "account": "cj-0"}"#,
        "not_found",
    ),
    (
        "rename_account",
        r#"{"supplier": "cj", "account": "cj-0", "name": "Lyon"}"#,
        "not_found",
    ),
    ("diagnostics", "{}", ""),
    (
        "disconnect",
        r#"{"supplier": "aliexpress", "account": "ae-0"}"#,
        "not_found",
    ),
    ("aliexpress_app", "{}", ""),
    (
        "aliexpress_configure",
        r#"{"appKey": "not a number", "appSecret": null, "callbackUrl": "http://127.0.0.1:8765/cb"}"#,
        "bad_input",
    ),
    (
        "aliexpress_begin",
        r#"{"openBrowser": false}"#,
        "not_connected",
    ),
    (
        "aliexpress_begin",
        r#"{"openBrowser": false, "listen": false}"#,
        "not_connected",
    ),
    ("aliexpress_app", r#"{"account": "ae-0"}"#, "not_found"),
    (
        "aliexpress_configure",
        r#"{"appKey": "500000", "appSecret": null, "callbackUrl": "http://127.0.0.1:8765/cb", "account": "ae-0", "another": false}"#,
        "not_found",
    ),
    (
        "aliexpress_begin",
        r#"{"openBrowser": false, "account": "ae-0"}"#,
        "not_found",
    ),
    (
        "orders_add",
        r#"{"items": ["8190000000000001"], "account": "ae-0"}"#,
        "not_found",
    ),
    ("aliexpress_pending", "{}", ""),
    ("aliexpress_sign_in", "{}", "not_connected"),
    (
        "aliexpress_finish",
        r#"{"redirect": "http://127.0.0.1:8765/aliexpress/callback?code=3_500000_MadeUp&state=0"}"#,
        "no_attempt",
    ),
    ("aliexpress_cancel", "{}", ""),
    ("aliexpress_bridge", r#"{"kind": "nginx"}"#, ""),
    (
        "products_page",
        r#"{"query": {"words": "lamp", "sort": "relevance", "limit": 5}}"#,
        "",
    ),
    ("products_count", r#"{"query": {"price_min": "1.50"}}"#, ""),
    (
        "products_places",
        r#"{"query": {"words": "lamp", "warehouse": "US", "changed_since": "2026-01-31T00:00:00Z"}}"#,
        "",
    ),
    (
        "products_at",
        r#"{"query": {"sort": "title_up"}, "stamp": 7, "from": 500000, "limit": 100}"#,
        "",
    ),
    (
        "product_show",
        r#"{"supplier": "cj", "productId": "1"}"#,
        "not_found",
    ),
    (
        "product_refresh",
        r#"{"supplier": "cj", "productId": "1"}"#,
        "not_found",
    ),
    ("categories", "{}", "not_connected"),
    (
        "sync_plan",
        r#"{"scope": "my-products", "details": true, "olderThanH": 0}"#,
        "not_connected",
    ),
    (
        "sync_start",
        r#"{"scope": "my-products", "details": false}"#,
        "not_connected",
    ),
    (
        "sync_start",
        r#"{"scope": "everything", "details": false}"#,
        "bad_input",
    ),
    ("sync_stop", "{}", ""),
    ("sync_resume", "{}", ""),
    ("sync_current", "{}", ""),
    ("sync_failures", r#"{"run": 1}"#, ""),
    (
        "sync_retry",
        r#"{"run": 1, "products": ["1005001"]}"#,
        "not_found",
    ),
    (
        "aliexpress_search",
        r#"{"words": "lamp", "shipTo": "FR", "page": 1}"#,
        "not_connected",
    ),
    (
        "products_import",
        r#"{"items": ["1005001"], "shipTo": "FR"}"#,
        "not_connected",
    ),
    (
        "export_preview",
        r#"{"request": {"format": "shopify", "selection": {"kind": "all"}, "prices": true}}"#,
        "",
    ),
    (
        "export_start",
        r#"{"request": {"format": "woocommerce", "selection": {"kind": "query", "query": {"words": "lamp"}}, "prices": false}}"#,
        "",
    ),
    (
        "export_start",
        r#"{"request": {"format": "generic", "selection": {"kind": "products", "products": [{"supplier": "cj", "account": null, "product_id": "1"}]}, "prices": false}}"#,
        "",
    ),
    ("export_reveal", r#"{"file": "/etc/passwd"}"#, "not_found"),
    ("price_rules", "{}", ""),
    (
        "set_price_rules",
        r#"{"rules": {"currency": "EUR", "rates": [{"currency": "USD", "rate": "0.92"}], "ranges": [{"up_to": "5", "multiplier": "3", "add": "1"}, {"up_to": null, "multiplier": "2", "add": "0"}], "rounding": "point99", "freight": "2.50", "least_profit": "1", "compare_at": null}}"#,
        "",
    ),
    (
        "set_price_rules",
        r#"{"rules": {"currency": "EUR", "rates": [], "ranges": [], "rounding": "none", "freight": "0", "least_profit": "0", "compare_at": null}}"#,
        "bad_input",
    ),
    ("set_price_rules", r#"{"rules": null}"#, ""),
    (
        "price_preview",
        r#"{"rules": {"currency": "USD", "rates": [], "ranges": [{"up_to": null, "multiplier": "2", "add": "0"}], "rounding": "whole", "freight": "0", "least_profit": "0", "compare_at": "1.3"}, "query": {}}"#,
        "",
    ),
    (
        "orders_page",
        r#"{"query": {"state": "unpaid", "limit": 5}}"#,
        "",
    ),
    ("orders_refresh", "{}", "not_connected"),
    ("alerts", r#"{"after": null, "limit": 5}"#, ""),
    ("alerts", r#"{"after": "x"}"#, "bad_input"),
    ("alerts_seen", r#"{"through": 9}"#, ""),
    ("alert_rules", "{}", ""),
    (
        "alert_rule_add",
        r#"{"rule": {"what": "price_up", "threshold": "10"}}"#,
        "",
    ),
    (
        "alert_rule_add",
        r#"{"rule": {"what": "price_up"}}"#,
        "bad_input",
    ),
    ("alert_rule_remove", r#"{"id": 900}"#, "not_found"),
    ("schedule", "{}", ""),
    (
        "set_schedule",
        r#"{"schedule": {"every_hours": 0}}"#,
        "bad_input",
    ),
    (
        "order_show",
        r#"{"supplier": "cj", "orderId": "1"}"#,
        "not_connected",
    ),
    (
        "order_track",
        r#"{"supplier": "cj", "orderId": "1"}"#,
        "not_connected",
    ),
    ("shop_targets", "{}", ""),
    ("postgres_connect", r#"{"connection": "?"}"#, "bad_input"),
    (
        "postgres_connect",
        r#"{"connection": null}"#,
        "shop_not_connected",
    ),
    ("postgres_forget", "{}", ""),
    (
        "postgres_publish",
        r#"{"full": false, "selection": {"kind": "all"}}"#,
        "shop_not_connected",
    ),
    (
        "supabase_connect",
        r#"{"project": "?", "token": "sbp_made_up"}"#,
        "bad_input",
    ),
    ("supabase_forget", "{}", ""),
    ("supabase_secrets", "{}", "shop_not_connected"),
    (
        "supabase_send",
        r#"{"names": ["CJ_CLIENT_ID"]}"#,
        "shop_not_connected",
    ),
    (
        "supabase_deploy",
        r#"{"function": "sync-cj-products"}"#,
        "shop_not_connected",
    ),
    (
        "supabase_invoke",
        r#"{"function": "aliexpress-callback"}"#,
        "shop_not_connected",
    ),
];

/// Work whatever became of the database.
pub const ALWAYS: &[(&str, &str)] = &[
    (
        "cj_recognise",
        r#"{"pasted": "CJ1234567", "clientId": null}"#,
    ),
    ("aliexpress_suggested_callback", "{}"),
    ("orders_recognise", r#"{"text": "8190000000000001"}"#),
    ("authorization_told", "{}"),
    ("practice_credentials", "{}"),
    ("export_stop", "{}"),
    ("postgres_publish_stop", "{}"),
    ("save_bridge_page", "{}"),
    ("preferences", "{}"),
    (
        "set_preferences",
        r#"{"preferences": {"language": "fr", "theme": "dark", "tab": "orders", "ship_to": null, "currency": null}}"#,
    ),
    ("about", "{}"),
    ("open_data_folder", "{}"),
    ("open_link", r#"{"url": "https://www.aliexpress.com/"}"#),
    ("bench_line", r#"{"name": "painted", "ago": 1.5}"#),
];

/// Would start this very test again.
pub const RESTARTS: [&str; 2] = ["start_practice", "leave_practice"];
