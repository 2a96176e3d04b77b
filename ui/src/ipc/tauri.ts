/** The real desktop behind the window: every method is one Tauri command of the same name in snake_case. */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import type { Backend } from "./backend";
import type { Event as CoreEvent } from "./bindings/Event";
import type { Lead } from "./bindings/Lead";
import type { SignIn } from "./bindings/SignIn";

export const tauri: Backend = {
  listen: (handler) => listen<CoreEvent>("smartlinks://event", ({ payload }) => handler(payload)),
  listenSignIn: (handler) => listen<SignIn>("smartlinks://sign-in", ({ payload }) => handler(payload)),
  listenLead: (handler) => listen<Lead>("smartlinks://lead", ({ payload }) => handler(payload)),

  status: () => invoke("status"),
  recentChanges: (after, limit) => invoke("recent_changes", { after, limit }),
  syncReceipts: (limit) => invoke("sync_receipts", { limit }),
  overviewCharts: (days) => invoke("overview_charts", { days }),

  cjRecognise: (pasted, clientId) => invoke("cj_recognise", { pasted, clientId }),
  cjConnect: (pasted, clientId, account) => invoke("cj_connect", { pasted, clientId, account }),
  cjTest: (account) => invoke("cj_test", { account }),
  aliexpressTest: (account) => invoke("aliexpress_test", { account }),
  refreshAccount: (supplier, account) => invoke("refresh_account", { supplier, account }),
  renameAccount: (supplier, account, name) => invoke("rename_account", { supplier, account, name }),
  disconnect: (supplier, account) => invoke("disconnect", { supplier, account }),
  aliexpressApp: (account) => invoke("aliexpress_app", { account }),
  aliexpressConfigure: (appKey, appSecret, callbackUrl, account) =>
    invoke("aliexpress_configure", { appKey, appSecret, callbackUrl, account, another: account === null }),
  aliexpressSuggestedCallback: () => invoke("aliexpress_suggested_callback"),
  aliexpressBegin: (openBrowser, listen = null, account) => invoke("aliexpress_begin", { openBrowser, listen, account }),
  aliexpressPending: () => invoke("aliexpress_pending"),
  aliexpressSignIn: (account) => invoke("aliexpress_sign_in", { account }),
  authorizationTold: () => invoke("authorization_told"),
  aliexpressFinish: (redirect) => invoke("aliexpress_finish", { redirect }),
  aliexpressCancel: () => invoke("aliexpress_cancel"),
  aliexpressBridge: (kind) => invoke("aliexpress_bridge", { kind }),
  saveBridgePage: () => invoke("save_bridge_page"),
  practiceCredentials: () => invoke("practice_credentials"),

  productsPage: (query) => invoke("products_page", { query }),
  productsCount: (query) => invoke("products_count", { query }),
  productsPlaces: (query) => invoke("products_places", { query }),
  productsAt: (query, stamp, from, limit) => invoke("products_at", { query, stamp, from, limit }),
  productShow: (supplier, productId) => invoke("product_show", { supplier, productId }),
  productRefresh: (supplier, productId) => invoke("product_refresh", { supplier, productId }),
  categories: () => invoke("categories"),
  syncPlan: (scope, details, olderThanH = null, account) => invoke("sync_plan", { scope, details, olderThanH, account }),
  syncStart: (scope, details, olderThanH = null, account) => invoke("sync_start", { scope, details, olderThanH, account }),
  syncStop: () => invoke("sync_stop"),
  syncResume: () => invoke("sync_resume"),
  syncCurrent: () => invoke("sync_current"),
  syncFailures: (run) => invoke("sync_failures", { run }),
  syncRetry: (run, products) => invoke("sync_retry", { run, products }),
  savedSearches: () => invoke("saved_searches"),
  savedSearchKeep: (name, search) => invoke("saved_search_keep", { name, search }),
  savedSearchRemove: (id) => invoke("saved_search_remove", { id }),
  aliexpressSearch: (words, shipTo, page, account) => invoke("aliexpress_search", { words, shipTo, page, account }),
  productsImport: (items, shipTo, account) => invoke("products_import", { items, shipTo, account }),
  freightQuotes: (supplier, productId, variant, shipTo, quantity) =>
    invoke("freight_quotes", { supplier, productId, variant, shipTo, quantity }),

  exportPreview: (request) => invoke("export_preview", { request }),
  exportStart: (request) => invoke("export_start", { request }),
  exportStop: () => invoke("export_stop"),
  exportReveal: (file) => invoke("export_reveal", { file }),
  priceRules: () => invoke("price_rules"),
  setPriceRules: (rules) => invoke("set_price_rules", { rules }),
  pricePreview: (rules, query) => invoke("price_preview", { rules, query }),

  ordersPage: (query) => invoke("orders_page", { query }),
  ordersRefresh: () => invoke("orders_refresh"),
  ordersRecognise: (text) => invoke("orders_recognise", { text }),
  ordersAdd: (items, account) => invoke("orders_add", { items, account }),
  orderShow: (supplier, orderId) => invoke("order_show", { supplier, orderId }),
  orderTrack: (supplier, orderId) => invoke("order_track", { supplier, orderId }),

  alerts: (after, limit) => invoke("alerts", { after, limit }),
  alertsSeen: (through) => invoke("alerts_seen", { through }),
  alertRules: () => invoke("alert_rules"),
  alertRuleAdd: (rule) => invoke("alert_rule_add", { rule }),
  alertRuleRemove: (id) => invoke("alert_rule_remove", { id }),
  schedule: () => invoke("schedule"),
  setSchedule: (schedule) => invoke("set_schedule", { schedule }),
  shopTargets: () => invoke("shop_targets"),
  postgresConnect: (connection) => invoke("postgres_connect", { connection }),
  postgresForget: () => invoke("postgres_forget"),
  postgresPublish: (full, selection) => invoke("postgres_publish", { full, selection }),
  supabaseConnect: (project, token) => invoke("supabase_connect", { project, token }),
  supabaseForget: () => invoke("supabase_forget"),
  supabaseSecrets: () => invoke("supabase_secrets"),
  supabaseSend: (names) => invoke("supabase_send", { names }),
  supabaseDeploy: (name) => invoke("supabase_deploy", { function: name }),
  supabaseInvoke: (name) => invoke("supabase_invoke", { function: name }),

  preferences: () => invoke("preferences"),
  setPreferences: (preferences) => invoke("set_preferences", { preferences }),
  about: () => invoke("about"),
  openDataFolder: () => invoke("open_data_folder"),
  diagnostics: () => invoke("diagnostics"),
  openLink: (url) => invoke("open_link", { url }),
  startPractice: () => invoke("start_practice"),
  leavePractice: () => invoke("leave_practice"),
};
