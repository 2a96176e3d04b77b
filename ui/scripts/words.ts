// The words of both languages as the window loads them: the names of all once (`virtual:words/names`), and what they say in one
// language (`virtual:words/fr`, `virtual:words/en`) in the order of the names. A name twice would be a fifth of the bytes.
import { readFileSync } from "node:fs";

import type { Plugin } from "vite";

import { CORE_PARTS } from "../src/i18n/core-parts.ts";

const PREFIX = "virtual:words/";
const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as object;

/** Every name with a dot between its parts, and what it says. */
function flatten(tree: object, path = ""): [string, unknown][] {
  return Object.entries(tree).flatMap(([name, value]: [string, unknown]): [string, unknown][] => (typeof value === "object" && value !== null ? flatten(value, `${path}${name}.`) : [[path + name, value]]));
}

/** A tree of names; 0 where a word is. */
type Shape = { [name: string]: 0 | Shape };

function shapeOf(names: readonly string[]): Shape {
  const shape: Shape = {};
  for (const name of names) {
    const parts = name.split(".");
    const last = parts.pop() ?? "";
    let at = shape;
    for (const part of parts) at = (at[part] ||= {});
    at[last] = 0;
  }
  return shape;
}

export function words(folders: { window: string; core: string }): Plugin {
  const files = (language: string) => [`${folders.window}/${language}.json`, `${folders.core}/${language}.json`] as const;
  const load = (language: string) => {
    const [window, core] = files(language);
    const spoken = Object.fromEntries(Object.entries(read(core)).filter(([part]) => (CORE_PARTS as readonly string[]).includes(part)));
    return new Map([...flatten(read(window)), ...flatten(spoken, "core:")]);
  };
  const shape = () => shapeOf([...load("fr").keys(), ...load("en").keys()]);
  return {
    name: "words",
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null;
      for (const language of ["fr", "en"]) for (const path of files(language)) this.addWatchFile(path);
      const what = id.slice(PREFIX.length + 1);
      if (what === "names") return `export default ${JSON.stringify(shape())}`;
      const said = load(what);
      // In the order the tree lists them, which is the one the page counts in.
      return `export default ${JSON.stringify(flatten(shape()).map(([name]) => said.get(name) ?? 0))}`;
    },
  };
}
