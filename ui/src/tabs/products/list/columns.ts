/** The columns of the table: how wide, how ordered, which of them fit; pure. */
import type { Column } from "@/ipc/bindings/Column";
import type { Sort } from "@/ipc/bindings/Sort";

export const COLUMNS: readonly Column[] = ["sku", "category", "price", "stock", "warehouse", "variants", "status", "seen"];

/** Widths in steps of the 4-px grid. */
const WIDE: Record<Column, number> = { sku: 34, category: 36, price: 37, stock: 19, warehouse: 24, variants: 18, status: 21, seen: 27 };
/** Box, picture, the least a title needs, and what stands between columns and at the edges. */
const FIXED = 4 + 9 + 52 + 2 * 4;
const GAP = 3;
const STEP = 4;

export const AT_THE_END: readonly Column[] = ["price", "stock", "warehouse", "variants"];

/** The orders a heading stands for: the first press takes the first. The title is no column one can hide. */
export const ORDERS: Partial<Record<Column | "title", readonly [Sort, Sort]>> = {
  title: ["title_up", "title_down"],
  price: ["price_up", "price_down"],
  stock: ["stock_down", "stock_up"],
};

export function nextOrder(sort: Sort, column: Column | "title"): Sort {
  const [first, second] = ORDERS[column] ?? [sort, sort];
  return sort === first ? second : first;
}

/** As a screen reader says it; undefined where the list is not in this order. */
export function direction(sort: Sort, column: Column | "title"): "ascending" | "descending" | undefined {
  if (!ORDERS[column]?.includes(sort)) return undefined;
  return sort.endsWith("_up") ? "ascending" : "descending";
}

/** The chosen columns from the left, as many as the width has room for. */
export function fitting(chosen: readonly Column[], width: number): Column[] {
  let left = width / STEP - FIXED - 2 * GAP;
  return chosen.filter((column) => {
    left -= WIDE[column] + GAP;
    return left >= 0;
  });
}

export const template = (columns: readonly Column[]) =>
  `calc(var(--spacing) * 4) calc(var(--spacing) * 9) minmax(0, 1fr) ${columns.map((column) => `calc(var(--spacing) * ${WIDE[column]})`).join(" ")}`;

/** Chosen or not, in the order of the table. */
export const withColumn = (chosen: readonly Column[], column: Column, shown: boolean): Column[] =>
  COLUMNS.filter((one) => (one === column ? shown : chosen.includes(one)));
