// Looks for accessibility mistakes with axe in every tab, state, theme and language of the fake; `npm run build` comes first.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { withBrowser } from "./browser.mjs";
import { everyView, nameOf, opened, openUp } from "./opened.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
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
    for (const view of everyView) {
      await open({ ...view, theme, lang });
      await look(`${nameOf(view)} ${theme} ${lang}`);
    }
    for (const view of opened) {
      await open({ state: view.state ?? "connected", tab: view.tab, theme, lang });
      await openUp(page, view);
      await look(`${nameOf(view)} ${theme} ${lang}`);
    }
  }
});
console.log(found.length === 0 ? "axe: 0 violations" : `axe: ${found.length} violations\n${found.join("\n")}`);
process.exitCode = found.length === 0 ? 0 : 1;
