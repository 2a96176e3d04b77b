/** A catalogue made on demand: product number n is the same every time, and ten thousand cost no memory. */
import type { ChangeRow } from "../bindings/ChangeRow";
import type { ProductDetail } from "../bindings/ProductDetail";
import type { ProductRow } from "../bindings/ProductRow";
import { at, DAY, HOUR, MINUTE } from "./world";

const THINGS = [
  ["Bocal en verre hermétique", "Maison / Cuisine / Bocaux"], ["Lampe de bureau pliable", "Maison / Éclairage / Bureau"],
  ["Étui de voyage imperméable", "Bagages / Accessoires / Étuis"], ["Organiseur de tiroir", "Maison / Rangement / Tiroirs"],
  ["Montre connectée sport", "Électronique / Portables / Montres"], ["Tapis de yoga antidérapant", "Sport / Fitness / Tapis"],
  ["Gourde isotherme", "Sport / Plein air / Gourdes"], ["Coussin ergonomique", "Maison / Bureau / Coussins"],
  ["Chargeur sans fil", "Électronique / Téléphone / Chargeurs"], ["Sac à dos compact", "Bagages / Sacs / Sacs à dos"],
  ["Diffuseur d’huiles", "Maison / Bien-être / Diffuseurs"], ["Jouet d’éveil en bois", "Enfants / Jouets / Éveil"],
] as const;
const ASPECTS = ["bambou", "noir mat", "grand modèle", "lot de 6", "édition voyage", "format XL", "beige", "acier brossé", "pliable", "mini"];
const COLOURS = ["Noir", "Blanc", "Beige", "Vert sauge"];

/** A picture without a network: a soft square whose hue follows the product. */
export function picture(seed: number): string {
  const hue = (seed * 47) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop stop-color="hsl(${hue} 22% 80%)"/><stop offset="1" stop-color="hsl(${hue} 20% 62%)"/></linearGradient></defs><rect width="240" height="240" fill="url(#g)"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export function productAt(index: number): ProductRow {
  const [thing, category] = THINGS[index % THINGS.length] ?? THINGS[0];
  const aspect = ASPECTS[(index * 7) % ASPECTS.length] ?? "";
  const aliexpress = index % 5 === 3;
  const low = 1.5 + ((index * 37) % 400) / 10;
  const spread = index % 3 === 0 ? 0 : low * 0.4;
  const delisted = index % 41 === 11;
  const stock = index % 13 === 7 ? 0 : (index * 97) % 4200;
  return {
    supplier: aliexpress ? "aliexpress" : "cj",
    account: aliexpress ? "aliexpress" : "cj",
    product_id: aliexpress ? String(1_005_004_043_440_000 + index) : `16${String(10_000_000 + index)}-9F21`,
    title: `${thing}, ${aspect}`,
    sku: aliexpress ? null : `CJCF${7_001_234 + index}`,
    category,
    image: index % 29 === 5 ? null : picture(index),
    price_min: low.toFixed(2),
    price_max: (low + spread).toFixed(2),
    currency: "USD",
    stock: delisted ? 0 : stock,
    stock_in_warehouse: delisted ? 0 : Math.floor(stock / 3),
    variants: index % 17 === 16 ? null : 1 + (index % 4),
    status: delisted ? "delisted" : "active",
    seen_at: at(-12 * MINUTE - index * 1000),
  };
}

export function detailOf(index: number): ProductDetail {
  const product = productAt(index);
  const count = product.variants ?? 0;
  const each = Math.floor((product.stock ?? 0) / Math.max(1, count));
  const change = (ago: number, row: Partial<ChangeRow>): ChangeRow => ({
    supplier: product.supplier, product_id: product.product_id, title: product.title, variant_id: null,
    what: "price", old: null, new: null, currency: product.currency, at: at(-ago), ...row,
  });
  return {
    ...product,
    images: [0, 1, 2, 3].map((offset) => picture(index + offset * 3)),
    items: Array.from({ length: count }, (_, at) => ({
      variant_id: `${product.product_id}-${at}`,
      sku: product.sku === null ? `14:${at};5:100` : `${product.sku}-${at + 1}`,
      title: COLOURS[at % COLOURS.length] ?? "",
      options: [{ name: "Color", value: COLOURS[at % COLOURS.length] ?? "" }],
      price: (Number(product.price_min) + (at * (Number(product.price_max) - Number(product.price_min))) / Math.max(1, count - 1)).toFixed(2),
      currency: product.currency,
      stock: each,
      stock_in_warehouse: Math.floor(each / 3),
      image: picture(index + at),
      weight_g: String(180 + at * 40),
      warehouses: product.supplier === "cj" ? [
        { country: "CN", total: each - Math.floor(each / 4), in_warehouse: Math.floor(each / 3), at_factory: null, verified: true },
        { country: "US", total: Math.floor(each / 4), in_warehouse: Math.floor(each / 4), at_factory: 0, verified: true },
      ] : [],
    })),
    details_at: count === 0 ? null : at(-7 * HOUR),
    supplier_url: product.supplier === "cj" ? `https://cjdropshipping.com/product/p-${product.product_id}.html` : `https://www.aliexpress.com/item/${product.product_id}.html`,
    changes: [
      change(7 * HOUR, { old: (Number(product.price_min) * 0.92).toFixed(2), new: product.price_min }),
      change(3 * DAY, { what: "stock", old: "40", new: String(product.stock ?? 0) }),
      change(16 * DAY, { old: (Number(product.price_min) * 1.08).toFixed(2), new: (Number(product.price_min) * 0.92).toFixed(2) }),
    ],
  };
}
