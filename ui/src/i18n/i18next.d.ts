import type coreFr from "@words/fr.json";

import type fr from "./fr.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "window";
    resources: { window: typeof fr; core: typeof coreFr };
    returnNull: false;
  }
}
