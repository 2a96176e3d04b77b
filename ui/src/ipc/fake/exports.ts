import type { Backend } from "../backend";
import type { ExportFormat } from "../bindings/ExportFormat";
import type { ExportSelection } from "../bindings/ExportSelection";
import type { PriceRules } from "../bindings/PriceRules";
import type { Priced } from "../bindings/Priced";
import type { ProductQuery } from "../bindings/ProductQuery";
import type { ProductRow } from "../bindings/ProductRow";
import { errorView, refuse, type World } from "./world";

type Methods = Pick<Backend, "exportPreview" | "exportStart" | "exportStop" | "exportReveal" | "priceRules" | "setPriceRules" | "pricePreview">;

const USUAL: PriceRules = {
  currency: "EUR",
  rates: [{ currency: "USD", rate: "0.92" }],
  ranges: [{ up_to: "5", multiplier: "3", add: "1" }, { up_to: "20", multiplier: "2.2", add: "0" }, { up_to: null, multiplier: "1.6", add: "4" }],
  rounding: "point99",
  freight: "3.5",
  least_profit: "2",
  compare_at: null,
};

/** Close enough to the core's rules for a picture; the figures that count are the core's. */
function priced(rules: PriceRules, row: ProductRow): Priced | null {
  const rate = row.currency === rules.currency ? 1 : Number(rules.rates.find((one) => one.currency === row.currency)?.rate ?? NaN);
  if (Number.isNaN(rate) || row.price_min === null) return null;
  const cost = Number(row.price_min) * rate;
  const range = rules.ranges.find(({ up_to }) => up_to === null || cost <= Number(up_to));
  const asked = cost * Number(range?.multiplier ?? 1) + Number(range?.add ?? 0);
  const least = cost + Number(rules.freight) + Number(rules.least_profit);
  const end = { none: 0, whole: 0, point95: 0.95, point99: 0.99 }[rules.rounding];
  const round = (value: number) => (rules.rounding === "none" ? Math.ceil(value * 100) / 100 : Math.max(0, Math.ceil(value - end)) + end);
  const price = round(Math.max(asked, least));
  return {
    cost: cost.toFixed(2),
    price: price.toFixed(2),
    compare_at: rules.compare_at === null ? null : round(price * Number(rules.compare_at)).toFixed(2),
    profit: (price - cost - Number(rules.freight)).toFixed(2),
    floored: asked < least,
  };
}

const COLUMNS: Record<ExportFormat, string[]> = {
  shopify: ["Title", "URL handle", "Status", "SKU", "Option1 name", "Option1 value", "Price", "Cost per item", "Inventory quantity", "Product image URL"],
  woocommerce: ["Type", "SKU", "Name", "Published", "In stock?", "Stock", "Regular price", "Categories", "Parent"],
  generic: ["supplier", "product_id", "sku", "title", "category", "cost", "cost_currency", "price", "currency", "stock"],
};

export function exportMethods(world: World, page: Backend["productsPage"], count: Backend["productsCount"]): Methods {
  let rules = USUAL;
  const control = { stopped: false, running: false };
  const stopRequested = () => control.stopped;
  const queryOf = (selection: ExportSelection): ProductQuery => (selection.kind === "query" ? selection.query : { sort: "relevance" });
  const sizeOf = async (selection: ExportSelection) => (selection.kind === "products" ? selection.products.length : (await count({ ...queryOf(selection) })).count);
  const row = (format: ExportFormat, product: ProductRow, prices: boolean): string[] => {
    const price = (prices ? priced(rules, product)?.price : product.price_min) ?? "";
    const stock = String(product.stock ?? "");
    const cost = product.price_min ?? "";
    if (format === "shopify") return [product.title, `p-${product.product_id.toLowerCase()}`, "active", product.sku ?? product.product_id, "Color", "Noir", price, cost, stock, "https://cf.example.test/photo.jpg"];
    if (format === "woocommerce") return ["variable", product.sku ?? product.product_id, product.title, "1", "1", stock, price, (product.category ?? "").replaceAll(" / ", " > "), ""];
    return [product.supplier, product.product_id, product.sku ?? "", product.title, product.category ?? "", cost, "USD", price, prices ? rules.currency : "USD", stock];
  };
  return {
    async exportPreview({ format, selection, prices }) {
      await world.wait(120);
      const few = selection.kind === "products" ? new Set(selection.products.map(({ product_id }) => product_id)) : null;
      const found = await page({ ...queryOf(selection), limit: few === null ? 8 : 200 });
      const items = found.items.filter(({ product_id }) => few === null || few.has(product_id)).slice(0, 8);
      return {
        columns: COLUMNS[format],
        rows: items.map((product) => row(format, product, prices)),
        products: await sizeOf(selection),
        notes: format === "shopify" && items.length > 0 ? [{ note: "without_details" as const, count: 2 }] : [],
      };
    },
    async exportStart({ format, selection }) {
      if (control.running) return refuse(errorView("bad_input", { message: "an export is at work already" }));
      Object.assign(control, { running: true, stopped: false });
      const total = await sizeOf(selection);
      for (let step = 1; step <= 24; step += 1) {
        world.tell({ event: "export_progress", done: Math.round((total * step) / 24), total, rows: Math.round((total * step * 3) / 24), eta_s: Math.ceil((24 - step) / 4) });
        await world.wait(180);
        if (stopRequested()) {
          control.running = false;
          return refuse(errorView("stopped", { message: "stopped by the owner" }));
        }
      }
      control.running = false;
      const name = `/home/vous/Téléchargements/smartlinks-${format === "generic" ? "products" : format}`;
      const bytes = total * 700;
      const parts = format === "shopify" ? Math.ceil(bytes / 15_000_000) : 1;
      const receipt = {
        files: parts > 1 ? Array.from({ length: parts }, (_, part) => `${name}-${part + 1}-of-${parts}.csv`) : [`${name}.csv`],
        format, rows: total * 3, products: total, skipped: 3, bytes,
        notes: [{ note: "no_price" as const, count: 3 }, { note: "options_joined" as const, count: 12 }],
      };
      world.tell({ event: "export_ended", receipt, error: null });
      return receipt;
    },
    exportStop() {
      control.stopped = true;
      return Promise.resolve();
    },
    exportReveal: () => world.wait(80),
    async priceRules() {
      await world.wait(60);
      return structuredClone(rules);
    },
    async setPriceRules(next) {
      await world.wait(150);
      rules = next ?? USUAL;
      return structuredClone(rules);
    },
    async pricePreview(tried, query) {
      await world.wait(60);
      const { items } = await page({ ...query, limit: 20 });
      return {
        currency: tried.currency,
        rows: items.map((product) => {
          const made = priced(tried, product);
          return { supplier: product.supplier, product_id: product.product_id, title: product.title, image: product.image, cost: product.price_min, currency: product.currency, priced: made, unpriced: made === null ? ("no_rate" as const) : null };
        }),
      };
    },
  };
}
