/** What a sync covers, as chosen; and the text the core reads. */
export const SCOPES = ["my_products", "search", "category", "all", "imported"] as const;
export type ScopeKind = (typeof SCOPES)[number];

/** What can be asked for: CJ's catalogue through CJ, the imported products through AliExpress. */
export function scopesFor(cj: boolean, aliexpress: boolean): ScopeKind[] {
  return SCOPES.filter((scope) => (scope === "imported" ? aliexpress : cj));
}

export function scopeText(kind: ScopeKind, words: string, category: string): string | null {
  switch (kind) {
    case "my_products":
      return "my-products";
    case "all":
      return "all";
    case "imported":
      return "imported";
    case "search":
      return words.trim() === "" ? null : `search:${words.trim()}`;
    case "category":
      return category === "" ? null : `category:${category}`;
  }
}
