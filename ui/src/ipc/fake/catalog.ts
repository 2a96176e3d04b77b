import type { Backend } from "../backend";
import type { ProductQuery } from "../bindings/ProductQuery";
import type { ProductRow } from "../bindings/ProductRow";
import type { SupplierHit } from "../bindings/SupplierHit";
import { plain } from "@/lib/plain";

import { detailOf, picture, productAt } from "./products";
import { at, errorView, refuse, type World } from "./world";

const COUNT_BOUND = 1000;

function matches(row: ProductRow, query: ProductQuery, words: string[]): boolean {
  if (query.supplier && row.supplier !== query.supplier) return false;
  if (query.status && row.status !== query.status) return false;
  if (query.in_stock !== undefined && ((row.stock ?? 0) > 0 && row.status === "active") !== query.in_stock) return false;
  if (query.category !== undefined && !`${row.category ?? ""} / `.startsWith(`${query.category} / `)) return false;
  if (query.price_min !== undefined && Number(row.price_min) < Number(query.price_min)) return false;
  if (query.price_max !== undefined && Number(row.price_min) > Number(query.price_max)) return false;
  // Made up, but the same every time: every third CJ product has stock in the United States, every fifth product moved lately.
  const number = indexOf(row.product_id);
  if (query.warehouse !== undefined && (row.supplier !== "cj" || !(query.warehouse === "CN" || (query.warehouse === "US" && number % 3 === 0)))) return false;
  if (query.changed_since !== undefined && number % 5 !== 0) return false;
  if (words.length === 0) return true;
  const text = plain(`${row.title} ${row.sku ?? ""} ${row.category ?? ""}`);
  return words.every((word) => text.includes(word));
}

/** Row numbers in order; remembered for the newest question only, as a list is scrolled. */
function makeFinder(world: World) {
  let last: { key: string; found: number[] } | null = null;
  return (query: ProductQuery): number[] => {
    const key = JSON.stringify([{ ...query, after: null, limit: null }, world.products, world.imported]);
    if (last?.key === key) return last.found;
    const words = plain(query.words ?? "").split(/\s+/).filter(Boolean);
    const found: number[] = [];
    for (let index = 0; index < world.products; index += 1) if (matches(productAt(index), query, words)) found.push(index);
    const price = (index: number) => Number(productAt(index).price_min);
    if (query.sort === "price_up") found.sort((a, b) => price(a) - price(b));
    if (query.sort === "price_down") found.sort((a, b) => price(b) - price(a));
    const stock = (index: number) => productAt(index).stock ?? 0;
    if (query.sort === "stock_up") found.sort((a, b) => stock(a) - stock(b));
    if (query.sort === "stock_down") found.sort((a, b) => stock(b) - stock(a));
    if (query.sort === "title_up" || query.sort === "title_down") {
      const way = query.sort === "title_up" ? 1 : -1;
      found.sort((a, b) => way * productAt(a).title.localeCompare(productAt(b).title));
    }
    last = { key, found };
    return found;
  };
}

const indexOf = (id: string) => (id.startsWith("16") ? Number(id.slice(2, 10)) - 10_000_000 : Number(BigInt(id) - 1_005_004_043_440_000n));

function hits(words: string, page: number, world: World): SupplierHit[] {
  if (page > 3) return [];
  return Array.from({ length: 12 }, (_, offset) => {
    const index = 3 + 5 * (offset + page * 12);
    const row = productAt(index);
    return {
      product_id: row.product_id,
      title: `${row.title} (${words})`,
      image: picture(index),
      price: row.price_min,
      currency: "EUR",
      orders: offset % 3 === 0 ? null : `${(offset + 1) * 400}+`,
      score: (4 + (offset % 10) / 10).toFixed(1),
      url: `https://www.aliexpress.com/item/${row.product_id}.html`,
      imported: world.imported.includes(row.product_id),
    };
  });
}

type Methods = Pick<Backend, "productsPage" | "productsCount" | "productsPlaces" | "productsAt" | "productShow" | "productRefresh" | "categories" | "aliexpressSearch" | "productsImport">;

export function catalogMethods(world: World): Methods {
  const find = makeFinder(world);
  return {
    async productsPage(query) {
      await world.wait(25);
      const found = find(query);
      const start = query.after === undefined ? 0 : Number(query.after);
      const end = start + (query.limit ?? 50);
      return { items: found.slice(start, end).map(productAt), next: end < found.length ? String(end) : null };
    },
    async productsCount(query) {
      await world.wait(20);
      const count = find(query).length;
      // Only a filtered count stops at a bound: how many there are in all is known.
      const bounded = query.words !== undefined && count > COUNT_BOUND;
      return { count: bounded ? COUNT_BOUND : count, more: bounded };
    },
    async productsPlaces(query) {
      await world.wait(25);
      const found = find(query);
      return { stamp: 1, count: found.length, items: found.slice(0, 100).map(productAt) };
    },
    async productsAt(query, _stamp, from, limit) {
      await world.wait(15);
      return find(query).slice(from, from + limit).map(productAt);
    },
    async productShow(_supplier, productId) {
      await world.wait(60);
      return detailOf(indexOf(productId));
    },
    async productRefresh(supplier, productId) {
      await world.wait(800);
      const row = productAt(indexOf(productId));
      if (row.status === "delisted") return refuse(errorView("not_found", { supplier: { code: "1602002", message: "Product removed from shelves", request_id: "8f2c-12" } }));
      world.tell({ event: "account_changed", supplier, account: supplier });
      return { ...detailOf(indexOf(productId)), seen_at: at(0), details_at: at(0) };
    },
    async categories() {
      await world.wait(200);
      return [...new Set(Array.from({ length: 12 }, (_, index) => productAt(index).category ?? ""))].sort().map((path, index) => ({ id: `C${index}`, path }));
    },
    async aliexpressSearch(words, _shipTo, page) {
      await world.wait(700);
      return hits(words, page, world);
    },
    async productsImport(items) {
      await world.wait(800);
      return items.map((item) => {
        const id = /\d{9,}/.exec(item)?.[0] ?? null;
        if (id === null) return { item, product_id: null, product: null, error: errorView("bad_input") };
        const index = indexOf(id);
        if (!(index >= 0 && index < 1_000_000)) return { item, product_id: id, product: null, error: errorView("not_found") };
        if (!world.imported.includes(id)) world.imported.push(id);
        return { item, product_id: id, product: productAt(index), error: null };
      });
    },
  };
}
