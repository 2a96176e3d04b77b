/** Rules of the house that no type checker knows. */
// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

import { describe, expect, it } from "vitest";

const root = new URL("../src", import.meta.url).pathname;

function read(folder: string): { name: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|css)$/.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: relative(folder, path), text: readFileSync(path, "utf8") };
    });
}

const files = read(root);
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

  it("keeps every size in the tokens: a class may name a breakpoint in pixels, nothing else", () => {
    const size = /(?<!min-|max-)\[[^\]\s"'`]*\d(px|rem)/;
    const strays = own.filter(({ name, text }) => name.endsWith(".tsx") && text.split("\n").some((line) => line.includes("className") && size.test(line)));
    expect(strays.map(({ name }) => name)).toEqual([]);
  });

  it("shows every part on the gallery and uses it in the window, so that none is drawn for nobody", () => {
    const gallery = read(new URL("../gallery", import.meta.url).pathname).map(({ text }) => text).join("\n");
    const parts = own
      .filter(({ name }) => /^ui\/\w+\.tsx$/.test(name))
      .flatMap(({ name, text }) => [...text.matchAll(/^export function ([A-Z]\w+)/gm)].map((match) => ({ name, part: match[1] ?? "" })));
    expect(parts.length).toBeGreaterThan(25);
    const drawn = (text: string, part: string) => new RegExp(`<${part}\\b`).test(text);
    const within = (part: string) => own.some((file) => file.name.startsWith("ui/") && drawn(file.text, part));
    expect(parts.filter(({ part }) => !drawn(gallery, part) && !within(part)).map(({ part }) => part)).toEqual([]);
    const unused = parts.filter(({ part }) => !own.some((file) => drawn(file.text, part)));
    expect(unused.map(({ part }) => part)).toEqual([]);
  });

  it("has no file longer than 250 lines", () => {
    expect(own.filter(({ text }) => text.split("\n").length > 250).map(({ name }) => name)).toEqual([]);
  });
});
