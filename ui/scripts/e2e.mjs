// An owner's first day against the fake backend in a real Chromium: with the mouse, then by the keyboard alone, in both
// languages; then the parts' own page, and axe over a part of the matrix (`npm run axe` looks at all of it). Any error or warning in the console fails it.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { lookWithAxe } from "./axe-page.mjs";
import { withBrowser, withGallery } from "./browser.mjs";
import { nameOf, opened, openUp } from "./opened.mjs";

const folder = process.argv[2];
const WRONG_KEY = "CJ1234567@api@ffffffffffffffffffffffffffffffff";
const RIGHT_KEY = "CJ1234567@api@0123456789abcdef0123456789abcdef";
const PATIENCE = 20_000;
const tabs = (state) => ["overview", "authentication", "products", "orders"].map((tab) => ({ state, tab }));
const began = Date.now();
const done = (what) => console.log(`${String(Date.now() - began).padStart(6)} ms  ${what}`);

/** How a person reaches a thing: by pointing, or with Tab and Enter only. */
function hand(page, byKeyboard) {
  const spot = (id) => page.locator(id.startsWith("[") ? id : `[data-testid="${id}"]`).first();
  const seen = (id) => spot(id).waitFor({ timeout: PATIENCE });
  // A row of a list is reached where a button in it is, or the list itself, which the arrows then move in.
  const holdsFocus = (element) => {
    const { activeElement } = document;
    return activeElement !== document.body && (element.contains(activeElement) || (activeElement?.contains(element) && activeElement.tabIndex === 0));
  };
  const tabTo = async (id) => {
    await seen(id);
    for (let presses = 0; presses < 120; presses += 1) {
      if (await spot(id).evaluate(holdsFocus)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`no Tab leads to ${id}`);
  };
  return {
    seen,
    press: async (id) => {
      if (!byKeyboard) return spot(id).click({ timeout: PATIENCE });
      await page.waitForFunction((css) => document.querySelector(css)?.disabled !== true, id.startsWith("[") ? id : `[data-testid="${id}"]`, { timeout: PATIENCE });
      await tabTo(id);
      await page.keyboard.press("Enter");
    },
    fill: async (id, text) => {
      if (!byKeyboard) return spot(id).fill(text, { timeout: PATIENCE });
      await tabTo(id);
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(text);
    },
    go: (tab, number) => (byKeyboard ? page.keyboard.press(`Control+${number}`) : spot(`tab-${tab}`).click({ timeout: PATIENCE })),
  };
}

async function firstDay(page, base, lang, byKeyboard) {
  const { seen, press, fill, go } = hand(page, byKeyboard);
  await page.goto(`${base}/?${new URLSearchParams({ state: "practice", lang, fast: "1" })}`);
  await press("start-cj");
  await fill("cj-key", WRONG_KEY);
  await press("cj-connect");
  await seen("[data-code=wrong_key]");
  await fill("cj-key", RIGHT_KEY);
  await press("cj-connect");
  await seen("[data-testid=account-cj][data-state=connected]");
  await press("open-aliexpress");
  await fill("ali-app-key", "500000");
  await fill("ali-app-secret", "made-up-secret-0001");
  await press("ali-save");
  await press("ali-authorize");
  await page.waitForFunction(() => document.querySelector("[data-testid=ali-code]")?.textContent?.includes("3_500000_"), undefined, { timeout: PATIENCE });
  await seen("[data-testid=account-aliexpress][data-state=connected]");
  await go("products", 3);
  await press("sync-start");
  await seen("[role=progressbar]");
  await seen("[data-testid=sync-receipt][data-state=done]");
  await fill("products-search", "gourde");
  await page.waitForFunction(() => {
    const rows = [...document.querySelectorAll("[data-testid=product-row]")];
    return rows.length > 0 && rows.every((row) => row.textContent?.includes("Gourde"));
  }, undefined, { timeout: PATIENCE });
  await press("product-row");
  await seen("product-drawer");
  await page.keyboard.press("Escape");
  await page.locator("[data-testid=product-drawer]").waitFor({ state: "detached", timeout: PATIENCE });
  await go("orders", 4);
  await press("order-row");
  await seen("order-drawer");
  await page.keyboard.press("Escape");
  await go("overview", 1);
  await seen("chart-growth");
}

async function settingsAndToasts(page, base) {
  const { seen, press } = hand(page, true);
  await page.goto(`${base}/?${new URLSearchParams({ state: "syncing", tab: "overview", lang: "en", fast: "1" })}`);
  await seen("settings-open");
  await page.keyboard.press("Control+,");
  await seen("settings");
  await press("settings-theme");
  await page.locator("[data-choice=dark]").waitFor({ timeout: PATIENCE });
  // A list that is still opening swallows a key: each one is pressed again until the mark has moved.
  const marked = () => document.querySelector("[data-choice][data-highlighted]")?.getAttribute("data-choice");
  await page.waitForFunction(() => document.activeElement?.hasAttribute("data-choice"), undefined, { timeout: PATIENCE });
  for (let presses = 0, at = await page.evaluate(marked); at !== "dark" && presses < 20; presses += 1, at = await page.evaluate(marked)) {
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction((was) => document.querySelector("[data-choice][data-highlighted]")?.getAttribute("data-choice") !== was, at, { timeout: 1_000 }).catch(() => {});
  }
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark", undefined, { timeout: PATIENCE });
  await seen("copy-report");
  await page.keyboard.press("Escape");
}

await withBrowser({}, async ({ page, base }) => {
  for (const lang of ["fr", "en"]) for (const byKeyboard of [false, true]) {
    await firstDay(page, base, lang, byKeyboard);
    done(`the first day, ${lang}, ${byKeyboard ? "keyboard" : "mouse"}`);
  }
  await settingsAndToasts(page, base);
  done("settings by keyboard");

  const look = await lookWithAxe(page);
  const part = [
    { lang: "fr", theme: "light", views: [...tabs("connected"), ...tabs("error"), ...opened.slice(0, 5)] },
    { lang: "en", theme: "dark", views: [...tabs("connected"), ...opened.slice(0, 5)] },
  ];
  for (const { lang, theme, views } of part) for (const view of views) {
    const { state = "connected", tab } = view;
    await page.goto(`${base}/?${new URLSearchParams({ state, tab, lang, theme, fast: "1" })}`);
    await page.waitForSelector("main h1, main [role=alert], main [role=status]");
    if (view.press) await openUp(page, view);
    else await page.waitForTimeout(150);
    await look.at(`${nameOf(view)} ${theme} ${lang}`);
  }
  look.settle();
  done(`axe: 0 violations in ${look.count()} views`);
});

// A small screen at 200 %.
await withBrowser({ width: 640, height: 360, scale: 2 }, async ({ page, base }) => {
  const look = await lookWithAxe(page);
  for (const view of [...tabs("connected"), ...tabs("empty"), ...opened.filter(({ state }) => state === undefined)]) {
    const { state = "connected", tab } = view;
    await page.goto(`${base}/?${new URLSearchParams({ state, tab, lang: "fr", theme: "light", fast: "1" })}`);
    await page.waitForSelector("main h1, main [role=alert], main [role=status]");
    if (view.press) await openUp(page, view);
    else await page.waitForTimeout(150);
    await look.at(`${nameOf(view)} at 200 %`);
  }
  look.settle();
  done(`at 200 % nothing is out of reach in ${look.count()} views`);
});

await withGallery(async ({ page, url }) => {
  const look = await lookWithAxe(page);
  if (folder) await mkdir(folder, { recursive: true });
  for (const theme of ["light", "dark"]) for (const layer of ["", "dialog", "drawer", "confirm", "toast"]) {
    await page.goto(`${url}?${new URLSearchParams({ theme, ...(layer && { open: layer }) })}`);
    await page.waitForSelector("[data-part] canvas");
    await page.waitForTimeout(150);
    if (folder) await page.screenshot({ path: join(folder, `gallery-${layer || "page"}-${theme}.png`), fullPage: layer === "" });
    await look.at(`gallery ${layer} ${theme}`);
  }
  look.settle();
  done("the parts, light and dark");
});
