/** Rows by position, columns, choices: what the list of products decides without a window. */
// @vitest-environment node
import { describe, expect, it, vi } from "vitest";

import type { ProductRow } from "@/ipc/bindings/ProductRow";
import { productAt } from "@/ipc/fake/products";
import { NO_FILTER, ofView, toQuery, toView } from "@/tabs/products/filter";
import { telling } from "@/tabs/products/drawer/telling";
import { COLUMNS, direction, fitting, nextOrder, withColumn } from "@/tabs/products/list/columns";
import { Rows } from "@/tabs/products/list/rows";
import { changed, holds, NOTHING, sizeOf, these } from "@/tabs/products/list/selection";

const slice = (from: number, limit: number) => Array.from({ length: limit }, (_, step) => productAt(from + step));
const query = { sort: "newest" as const };
const settle = () => new Promise((done) => setTimeout(done));

describe("the rows of a long list", () => {
  const list = (load: (from: number, limit: number) => Promise<ProductRow[]>, before?: Rows) =>
    new Rows(query, { stamp: 1, count: 1_000_000, items: slice(0, 100) }, load, before);

  it("are there at once at the top, and asked for where the scroll bar stands", async () => {
    const load = vi.fn((from: number, limit: number) => Promise.resolve(slice(from, limit)));
    const rows = list(load);
    expect(rows.at(99)?.product_id).toBe(productAt(99).product_id);
    expect(rows.at(500_000)).toBeUndefined();
    rows.want(500_000, 500_012);
    await settle();
    expect(rows.at(500_011)?.product_id).toBe(productAt(500_011).product_id);
    expect(load.mock.calls[0]).toEqual([500_000, 100]);
  });

  it("are not asked for where a fast hand only flew over", async () => {
    const answers: (() => void)[] = [];
    const load = vi.fn((from: number, limit: number) => new Promise<ProductRow[]>((done) => answers.push(() => done(slice(from, limit)))));
    const rows = list(load);
    for (let at = 1000; at <= 900_000; at += 1000) rows.want(at, at + 12);
    expect(load).toHaveBeenCalledTimes(2);
    answers.splice(0).forEach((answer) => answer());
    await settle();
    expect(load.mock.calls.slice(2)).toEqual([[900_000, 100], [899_900, 100]]);
  });

  it("stay a bounded number, however far the owner scrolls", async () => {
    const rows = list((from, limit) => Promise.resolve(slice(from, limit)));
    for (let at = 0; at < 20_000; at += 100) {
      rows.want(at, at + 12);
      await settle();
    }
    const kept = Array.from({ length: 200 }, (_, chunk) => rows.at(chunk * 100)).filter(Boolean);
    expect(kept.length).toBeLessThanOrEqual(60);
    expect(rows.at(19_900)).toBeDefined();
  });

  it("show what they were until what they are is here", async () => {
    const old = list((from, limit) => Promise.resolve(slice(from, limit)));
    old.want(5000, 5010);
    await settle();
    const load = vi.fn((from: number, limit: number) => Promise.resolve(slice(from + 1, limit)));
    const fresh = list(load, old);
    expect(fresh.at(5000)?.product_id).toBe(productAt(5000).product_id);
    fresh.want(5000, 5010);
    await settle();
    expect(fresh.at(5000)?.product_id).toBe(productAt(5001).product_id);
  });

  it("stay the same objects where they say the same, so that only what changed is drawn again", () => {
    const load = (from: number, limit: number) => Promise.resolve(slice(from, limit));
    const items = slice(0, 100);
    const old = new Rows(query, { stamp: 1, count: 1_000_000, items: structuredClone(items) }, load);
    items[7] = { ...items[7], stock: 4242 } as ProductRow;
    const fresh = new Rows(query, { stamp: 2, count: 1_000_000, items }, load, old);
    expect(fresh.at(6)).toBe(old.at(6));
    expect(fresh.at(7)?.stock).toBe(4242);
  });

  it("say why they did not come, and come when they are wanted again", async () => {
    let fails = true;
    const rows = list((from, limit) => (fails ? Promise.reject(new Error("disk")) : Promise.resolve(slice(from, limit))));
    rows.want(5000, 5010);
    await settle();
    expect(rows.error).toBeInstanceOf(Error);
    fails = false;
    rows.want(5000, 5010);
    await settle();
    expect(rows.error).toBeNull();
    expect(rows.at(5005)).toBeDefined();
  });
});

describe("a selection", () => {
  const [one, two] = slice(0, 2) as [ProductRow, ProductRow];
  it("grows and shrinks by product, not by place", () => {
    const both = changed(these([one]), [two], true);
    expect(sizeOf(both)).toBe(2);
    expect(holds(changed(both, [{ ...one }], false), one)).toBe(false);
    expect(holds(NOTHING, one)).toBe(false);
  });
  it("of everything is the question, not a million keys", () => {
    const all = { kind: "query" as const, query, count: 1_000_000 };
    expect(sizeOf(all)).toBe(1_000_000);
    expect(holds(all, two)).toBe(true);
  });
});

describe("the columns", () => {
  it("leave from the right where there is no room, and never the title", () => {
    expect(fitting(["price", "stock", "variants", "status"], 960)).toEqual(["price", "stock", "variants", "status"]);
    expect(fitting(["price", "stock", "variants", "status"], 500)).toEqual(["price"]);
    expect(fitting(COLUMNS, 200)).toEqual([]);
  });
  it("keep the order of the table, whichever was chosen last", () => expect(withColumn(["status", "price"], "sku", true)).toEqual(["sku", "price", "status"]));
  it("turn the order round on the second press", () => {
    expect(nextOrder("relevance", "stock")).toBe("stock_down");
    expect(nextOrder("stock_down", "stock")).toBe("stock_up");
    expect(direction("price_up", "price")).toBe("ascending");
    expect(direction("price_up", "title")).toBeUndefined();
  });
});

describe("a view that is kept", () => {
  it("finds the same again, and looks back from the day it is opened", () => {
    const filter = { ...NO_FILTER, words: "lampe", availability: "sold_out" as const, changed: 7, warehouse: "US", price: { min: "1.5", max: null }, sort: "stock_up" as const };
    expect(ofView(toView(filter))).toEqual(filter);
    expect(toView(filter).query.changed_since).toBeUndefined();
    const day = Date.UTC(2026, 0, 31, 12, 34);
    expect(toQuery(filter, day).changed_since).toBe("2026-01-24T12:00:00.000Z");
  });
});

describe("the words that tell most of a title", () => {
  it.each([
    ["Airtight Glass Storage Jar 500 ml", "Airtight Glass Storage"],
    ["Étui de voyage imperméable, édition voyage", "voyage imperméable édition"],
    ["A 12 x 5", ""],
  ])("of %j are %j", (title, words) => expect(telling(title)).toBe(words));
});
