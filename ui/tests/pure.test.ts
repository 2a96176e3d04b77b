/** Decisions without a window: each case a line. */
// @vitest-environment node
import { describe, expect, it } from "vitest";

import { attentionOf } from "@/data/accounts";
import { freshness } from "@/data/freshness";
import { makeFormat } from "@/i18n/format";
import type { ChangeRow } from "@/ipc/bindings/ChangeRow";
import type { Status } from "@/ipc/bindings/Status";
import { chooseLanguage } from "@/i18n";
import { aliexpressConnected, BLANK, cjConnected, receipt } from "@/ipc/fake/world";
import { readPrice, typedPrice } from "@/lib/price-text";
import { guessDoor } from "@/tabs/authentication/aliexpress/door";
import { ticks } from "@/tabs/authentication/cj/ticks";
import { isFirstStart, nextStep } from "@/tabs/overview/next-step";
import { NO_FILTER, toQuery } from "@/tabs/products/filter";
import { readAsked } from "@/tabs/products/import/items";
import { branches } from "@/tabs/products/categories";
import { priceSeries } from "@/tabs/products/drawer/history";
import { NO_SEARCH, scopesFor, scopeText, searchText } from "@/tabs/products/sync/scope";

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
    expect(nextStep(status({ accounts }), null, now)).toEqual({ kind: "reconnect", supplier: "aliexpress", account: "aliexpress" });
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

describe("until when the figures of a list are true", () => {
  const at = new Date(now - 3_600_000).toISOString();
  const trouble = (code: "network" | "supplier_down" | "too_soon") => ({ code, message: code, retryable: true, retry_at: null, details: null }) as unknown as NonNullable<ReturnType<typeof cjConnected>["last_error"]>;
  const of = (change: Partial<ReturnType<typeof cjConnected>>) => status({ accounts: [aliexpressConnected(), { ...cjConnected(), ...change }] });

  it("is said and nothing more while all is well, and not at all where nothing was fetched", () => {
    expect(freshness(status(), at, now)).toEqual({ kind: "fine", at });
    expect(freshness(status(), null, now)).toBeNull();
    expect(freshness(of({ last_error: trouble("too_soon") }), at, now)?.kind).toBe("fine");
  });

  it("warns of a connection that is gone before anything else, and of one that is down with its own last word", () => {
    expect(freshness(of({ state: "reconnect_needed", last_error: trouble("network") }), at, now)).toEqual({ kind: "lost", supplier: "cj", account: cjConnected().account });
    expect(freshness(of({ state: "suspended" }), at, now)).toEqual({ kind: "suspended" });
    expect(freshness(of({ last_error: trouble("network") }), at, now)).toEqual({ kind: "offline", at });
    expect(freshness(of({ last_error: trouble("supplier_down"), last_success_at: "2026-01-01T00:00:00Z" }), at, now)).toEqual({ kind: "down", supplier: "cj", at: "2026-01-01T00:00:00Z" });
  });

  it("warns of prices too old to sell by", () => {
    const old = new Date(now - 4 * 86_400_000).toISOString();
    expect(freshness(status(), old, now)).toEqual({ kind: "old", at: old });
  });
});

describe("what an account asks of its owner", () => {
  const soon = (days: number) => new Date(now + days * 86_400_000).toISOString();
  const expiring = { ...aliexpressConnected(), state: "connected_expiring" as const };
  it("is a new consent, with the day the old one ends", () => {
    const account = { ...expiring, refresh_expires_at: soon(5) };
    expect(attentionOf(account, now)).toEqual({ kind: "consent_ends", at: account.refresh_expires_at });
    expect(nextStep(status({ accounts: [account, cjConnected()] }), null, now)).toEqual({ kind: "consent_ends", at: account.refresh_expires_at, account: "aliexpress" });
  });
  it("counts to the end of the access where nothing renews it, as for an app in test", () => {
    const account = { ...expiring, renews_at: null, access_expires_at: soon(1), refresh_expires_at: soon(60) };
    expect(attentionOf(account, now)).toEqual({ kind: "consent_ends", at: account.access_expires_at });
  });
  it("is no consent while a renewal merely failed, nor ever at CJ", () => {
    expect(attentionOf({ ...expiring, refresh_expires_at: soon(50) }, now)).toBeNull();
    expect(attentionOf({ ...cjConnected(), state: "connected_expiring", refresh_expires_at: soon(1) }, now)).toBeNull();
  });
  it("names no day for a consent taken back before its time", () =>
    expect(attentionOf({ ...expiring, state: "reconnect_needed", refresh_expires_at: soon(40) }, now)).toEqual({ kind: "consent_over", at: null }));
  it("is the key again at CJ", () => expect(attentionOf({ ...cjConnected(), state: "reconnect_needed" }, now)).toEqual({ kind: "key_refused" }));
});

describe("a price as the core writes it", () => {
  it("may be a range, which is no number", () => {
    expect(readPrice("2.10-4.85")).toEqual({ low: "2.10", high: "4.85" });
    expect(readPrice("2.10")).toEqual({ low: "2.10", high: "2.10" });
    expect(readPrice(null)).toBeNull();
    expect(readPrice("active")).toBeNull();
  });
  it.each([["12,5", "12.5"], [" 3 ", "3"], ["1.2.3", null], ["-1", null], ["", null]])("is read from %j as %s", (typed, read) => expect(typedPrice(typed)).toBe(read));
  const change = (days: number, old: string | null, after: string, variant_id: string | null = null): ChangeRow => ({
    supplier: "cj", product_id: "1", title: "", variant_id, what: "price", old, new: after, currency: "USD", at: new Date(now - days * 86_400_000).toISOString(),
  });
  it("becomes a line from the first known price to today's", () =>
    expect(priceSeries([change(1, "3-4", "2"), change(5, "1.5", "3-4")], now).map(({ value }) => value)).toEqual([1.5, 3, 2, 2]));
  it("follows one variant where only variants changed, and never mixes two", () =>
    expect(priceSeries([change(1, "9", "8", "b"), change(2, "3", "4", "a"), change(5, "2", "3", "a")], now).map(({ value }) => value)).toEqual([2, 3, 4, 4]));
  it("is no line while nothing changed", () => expect(priceSeries([], now)).toEqual([]));
});

describe("the branches of the categories", () => {
  it("are every level once, so that one choice covers all below it", () =>
    expect(branches([{ id: "1", path: "A / B / C" }, { id: "2", path: "A / B / D" }])).toEqual(["A", "A / B", "A / B / C", "A / B / D"]));
});

describe("what can be synced", () => {
  it("is what the connected suppliers can answer", () => {
    expect(scopesFor(false, true)).toEqual(["imported"]);
    expect(scopesFor(true, false)).not.toContain("imported");
    expect(scopeText("imported", NO_SEARCH, "")).toBe("imported");
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

describe("how long ago", () => {
  const ago = (seconds: number) => makeFormat("fr").ago(new Date(now - seconds * 1000).toISOString(), now);
  it("is said in the unit an owner would say it in", () => {
    expect([30, 59.6, 12 * 60, 59.6 * 60, 23.7 * 3600, 6.9 * 86_400].map(ago)).toEqual(["il y a 30 secondes", "il y a 1 minute", "il y a 12 minutes", "il y a 1 heure", "hier", "la semaine dernière"]);
  });
  it("is never ahead, even when the clock of the page is a minute behind", () => {
    expect(ago(-24)).toBe("il y a 1 seconde");
    expect(makeFormat("fr").when(new Date(now + 3 * 86_400_000).toISOString(), now)).toBe("dans 3 jours");
  });
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
    expect(scopeText("my_products", NO_SEARCH, "")).toBe("my-products");
    expect(scopeText("search", { ...NO_SEARCH, words: "  bocal  verre " }, "")).toBe("search:bocal verre");
    expect(scopeText("search", { ...NO_SEARCH, words: " " }, "")).toBeNull();
    // To the letter as the core writes it: a saved search is known by this text.
    expect(searchText({ words: "desk  lamp", category: null, country: "FR", price_min: "5.00", price_max: "20" })).toBe("search?words=desk+lamp&country=FR&min=5&max=20");
    expect(searchText({ ...NO_SEARCH, price_min: "0" })).toBeNull();
    expect(scopeText("category", NO_SEARCH, "C1")).toBe("category:C1");
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
