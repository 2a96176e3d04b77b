// Pictures of every tab, in both languages and themes, against the fake backend.
// Usage: node scripts/screenshots.mjs FOLDER [--states empty,quota,…|all] [--size 1240x800] [--opened yes|only]
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { withBrowser } from "./browser.mjs";
import { everyState, nameOf, opened, openUp } from "./opened.mjs";

const [folder = "screenshots", ...flags] = process.argv.slice(2);
const flag = (name, otherwise) => {
  const at = flags.indexOf(`--${name}`);
  return at < 0 ? otherwise : flags[at + 1];
};
const states = flag("states", "connected") === "all" ? everyState : flag("states", "connected").split(",");
const [width, height] = flag("size", "1240x800").split("x").map(Number);
const languages = flag("languages", "fr,en").split(",");
const themes = flag("themes", "light,dark").split(",");
const tabs = flag("tabs", "overview,authentication,products,orders").split(",");

const more = flag("opened", "no");
const views = [
  ...(more === "only" ? [] : states.flatMap((state) => tabs.map((tab) => ({ state, tab })))),
  ...(more === "no" ? [] : opened),
];

await mkdir(folder, { recursive: true });
await withBrowser({ width, height }, async ({ page, base }) => {
  for (const lang of languages) for (const theme of themes) for (const view of views) {
    const { state = "connected", tab } = view;
    await page.goto(`${base}/?${new URLSearchParams({ state, lang, theme, tab, fast: "1" })}`);
    await page.waitForSelector("main h1, main [role=alert], main [role=status]");
    await page.waitForTimeout(450);
    if (view.press) await openUp(page, view);
    await page.screenshot({ path: join(folder, `${nameOf(view)}-${lang}-${theme}.png`) });
  }
});
