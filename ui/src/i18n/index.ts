/**
 * The words of the window. Namespace `window` is ours; namespace `core` is the core's own words files, so that an error
 * reads the same here and in the terminal. A language is fetched once it is spoken: switching needs no restart.
 */
import i18next, { type PostProcessorModule } from "i18next";
import { initReactI18next } from "react-i18next";

export type Language = "fr" | "en";

const WORDS = { fr: () => import("./words-fr"), en: () => import("./words-en") };

/** Nothing where the words are there already. */
async function fetchWords(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, "window")) return;
  const { window, core } = await WORDS[language]();
  i18next.addResourceBundle(language, "window", window);
  i18next.addResourceBundle(language, "core", core);
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
  const { window, core } = await WORDS[language]();
  await i18next.use(initReactI18next).use(french).init({
    lng: language,
    fallbackLng: false,
    ns: ["window", "core"],
    defaultNS: "window",
    resources: { [language]: { window, core } },
    interpolation: { escapeValue: false },
    postProcess: ["french"],
  });
  document.documentElement.lang = language;
}

let wanted: Language | null = null;

export async function setLanguage(language: Language): Promise<void> {
  wanted = language;
  await fetchWords(language);
  // Asked for another meanwhile: that one is on its way.
  if (wanted !== language) return;
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
