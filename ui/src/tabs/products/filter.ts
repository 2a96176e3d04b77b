/** What the owner filters by, and the query it makes; kept while other tabs are open. */
import type { ProductQuery } from "@/ipc/bindings/ProductQuery";
import type { Sort } from "@/ipc/bindings/Sort";
import type { Supplier } from "@/ipc/bindings/Supplier";

/** Decimals as the core reads them. */
export interface PriceRange {
  min: string | null;
  max: string | null;
}

export interface Filter {
  words: string;
  supplier: Supplier | null;
  stocked: boolean;
  delisted: boolean;
  soldOut: boolean;
  /** A category's path or the beginning of one, level by level. */
  category: string | null;
  price: PriceRange;
  sort: Sort;
}

export const NO_FILTER: Filter = { words: "", supplier: null, stocked: false, delisted: false, soldOut: false, category: null, price: { min: null, max: null }, sort: "relevance" };

/** What the overview's number of sold-out products leads to. */
export const SOLD_OUT: Filter = { ...NO_FILTER, soldOut: true };

export const isFiltered = (filter: Filter) =>
  filter.words.trim() !== "" || filter.supplier !== null || filter.stocked || filter.delisted || filter.soldOut || filter.category !== null || filter.price.min !== null || filter.price.max !== null;

/** Absent, not null, where nothing is asked for: the core fills in what is missing. */
export function toQuery(filter: Filter): ProductQuery {
  const query: ProductQuery = { sort: filter.sort };
  const words = filter.words.trim();
  if (words !== "") query.words = words;
  if (filter.supplier) query.supplier = filter.supplier;
  if (filter.stocked) query.in_stock = true;
  if (filter.delisted) query.status = "delisted";
  if (filter.soldOut) {
    query.in_stock = false;
    query.status = "active";
  }
  if (filter.category !== null) query.category = filter.category;
  if (filter.price.min !== null) query.price_min = filter.price.min;
  if (filter.price.max !== null) query.price_max = filter.price.max;
  return query;
}

let remembered = NO_FILTER;
export const rememberedFilter = () => remembered;
export const rememberFilter = (filter: Filter) => {
  remembered = filter;
};
