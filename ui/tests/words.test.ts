/** The words of both languages: none missing, none unused, none left untranslated, every error of the core with its sentences. */
// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import coreEn from "@words/en.json";
import coreFr from "@words/fr.json";
import names from "virtual:words/names";
import saidEn from "virtual:words/en";
import saidFr from "virtual:words/fr";
import { describe, expect, it } from "vitest";

import { speaker, spell } from "@/i18n";
import en from "@/i18n/en.json";
import fr from "@/i18n/fr.json";

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const name = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string") found.set(name, value);
    else for (const [deep, text] of leaves(value, name)) found.set(deep, text);
  }
  return found;
}

const singular = (key: string) => key.replace(/_(one|many|other)$/, "");
const french = leaves(fr);
const english = leaves(en);
const bases = (words: Map<string, string>) => new Set([...words.keys()].map(singular));

/** Names and units that are the same in both languages on purpose. */
const SAME = new Set([
  "time.seconds", "time.minutes", "ali.app_key", "ali.app_secret", "ali.callback_field", "changes.stock", "receipts.points",
]);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "bindings" || entry.name === "fake" ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}

describe("the words of the window", () => {
  it("has every key in both languages, so that no owner ever reads a key name", () => {
    expect([...bases(french)].filter((key) => !bases(english).has(key))).toEqual([]);
    expect([...bases(english)].filter((key) => !bases(french).has(key))).toEqual([]);
  });

  it("has every plural form the language needs, so that a million products still read right", () => {
    const forms = (words: Map<string, string>, needed: string[]) =>
      [...bases(words)].filter((key) => words.has(`${key}_other`)).flatMap((key) => needed.map((form) => `${key}_${form}`).filter((name) => !words.has(name)));
    expect(forms(french, ["one", "many", "other"])).toEqual([]);
    expect(forms(english, ["one", "other"])).toEqual([]);
  });

  it("fills in the same values in both languages, so that no name or number is lost in one of them", () => {
    const holes = (text: string | undefined) => [...(text ?? "").matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort();
    const differing = [...french].filter(([key]) => english.has(key)).filter(([key, text]) => holes(text).join() !== holes(english.get(key)).join());
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it("leaves nothing untranslated unless it is listed as the same on purpose", () => {
    const same = [...french].filter(([key, text]) => english.get(key) === text && !SAME.has(singular(key))).map(([key]) => key);
    expect(same).toEqual([]);
    const stale = [...SAME].filter((key) => ![...french].some(([name, text]) => singular(name) === key && english.get(name) === text));
    expect(stale).toEqual([]);
  });

  it("uses every key, so that nobody translates what nobody reads", () => {
    const code = sources(new URL("../src", import.meta.url).pathname).join("\n");
    const exact = new Set([...code.matchAll(/"([a-z_]+(?:\.[a-z_0-9]+)+)"/g)].map((match) => match[1]));
    const patterns = [...code.matchAll(/`([a-z_]+\.[^`]*\$\{[^`]*)`/g)].map(
      (match) => new RegExp(`^${(match[1] ?? "").replace(/\./g, "\\.").replace(/\$\{[^}]*\}/g, "[a-z_0-9]+")}$`),
    );
    const unused = [...bases(french)].filter((key) => !exact.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });
});

describe("the words of the core", () => {
  const bindings = readFileSync(new URL("../src/ipc/bindings/Code.ts", import.meta.url), "utf8");
  const codes = [...bindings.matchAll(/"([a-z_]+)"/g)].map((match) => match[1] ?? "");

  it.each([["fr", coreFr], ["en", coreEn]] as const)("says in %s what happened, what it means and what to do, for every error there is", (_language, core) => {
    const errors: Record<string, { what?: string; meaning?: string; next?: string }> = core.errors;
    expect(codes.length).toBeGreaterThan(20);
    const wordless = codes.filter((code) => !errors[code]?.what || !errors[code].meaning || !errors[code].next);
    expect(wordless).toEqual([]);
  });
});

describe("the words as they are spoken", () => {
  const inFrench = speaker("fr", spell(names, saidFr));
  const inEnglish = speaker("en", spell(names, saidEn));

  it("says every word of the files under its own name, so that no sentence stands in another's place", () => {
    const spoken = spell(names, saidFr);
    const wrong = [...french].filter(([key, text]) => spoken.get(key) !== text);
    expect(wrong).toEqual([]);
    expect(spell(names, saidEn).get("core:errors.wrong_key.what")).toBe(coreEn.errors.wrong_key.what);
  });

  it("counts as each language does, so that neither 0 nor a million reads wrong", () => {
    const counted = (t: typeof inFrench) => [0, 1, 2, 1_000_000].map((count) => t("products.count", { count, amount: String(count) }));
    expect(counted(inFrench)).toEqual(["0 produit", "1 produit", "2 produits", "1000000 produits"]);
    expect(counted(inEnglish)).toEqual(["0 products", "1 product", "2 products", "1000000 products"]);
  });

  it("shows every row of the table that tells CJ's credentials apart", () => {
    expect(coreFr.guide.cj.rows).toHaveLength(4);
    expect(inFrench("core:guide.cj.rows.3.name")).toBe(coreFr.guide.cj.rows[3]?.name);
  });
});
