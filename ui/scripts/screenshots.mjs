// Pictures of every tab, in both languages and themes, against the fake backend.
// Usage: node scripts/screenshots.mjs FOLDER [--readme] [--states empty,quota,…|all] [--size 1240x800] [--opened yes|only]
// `--readme` makes the few pictures the README shows, and nothing else.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { withBrowser } from "./browser.mjs";
import { everyState, nameOf, opened, openUp } from "./opened.mjs";

const [folder = "screenshots", ...flags] = process.argv.slice(2);
const flag = (name, otherwise) => {
  const at = flags.indexOf(`--${name}`);
  return at < 0 ? otherwise : flags[at + 1];
};
const list = (name, otherwise) => flag(name, otherwise).split(",");
const states = flag("states", "connected") === "all" ? everyState : list("states", "connected");
const [width, height] = flag("size", "1240x800").split("x").map(Number);
const more = flag("opened", "no");

const README = [
  { tab: "overview", lang: "en", theme: "light" },
  { tab: "authentication", state: "empty", lang: "fr", theme: "light" },
  { tab: "products", lang: "fr", theme: "dark" },
  { tab: "orders", lang: "en", theme: "light" },
].map((view) => ({ ...view, name: view.tab }));

function everyPicture() {
  const views = [
    ...(more === "only" ? [] : states.flatMap((state) => list("tabs", "overview,authentication,products,orders").map((tab) => ({ state, tab })))),
    ...(more === "no" ? [] : opened),
  ];
  return list("languages", "fr,en").flatMap((lang) => list("themes", "light,dark").flatMap((theme) => views.map((view) => ({ ...view, lang, theme, name: nameOf(view) }))));
}

await mkdir(folder, { recursive: true });
await withBrowser({ width, height }, async ({ page, base }) => {
  for (const picture of flags.includes("--readme") ? README : everyPicture()) {
    const { name, state = "connected", tab, lang, theme } = picture;
    await page.goto(`${base}/?${new URLSearchParams({ state, lang, theme, tab, fast: "1" })}`);
    await page.waitForSelector("main h1, main [role=alert], main [role=status]");
    await page.waitForTimeout(450);
    if (picture.press) await openUp(page, picture);
    await page.screenshot({ path: join(folder, `${name}-${lang}-${theme}.png`) });
  }
});
