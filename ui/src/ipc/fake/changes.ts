import type { ChangeRow } from "../bindings/ChangeRow";
import { at, HOUR } from "./world";
import { productAt } from "./products";

export function recentChanges(): ChangeRow[] {
  const about = (index: number, ago: number, change: Partial<ChangeRow>): ChangeRow => {
    const { supplier, product_id, title, currency } = productAt(index);
    return { supplier, product_id, title, variant_id: null, what: "price", old: null, new: null, currency, at: at(-ago * HOUR), ...change };
  };
  return [
    about(2, 0.2, { old: "2.10", new: "2.85" }),
    about(7, 0.2, { what: "stock", old: "86", new: "0" }),
    about(4, 0.2, { old: "6.40", new: "5.90" }),
    about(11, 7, { what: "listing", old: "active", new: "delisted" }),
    about(15, 7, { old: "12.00", new: "12.90" }),
    about(21, 7.1, { what: "stock", old: "0", new: "340" }),
    about(26, 26, { what: "stock", old: "1240", new: "1108" }),
    about(33, 26, { old: "3.10", new: "2.95" }),
  ];
}
