/** What the owner filters by, and the query it makes; kept while other tabs are open. */
import type { ProductQuery } from "@/ipc/bindings/ProductQuery";
import type { SavedView } from "@/ipc/bindings/SavedView";
import type { Sort } from "@/ipc/bindings/Sort";
import type { Supplier } from "@/ipc/bindings/Supplier";

/** Decimals as the core reads them. */
export interface PriceRange {
  min: string | null;
  max: string | null;
}

export type Availability = "in_stock" | "sold_out" | "delisted";
export const AVAILABILITIES: readonly Availability[] = ["in_stock", "sold_out", "delisted"];

/** Days that can be looked back. */
export const PERIODS = [1, 7, 30] as const;

export interface Filter {
  words: string;
  supplier: Supplier | null;
  availability: Availability | null;
  /** A category's path or the beginning of one, level by level. */
  category: string | null;
  price: PriceRange;
  /** Only what changed in so many days. */
  changed: number | null;
  /** Only what lies in a warehouse of this country. */
  warehouse: string | null;
  sort: Sort;
}

export const NO_FILTER: Filter = {
  words: "", supplier: null, availability: null, category: null, price: { min: null, max: null }, changed: null, warehouse: null, sort: "relevance",
};

/** What the overview's number of sold-out products leads to. */
export const SOLD_OUT: Filter = { ...NO_FILTER, availability: "sold_out" };

export const isFiltered = ({ words, supplier, availability, category, price, changed, warehouse }: Filter) =>
  words.trim() !== "" || [supplier, availability, category, price.min, price.max, changed, warehouse].some((part) => part !== null);

const HOUR = 3_600_000;

/** Absent, not null, where nothing is asked for: the core fills in what is missing. */
export function toQuery(filter: Filter, now = Date.now()): ProductQuery {
  const query: ProductQuery = { sort: filter.sort };
  const words = filter.words.trim();
  if (words !== "") query.words = words;
  if (filter.supplier) query.supplier = filter.supplier;
  if (filter.availability === "in_stock") query.in_stock = true;
  if (filter.availability === "sold_out") {
    // What left the shelf is not waited for.
    query.in_stock = false;
    query.status = "active";
  }
  if (filter.availability === "delisted") query.status = "delisted";
  if (filter.category !== null) query.category = filter.category;
  if (filter.price.min !== null) query.price_min = filter.price.min;
  if (filter.price.max !== null) query.price_max = filter.price.max;
  // By the full hour, so that the same question keeps its answer for a while.
  if (filter.changed !== null) query.changed_since = new Date(Math.floor(now / HOUR) * HOUR - filter.changed * 24 * HOUR).toISOString();
  if (filter.warehouse !== null) query.warehouse = filter.warehouse;
  return query;
}

/** What a kept view filters by. */
export function ofView({ query, changed_days }: Pick<SavedView, "query" | "changed_days">): Filter {
  return {
    words: query.words ?? "",
    supplier: query.supplier ?? null,
    availability: query.status === "delisted" ? "delisted" : query.in_stock === undefined ? null : query.in_stock ? "in_stock" : "sold_out",
    category: query.category ?? null,
    price: { min: query.price_min ?? null, max: query.price_max ?? null },
    changed: changed_days,
    warehouse: query.warehouse ?? null,
    sort: query.sort,
  };
}

/** A filter as it is kept: days that are looked back, not a day in the past. */
export function toView(filter: Filter): Pick<SavedView, "query" | "changed_days"> {
  return { query: toQuery({ ...filter, changed: null }), changed_days: filter.changed };
}

let remembered = NO_FILTER;
export const rememberedFilter = () => remembered;
export const rememberFilter = (filter: Filter) => {
  remembered = filter;
};
