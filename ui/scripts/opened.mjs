// What opens on top of a tab or unfolds in it: the state it is shown in, the tab, what to press, what to wait for.
export const opened = [
  { tab: "products", press: ["product-row"], wait: "product-drawer" },
  { tab: "products", press: ["import-open"], wait: "import-dialog" },
  { tab: "products", press: ["sync-open"], wait: "sync-panel" },
  { tab: "products", press: ["sync-open", "scope-imported"], wait: "sync-cost" },
  { tab: "products", press: ["sync-open", "scope-search"], wait: "sync-words" },
  { tab: "products", press: ["sync-open", "scope-search", "saved-searches"], wait: "saved-search-name" },
  { tab: "products", press: ["shop-menu", "export-open"], wait: "export-rows" },
  { tab: "products", press: ["shop-menu", "export-open", "price-rules-open"], wait: "tried-prices" },
  { tab: "products", press: ["shop-menu", "export-open", "export-start"], wait: "export-done" },
  { tab: "products", press: ["filter-category"], wait: "category-search" },
  { tab: "products", press: ["filter-price"], wait: "price-min" },
  { tab: "products", press: ["filter-stock"], wait: "filter-stock-sold_out" },
  { tab: "products", press: ["filter-warehouse"], wait: "warehouse-search" },
  { tab: "products", press: ["views"], wait: "view-name" },
  { tab: "products", press: ["columns"], wait: "column-category" },
  { tab: "products", press: ["layout-grid"], wait: "product-row" },
  { tab: "products", press: ["choose-all"], wait: "selection-bar" },
  { tab: "orders", press: ["order-row"], wait: "order-drawer" },
  { tab: "overview", press: ["palette-open"], wait: "palette" },
  { tab: "overview", press: ["settings-open"], wait: "copy-report" },
  { tab: "authentication", press: ["add-cj"], wait: "cj-key" },
  { tab: "authentication", press: ["add-aliexpress"], wait: "ali-app-key" },
  { state: "several", tab: "products", press: ["import-open"], wait: "account-choice" },
  { state: "several", tab: "orders", press: ["orders-add"], wait: "account-choice" },
  { state: "empty", tab: "authentication", press: ["open-aliexpress"], wait: "ali-save" },
  { state: "expiring", tab: "authentication", press: ["renew-aliexpress"], wait: "ali-authorize" },
  { state: "reconnect", tab: "authentication", press: ["open-aliexpress", "ali-authorize"], wait: "ali-cancel" },
  { state: "port_taken", tab: "authentication", press: ["open-aliexpress", "ali-authorize"], wait: "ali-begin-paste" },
  { state: "port_taken", tab: "authentication", press: ["open-aliexpress", "ali-authorize", "ali-begin-paste"], wait: "ali-paste" },
  { state: "denied", tab: "authentication", press: ["open-aliexpress", "ali-authorize"], wait: "[data-code=consent_denied]" },
  { tab: "products", press: ["shop-menu", "publish-open"], wait: "publish-start" },
  { state: "empty", tab: "authentication", press: [], wait: "shop-supabase-connect" },
  { tab: "authentication", press: ["shop-postgres-test", "shop-supabase-test"], wait: "shop-supabase-found" },
  { tab: "authentication", press: ["shop-deploy"], wait: "shop-output" },
  { tab: "authentication", press: ["shop-secrets"], wait: "secrets-send" },
];

export const everyState = ["connected", "empty", "practice", "loading", "error", "offline", "keychain", "quota", "stale", "syncing", "expiring", "reconnect", "suspended", "partial", "several"];
const tabs = ["overview", "authentication", "products", "orders"];

/** Where a state looks as another does, it is not looked at twice: `port_taken` and `denied` begin as `reconnect`. */
export const everyView = everyState.flatMap((state) => tabs.map((tab) => ({ state, tab })));

export const nameOf = ({ state = "connected", tab, press = [] }) => [tab, ...(state === "connected" ? [] : [state]), ...press].join("-");

/** Presses what is to be pressed, one after the other, and waits for what that opens. */
export async function openUp(page, { press, wait }) {
  for (const name of press) {
    const place = page.locator(`[data-testid=${name}]`).first();
    // A menu opens before the click; all else as an event and not at a place: a radio button of ours is read, not seen.
    if ((await place.getAttribute("aria-haspopup")) === "menu") await place.press("Enter");
    else await place.dispatchEvent("click");
  }
  await page.locator(wait.startsWith("[") ? wait : `[data-testid=${wait}]`).first().waitFor();
  await page.waitForTimeout(250);
}
