// Asks axe about what a page shows, and whether all of it can be reached; remembers what was found.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { outOfReach } from "./reach.mjs";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function lookWithAxe(page) {
  const found = [];
  let count = 0;
  return {
    count: () => count,
    async at(name) {
      count += 1;
      await page.evaluate(source);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      for (const { id, help, nodes } of violations) {
        const places = nodes.slice(0, 3).map((node) => `${node.target.join(" ")}\n      ${node.any[0]?.message ?? ""}`);
        found.push(`${name}: ${id} (${help})\n    ${places.join("\n    ")}`);
      }
      found.push(...(await outOfReach(page)).map((what) => `${name}: ${what}`));
    },
    /** Throws what was found. */
    settle() {
      if (found.length > 0) throw new Error(`axe: ${found.length} violations in ${count} views\n${found.join("\n")}`);
    },
  };
}
