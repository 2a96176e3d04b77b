/** What a sync covers, as chosen; and the text the core reads. */
import type { Search } from "@/ipc/bindings/Search";

export const SCOPES = ["my_products", "search", "category", "all", "imported"] as const;
export type ScopeKind = (typeof SCOPES)[number];

/** A search as it is being put together: the words are still typed. */
export type SearchForm = Omit<Search, "words"> & { words: string };

export const NO_SEARCH: SearchForm = { words: "", category: null, country: null, price_min: null, price_max: null };

/** What can be asked for: CJ's catalogue through CJ, the imported products through AliExpress. */
export function scopesFor(cj: boolean, aliexpress: boolean): ScopeKind[] {
  return SCOPES.filter((scope) => (scope === "imported" ? aliexpress : cj));
}

/** A search as the core writes it, so that the same search has the same text on both sides. */
export function searchText({ words, category, country, price_min, price_max }: SearchForm): string | null {
  const typed = words.trim().replace(/\s+/g, " ");
  // Without the zeros a person types behind the point.
  const plain = (price: string | null) => (price === null || Number(price) === 0 ? null : String(Number(price)));
  const filters = Object.entries({ category, country, min: plain(price_min), max: plain(price_max) }).filter((pair): pair is [string, string] => pair[1] !== null);
  if (filters.length === 0) return typed === "" ? null : `search:${typed}`;
  return `search?${new URLSearchParams([...(typed === "" ? [] : [["words", typed]]), ...filters]).toString()}`;
}

export function scopeText(kind: ScopeKind, search: SearchForm, category: string): string | null {
  switch (kind) {
    case "my_products":
      return "my-products";
    case "all":
      return "all";
    case "imported":
      return "imported";
    case "search":
      return searchText(search);
    case "category":
      return category === "" ? null : `category:${category}`;
  }
}
