/** What a sync covers, as chosen; and the text the core reads. */
export const SCOPES = ["my_products", "search", "category", "all"] as const;
export type ScopeKind = (typeof SCOPES)[number];

export function scopeText(kind: ScopeKind, words: string, category: string): string | null {
  switch (kind) {
    case "my_products":
      return "my-products";
    case "all":
      return "all";
    case "search":
      return words.trim() === "" ? null : `search:${words.trim()}`;
    case "category":
      return category === "" ? null : `category:${category}`;
  }
}
