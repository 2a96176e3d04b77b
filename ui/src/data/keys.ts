/** Names under which answers are remembered, in one place so that an event can say which are out of date. */
import type { ExportRequest } from "@/ipc/bindings/ExportRequest";
import type { OrderQuery } from "@/ipc/bindings/OrderQuery";
import type { ProductQuery } from "@/ipc/bindings/ProductQuery";
import type { Supplier } from "@/ipc/bindings/Supplier";

export const keys = {
  status: ["status"] as const,
  changes: ["changes"] as const,
  receipts: ["receipts"] as const,
  days: ["days"] as const,
  aliexpressApp: ["aliexpress", "app"] as const,
  aliexpressAppOf: (account: string | undefined) => ["aliexpress", "app", account] as const,
  attempt: ["aliexpress", "attempt"] as const,
  suggestedCallback: ["aliexpress", "callback"] as const,
  practice: ["practice"] as const,
  products: ["products"] as const,
  productsCount: (query: ProductQuery) => ["products", "count", query] as const,
  productsPlaces: (query: ProductQuery) => ["products", "places", query] as const,
  productsLike: (supplier: Supplier, title: string) => ["products", "like", supplier, title] as const,
  product: (supplier: Supplier, id: string) => ["products", "one", supplier, id] as const,
  categories: ["categories"] as const,
  export: ["export"] as const,
  exportPreview: (request: ExportRequest) => ["export", "preview", request] as const,
  priceRules: ["pricing", "rules"] as const,
  pricePreview: (rules: string, query: ProductQuery) => ["pricing", "preview", rules, query] as const,
  plan: (scope: string, details: boolean, all: boolean, account: string | undefined) => ["plan", scope, details, all, account] as const,
  sync: ["sync"] as const,
  savedSearches: ["saved-searches"] as const,
  failures: (run: number) => ["failures", run] as const,
  orders: ["orders"] as const,
  ordersPage: (query: OrderQuery) => ["orders", "page", query] as const,
  order: (supplier: Supplier, id: string) => ["orders", "one", supplier, id] as const,
  shop: ["shop"] as const,
  preferences: ["preferences"] as const,
  about: ["about"] as const,
  alerts: ["alerts"] as const,
  alertRules: ["alerts", "rules"] as const,
  schedule: ["schedule"] as const,
};
