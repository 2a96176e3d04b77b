import { SUPPLIER_SHORT } from "@/data/accounts";
import type { Column } from "@/ipc/bindings/Column";
import type { ProductRow } from "@/ipc/bindings/ProductRow";
import { Badge, Dot } from "@/ui/Badge";

import { AT_THE_END } from "./columns";
import type { Say } from "./say";

export const isDelisted = (row: ProductRow) => row.status === "delisted";

export function Status({ row, say }: { row: ProductRow; say: Say }) {
  if (isDelisted(row)) return <Badge>{say.delisted}</Badge>;
  if (row.stock === 0) return <Badge tone="warn">{say.soldOut}</Badge>;
  return (
    <span className="flex items-center gap-1.5 text-sm text-muted">
      <Dot tone="good" />
      {say.active}
    </span>
  );
}

export const codeOf = (row: ProductRow) => `${SUPPLIER_SHORT[row.supplier]} · ${row.sku ?? row.product_id}`;

/** What stands in a column, beside picture and title. */
export function Cell({ column, row, say }: { column: Column; row: ProductRow; say: Say }) {
  const end = AT_THE_END.includes(column) ? "text-right" : "";
  const quiet = isDelisted(row) || column !== "price" ? "text-muted" : "";
  if (column === "status") return <span role="gridcell"><Status row={row} say={say} /></span>;
  const text =
    column === "price" ? say.price(row)
    : column === "stock" ? say.number(row.stock)
    : column === "warehouse" ? say.number(row.stock_in_warehouse)
    : column === "variants" ? say.number(row.variants)
    : column === "seen" ? say.ago(row)
    : column === "category" ? say.category(row)
    : (row.sku ?? "–");
  const tone = column === "stock" ? (row.stock === 0 ? "text-warn" : "") : quiet;
  return (
    <span role="gridcell" className={`truncate ${end} ${tone} ${column === "sku" ? "font-mono text-xs" : ""}`}>
      {text}
    </span>
  );
}
