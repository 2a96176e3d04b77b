// Looks for accessibility mistakes with axe in every tab, state, theme and language of the fake; `npm run build` comes first.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { withBrowser } from "./browser.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const states = ["connected", "empty", "practice", "loading", "error", "offline", "keychain", "quota", "stale", "syncing"];
const tabs = ["overview", "authentication", "products", "orders"];
/** What opens on top of a tab. */
const opened = [
  ["products", "product-row", "product-drawer"],
  ["products", "import-open", "import-dialog"],
  ["products", "sync-open", "sync-panel"],
  ["orders", "order-row", "order-drawer"],
];
const found = [];

await withBrowser({}, async ({ page, base }) => {
  const look = async (name) => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    for (const { id, help, nodes } of violations) found.push(`${name}: ${id} (${help})\n    ${nodes.slice(0, 3).map((node) => `${node.target.join(" ")}\n      ${node.any[0]?.message ?? ""}`).join("\n    ")}`);
  };
  const open = async (query) => {
    await page.goto(`${base}/?${new URLSearchParams({ fast: "1", ...query })}`);
    await page.waitForSelector("main h1, main [role=alert], main [role=status]");
    await page.waitForTimeout(250);
  };
  for (const theme of ["light", "dark"]) for (const lang of ["fr", "en"]) {
    for (const state of states) for (const tab of tabs) {
      await open({ state, tab, theme, lang });
      await look(`${tab} ${state} ${theme} ${lang}`);
    }
    for (const [tab, press, wait] of opened) {
      await open({ tab, theme, lang });
      await page.getByTestId(press).first().click();
      await page.getByTestId(wait).waitFor();
      await page.waitForTimeout(250);
      await look(`${wait} ${theme} ${lang}`);
    }
  }
});
console.log(found.length === 0 ? "axe: 0 violations" : `axe: ${found.length} violations\n${found.join("\n")}`);
process.exitCode = found.length === 0 ? 0 : 1;
