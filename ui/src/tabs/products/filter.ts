/** What the owner filters by, and the query it makes; kept while other tabs are open. */
import type { ProductQuery } from "@/ipc/bindings/ProductQuery";
import type { Sort } from "@/ipc/bindings/Sort";
import type { Supplier } from "@/ipc/bindings/Supplier";

export interface Filter {
  words: string;
  supplier: Supplier | null;
  stocked: boolean;
  delisted: boolean;
  sort: Sort;
}

export const NO_FILTER: Filter = { words: "", supplier: null, stocked: false, delisted: false, sort: "relevance" };

export const isFiltered = (filter: Filter) =>
  filter.words.trim() !== "" || filter.supplier !== null || filter.stocked || filter.delisted;

/** Absent, not null, where nothing is asked for: the core fills in what is missing. */
export function toQuery(filter: Filter): ProductQuery {
  const query: ProductQuery = { sort: filter.sort };
  const words = filter.words.trim();
  if (words !== "") query.words = words;
  if (filter.supplier) query.supplier = filter.supplier;
  if (filter.stocked) query.in_stock = true;
  if (filter.delisted) query.status = "delisted";
  return query;
}

let remembered = NO_FILTER;
export const rememberedFilter = () => remembered;
export const rememberFilter = (filter: Filter) => {
  remembered = filter;
};
