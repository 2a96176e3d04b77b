/**
 * The words of the window. Namespace `window` is ours; namespace `core` is the core's own words files, so that an error
 * reads the same here and in the terminal. Both languages are in the bundle: switching needs no restart.
 */
import coreEn from "@words/en.json";
import coreFr from "@words/fr.json";
import i18next, { type PostProcessorModule } from "i18next";
import { initReactI18next } from "react-i18next";

import en from "./en.json";
import fr from "./fr.json";

export type Language = "fr" | "en";

/** The preference, or what the system speaks; French when the system speaks neither. */
export function chooseLanguage(preferred: Language | null, system: readonly string[] = navigator.languages): Language {
  if (preferred) return preferred;
  for (const tag of system) {
    if (tag.toLowerCase().startsWith("fr")) return "fr";
    if (tag.toLowerCase().startsWith("en")) return "en";
  }
  return "fr";
}

/**
 * French sets a narrow no-break space before : ; ! ? and inside the quotation marks, so that no line begins with one of them.
 * The words are written with plain spaces; this is the one place that knows better.
 */
export const typeset = (text: string): string => text.replace(/ (?=[:;!?»])/g, "\u202f").replace(/« /g, "«\u202f");

const french: PostProcessorModule = {
  type: "postProcessor",
  name: "french",
  process: (value: string, _key, _options, translator: { language?: string }) => (translator.language === "fr" ? typeset(value) : value),
};

export async function startWords(language: Language): Promise<void> {
  await i18next.use(initReactI18next).use(french).init({
    lng: language,
    fallbackLng: false,
    ns: ["window", "core"],
    defaultNS: "window",
    resources: { fr: { window: fr, core: coreFr }, en: { window: en, core: coreEn } },
    interpolation: { escapeValue: false },
    postProcess: ["french"],
  });
  document.documentElement.lang = language;
}

export async function setLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
