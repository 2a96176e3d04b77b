/** Rules of the house that no type checker knows. */
// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

import { describe, expect, it } from "vitest";

const root = new URL("../src", import.meta.url).pathname;

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(tsx?|css)$/.test(entry.name))
  .map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return { name: relative(root, path), text: readFileSync(path, "utf8") };
  });
const own = files.filter(({ name }) => !name.startsWith("ipc/bindings/"));

describe("the house rules of the window", () => {
  it("reaches the desktop from ui/src/ipc alone", () => {
    expect(own.filter(({ name, text }) => !name.startsWith("ipc/") && text.includes("@tauri-apps/")).map(({ name }) => name)).toEqual([]);
  });

  it("keeps every colour in the tokens, so that both themes stay whole", () => {
    const colour = /#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(/i;
    const strays = own.filter(({ name }) => name !== "styles/tokens.css" && !name.startsWith("ipc/fake/")).filter(({ text }) => colour.test(text));
    expect(strays.map(({ name }) => name)).toEqual([]);
  });

  it("gives the dark theme every colour the light one has, so that nothing turns up black on black", () => {
    const tokens = files.find(({ name }) => name === "styles/tokens.css")?.text ?? "";
    const names = (block: string | undefined) => [...(block ?? "").matchAll(/^ {2}(--[a-z-]+):/gm)].map((match) => match[1]).sort();
    const light = /:root \{([^}]*)\}/.exec(tokens)?.[1];
    const dark = /\[data-theme="dark"\] \{([^}]*)\}/.exec(tokens)?.[1];
    expect(names(light).length).toBeGreaterThan(20);
    expect(names(dark)).toEqual(names(light));
  });

  it("has no file longer than 250 lines", () => {
    expect(own.filter(({ text }) => text.split("\n").length > 250).map(({ name }) => name)).toEqual([]);
  });
});
