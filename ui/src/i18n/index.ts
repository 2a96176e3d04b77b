/**
 * The words of the window: its own, and under `core:` the core's, so that an error reads the same here and in the terminal.
 * A language is fetched once it is spoken: switching needs no restart. The files are i18next's JSON: `{{value}}`, and for a
 * word in several numbers one entry for each form Intl names (`_one`, `_many`, `_other`).
 */
import { useSyncExternalStore } from "react";
import names, { type Names } from "virtual:words/names";

import type { Key } from "./key";

export type Language = "fr" | "en";

/** What stands in a word's holes; `count` also chooses its form. */
export type Values = Readonly<Record<string, string | number | null | undefined>>;
export type Translate = (key: Key, values?: Values) => string;

interface Spoken {
  language: Language;
  t: Translate;
}

const SAID = { fr: () => import("virtual:words/fr"), en: () => import("virtual:words/en") };

/**
 * French sets a narrow no-break space before : ; ! ? and inside the quotation marks, so that no line begins with one of them.
 * The words are written with plain spaces; this is the one place that knows better.
 */
export const typeset = (text: string): string => text.replace(/ (?=[:;!?»])/g, "\u202f").replace(/« /g, "«\u202f");

/** Names as they are asked for, each with what it says. */
export function spell(tree: Names, said: readonly (string | 0)[]): Map<string, string> {
  const words = new Map<string, string>();
  let at = 0;
  const walk = (branch: Names, path: string) => {
    for (const [name, below] of Object.entries(branch)) {
      if (below !== 0) {
        walk(below, `${path}${name}.`);
        continue;
      }
      const text = said[at];
      at += 1;
      if (typeof text === "string") words.set(path + name, text);
    }
  };
  walk(tree, "");
  return words;
}

/** A name nobody has words for is shown itself: an owner can tell us, and the tests look for it. */
export function speaker(language: Language, words: ReadonlyMap<string, string>): Translate {
  const forms = new Intl.PluralRules(language);
  const set = language === "fr" ? typeset : (text: string) => text;
  return (key, values = {}) => {
    const form = typeof values.count === "number" ? words.get(`${key}_${forms.select(values.count)}`) : undefined;
    const text = form ?? words.get(key) ?? words.get(`${key}_other`) ?? key;
    return set(text.replace(/{{(\w+)}}/g, (_hole, name: string) => String(values[name] ?? "")));
  };
}

const known = new Map<Language, Spoken>();
const listeners = new Set<() => void>();
let spoken: Spoken = { language: "fr", t: (key) => key };
let wanted: Language | null = null;

async function learn(language: Language): Promise<Spoken> {
  const learnt = known.get(language) ?? { language, t: speaker(language, spell(names, (await SAID[language]()).default)) };
  known.set(language, learnt);
  return learnt;
}

/** The preference, or what the system speaks; French when the system speaks neither. */
export function chooseLanguage(preferred: Language | null, system: readonly string[] = navigator.languages): Language {
  if (preferred) return preferred;
  for (const tag of system) {
    if (tag.toLowerCase().startsWith("fr")) return "fr";
    if (tag.toLowerCase().startsWith("en")) return "en";
  }
  return "fr";
}

export async function setLanguage(language: Language): Promise<void> {
  wanted = language;
  const learnt = await learn(language);
  // Asked for another meanwhile: that one is on its way.
  if (wanted !== language) return;
  spoken = learnt;
  document.documentElement.lang = language;
  listeners.forEach((listener) => listener());
}

const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The words in the language spoken now; a part that asks is drawn anew when another one is. */
export const useTranslation = (): Spoken => useSyncExternalStore(listen, () => spoken);
