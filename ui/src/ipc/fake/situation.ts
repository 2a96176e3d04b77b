/** Bends a whole backend to a situation: nothing answers, everything fails, no network. */
import type { Backend } from "../backend";
import { errorView, refuse, type Situation } from "./world";

/** What works without any supplier: the window could not be shown otherwise. */
const ALWAYS = new Set<keyof Backend>(["listen", "listenSignIn", "listenLead", "preferences", "setPreferences", "about", "openDataFolder", "openLink", "startPractice", "leavePractice"]);
/** What asks a supplier. */
const NETWORK = new Set<keyof Backend>([
  "cjConnect", "cjTest", "refreshAccount", "aliexpressConfigure", "aliexpressFinish", "aliexpressTest", "freightQuotes", "ordersAdd", "productRefresh", "categories",
  "syncPlan", "syncStart", "syncResume", "aliexpressSearch", "productsImport", "ordersRefresh", "orderTrack",
]);
/** What asks the shop. */
const SHOP = new Set<keyof Backend>([
  "postgresConnect", "postgresPublish", "supabaseConnect", "supabaseSecrets", "supabaseSend", "supabaseDeploy", "supabaseInvoke",
]);

/** What a supplier that is down for a while takes with it, while the rest is there. */
const PARTS = new Set<keyof Backend>(["cjTest", "refreshAccount", "ordersRefresh", "orderTrack", "productRefresh", "aliexpressSearch", "categories"]);

export function withSituation(backend: Backend, situation: Situation): Backend {
  if (situation !== "loading" && situation !== "error" && situation !== "offline" && situation !== "partial") return backend;
  return new Proxy(backend, {
    get(target, name: keyof Backend) {
      // What is no method of ours (such as `then`, which every await asks for) is not bent.
      if (!(name in target) || ALWAYS.has(name)) return Reflect.get(target, name) as unknown;
      if (situation === "loading") return () => new Promise(() => undefined);
      if (situation === "error") return () => refuse(errorView("database_corrupt", { message: "database disk image is malformed (code 11)" }));
      if (situation === "partial") {
        if (PARTS.has(name)) return () => refuse(errorView("supplier_down", { message: "HTTP 503", supplier: { code: "503", message: "Service Unavailable", request_id: "8f2c-52" } }));
        return Reflect.get(target, name) as unknown;
      }
      if (NETWORK.has(name)) return () => refuse(errorView("network", { message: "error sending request for url (https://developers.cjdropshipping.com): dns error" }));
      if (SHOP.has(name)) return () => refuse(errorView("shop_unreachable", { message: "Postgres: error connecting to server: dns error" }));
      return Reflect.get(target, name) as unknown;
    },
  });
}
