/** Decisions without a window: each case a line. */
// @vitest-environment node
import { describe, expect, it } from "vitest";

import { makeFormat } from "@/i18n/format";
import type { Status } from "@/ipc/bindings/Status";
import { chooseLanguage } from "@/i18n";
import { aliexpressConnected, BLANK, cjConnected, receipt } from "@/ipc/fake/world";
import { guessDoor } from "@/tabs/authentication/aliexpress/door";
import { ticks } from "@/tabs/authentication/cj/ticks";
import { isFirstStart, nextStep } from "@/tabs/overview/next-step";
import { NO_FILTER, toQuery } from "@/tabs/products/filter";
import { readAsked } from "@/tabs/products/import/items";
import { scopeText } from "@/tabs/products/sync/scope";

const now = Date.now();
const status = (change: Partial<Status> = {}): Status => ({
  accounts: [aliexpressConnected(), cjConnected()],
  catalog: { products: 10, variants: 30 },
  last_sync: receipt(1, 60_000),
  keychain: "available",
  practice: false,
  ...change,
});
const gone = (supplier: "cj" | "aliexpress") => ({ ...BLANK, supplier, account: supplier, name: supplier });

describe("the next best step", () => {
  it("is nothing when all is well", () => expect(nextStep(status(), null, now)).toBeNull());
  it("is reconnecting before anything else", () => {
    const accounts = [{ ...aliexpressConnected(), state: "reconnect_needed" as const }, gone("cj")];
    expect(nextStep(status({ accounts }), null, now)).toEqual({ kind: "reconnect", supplier: "aliexpress" });
  });
  it("is resuming what stopped halfway", () => expect(nextStep(status(), receipt(2, 0, { state: "interrupted" }), now)?.kind).toBe("resume"));
  it("is the first sync while the catalogue is empty", () => expect(nextStep(status({ catalog: { products: 0, variants: 0 } }), null, now)?.kind).toBe("first_sync"));
  it("does not offer a first sync while one runs", () => expect(nextStep(status({ catalog: { products: 0, variants: 0 } }), receipt(2, 0, { state: "running" }), now)).toBeNull());
  it("is the missing supplier", () => expect(nextStep(status({ accounts: [gone("aliexpress"), cjConnected()] }), null, now)).toEqual({ kind: "connect", supplier: "aliexpress" }));
  it("is another sync once prices are older than a day", () => expect(nextStep(status({ last_sync: receipt(1, 30 * 3_600_000) }), null, now)?.kind).toBe("sync_again"));
  it("sees a first start only while nothing was ever connected or fetched", () => {
    const bare = { accounts: [gone("cj"), gone("aliexpress")], catalog: { products: 0, variants: 0 }, last_sync: null };
    expect(isFirstStart(status(bare))).toBe(true);
    expect(isFirstStart(status({ ...bare, catalog: { products: 3, variants: 3 } }))).toBe(false);
  });
});

describe("the ticks of a CJ test", () => {
  const names = (list: ReturnType<typeof ticks>) => list.map(({ step, state }) => `${step}:${state}`);
  it("shows what is being tried before the first answer", () =>
    expect(names(ticks([], true))).toEqual(["reach:now", "exchange_api_key:waiting", "who:waiting", "limits:waiting"]));
  it("shows the second way once the first was refused", () =>
    expect(names(ticks([{ step: "reach", ok: true, detail: "" }, { step: "exchange_api_key", ok: false, detail: "no" }], true))).toEqual([
      "reach:done", "exchange_api_key:failed", "exchange_oauth2:now", "who:waiting", "limits:waiting",
    ]));
  it("spins no longer once all is over", () =>
    expect(names(ticks([{ step: "reach", ok: false, detail: "" }], false)).filter((name) => name.endsWith(":now"))).toEqual([]));
});

describe("what is typed into the import field", () => {
  it.each([
    ["", "nothing"],
    ["bocal en verre", "words"],
    ["1005004043442825", "items"],
    ["https://www.aliexpress.com/item/1005004043442825.html, 1005004043442826", "items"],
    ["lampe 1005004043442825", "words"],
  ])("reads %j as %s", (text, kind) => expect(readAsked(text).kind).toBe(kind));
});

describe("small decisions", () => {
  it("guesses the door of a callback address", () => {
    expect(guessDoor("http://127.0.0.1:8765/aliexpress/callback")).toBe("loopback");
    expect(guessDoor("http://localhost:1/x")).toBe("loopback");
    expect(guessDoor("https://example.org/aliexpress/callback")).toBe("bridge");
    expect(guessDoor("app.smartlinks.desktop:/aliexpress/callback")).toBe("deep_link");
    expect(guessDoor("http://example.org/")).toBeNull();
    expect(guessDoor("hello")).toBeNull();
  });
  it("leaves out of a query what nobody asked for", () => expect(toQuery(NO_FILTER)).toEqual({ sort: "relevance" }));
  it("writes a scope as the core reads it", () => {
    expect(scopeText("my_products", "", "")).toBe("my-products");
    expect(scopeText("search", "  bocal verre ", "")).toBe("search:bocal verre");
    expect(scopeText("search", " ", "")).toBeNull();
    expect(scopeText("category", "", "C1")).toBe("category:C1");
  });
  it("speaks the system's language, and French where it speaks neither", () => {
    expect(chooseLanguage(null, ["de-DE", "en-GB"])).toBe("en");
    expect(chooseLanguage(null, ["de-DE"])).toBe("fr");
    expect(chooseLanguage("en", ["fr-FR"])).toBe("en");
  });
});

describe("money", () => {
  const plain = (text: string | null) => text?.replace(/\s/g, " ");
  it("loses no cent of a long decimal", () => expect(plain(makeFormat("en").money("9007199254740993.25", "USD"))).toBe("$9,007,199,254,740,993.25"));
  it("is written the French way", () => expect(plain(makeFormat("fr").money("2.85", "USD"))).toBe("2,85 $US"));
  it("shows one price when lowest and highest are the same", () => expect(plain(makeFormat("fr").priceRange("2.10", "2.1", "EUR"))).toBe("2,10 €"));
  it("shows a currency nobody knows as it came", () => expect(plain(makeFormat("en").money("5", "??"))).toBe("5 ??"));
});
