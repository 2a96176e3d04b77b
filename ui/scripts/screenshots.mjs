// Pictures of every tab, in both languages and themes, against the fake backend; `npm run build` comes first.
// Usage: node scripts/screenshots.mjs FOLDER [--states empty,quota,…] [--size 1240x800]
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { withBrowser } from "./browser.mjs";

const [folder = "screenshots", ...flags] = process.argv.slice(2);
const flag = (name, otherwise) => {
  const at = flags.indexOf(`--${name}`);
  return at < 0 ? otherwise : flags[at + 1];
};
const states = flag("states", "connected").split(",");
const [width, height] = flag("size", "1240x800").split("x").map(Number);
const languages = flag("languages", "fr,en").split(",");
const themes = flag("themes", "light,dark").split(",");
const tabs = flag("tabs", "overview,authentication,products,orders").split(",");

await mkdir(folder, { recursive: true });
await withBrowser({ width, height }, async ({ page, base }) => {
  for (const state of states) for (const lang of languages) for (const theme of themes) for (const tab of tabs) {
    await page.goto(`${base}/?${new URLSearchParams({ state, lang, theme, tab, fast: "1" })}`);
    await page.waitForSelector("main h1, main [role=alert], main [role=status]");
    await page.waitForTimeout(450);
    const name = [tab, ...(state === "connected" ? [] : [state]), lang, theme].join("-");
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }
});
