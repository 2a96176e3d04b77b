/** Which products an action is about; pure. Everything a query finds is kept as the query: a million keys would not be. */
import type { ExportSelection } from "@/ipc/bindings/ExportSelection";
import type { ProductKey } from "@/ipc/bindings/ProductKey";
import type { ProductQuery } from "@/ipc/bindings/ProductQuery";
import type { ProductRow } from "@/ipc/bindings/ProductRow";

export type Selection =
  | { kind: "products"; products: ReadonlyMap<string, ProductKey> }
  | { kind: "query"; query: ProductQuery; count: number };

export const NOTHING: Selection = { kind: "products", products: new Map() };

type Named = Pick<ProductRow, "supplier" | "account" | "product_id">;

export const nameOf = ({ supplier, account, product_id }: Named) => `${supplier} ${account} ${product_id}`;
const keyOf = ({ supplier, account, product_id }: Named): ProductKey => ({ supplier, account, product_id });

export const sizeOf = (selection: Selection) => (selection.kind === "query" ? selection.count : selection.products.size);
export const holds = (selection: Selection, row: Named) => selection.kind === "query" || selection.products.has(nameOf(row));

export const these = (rows: readonly Named[]): Selection => ({ kind: "products", products: new Map(rows.map((row) => [nameOf(row), keyOf(row)])) });

/** All that a list holds, as the question that found it. */
export const everything = ({ query, count }: { query: ProductQuery; count: number }): Selection => ({ kind: "query", query, count });

/** With these rows too, or without them. */
export function changed(selection: Selection, rows: readonly Named[], chosen: boolean): Selection {
  if (selection.kind === "query") return selection;
  const products = new Map(selection.products);
  for (const row of rows) {
    if (chosen) products.set(nameOf(row), keyOf(row));
    else products.delete(nameOf(row));
  }
  return { kind: "products", products };
}

/** The same as the core's files for shops take it. */
export const forExport = (selection: Selection): ExportSelection =>
  selection.kind === "query" ? { kind: "query", query: selection.query } : { kind: "products", products: [...selection.products.values()] };
