import { memo } from "react";
import { useTranslation } from "react-i18next";

import { SUPPLIER_SHORT } from "@/data/accounts";
import { useFormat } from "@/i18n/format";
import type { ProductRow } from "@/ipc/bindings/ProductRow";
import { cx } from "@/lib/cx";
import { Badge, Dot } from "@/ui/Badge";
import { Picture } from "@/ui/Picture";

export const ROW_HEIGHT = 54;

export const COLUMNS =
  "grid items-center gap-3 px-3.5 grid-cols-[36px_minmax(0,1fr)_148px_76px_64px_84px] max-[1000px]:grid-cols-[36px_minmax(0,1fr)_140px_72px_80px]";

interface Props {
  row: ProductRow;
  index: number;
  top: number;
  selected: boolean;
  onOpen: (row: ProductRow) => void;
}

export const ProductLine = memo(function ProductLine({ row, index, top, selected, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const delisted = row.status === "delisted";
  return (
    <div
      role="row"
      data-testid="product-row"
      data-id={row.product_id}
      aria-rowindex={index + 2}
      // The button inside carries keyboard and name; a press anywhere on the row counts.
      onClick={() => onOpen(row)}
      className={cx(COLUMNS, "absolute inset-x-0 border-b border-line-soft", selected ? "bg-accent-soft" : "hover:bg-hover")}
      style={{ height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
    >
      <span role="cell">
        <Picture src={row.image} className={cx("size-9", delisted && "opacity-50")} />
      </span>
      <span role="cell" className="min-w-0">
        <button type="button" className="block max-w-full truncate rounded-sm text-left">
          {row.title}
        </button>
        <span className="block truncate text-sm text-muted">
          {SUPPLIER_SHORT[row.supplier]} · {row.sku ?? row.product_id}
        </span>
      </span>
      <span role="cell" className={cx("truncate text-right", delisted && "text-muted")}>
        {format.priceRange(row.price_min, row.price_max, row.currency) ?? "–"}
      </span>
      <span role="cell" className={cx("text-right", row.stock === 0 && "text-warn")}>
        {row.stock === null ? "–" : format.number(row.stock)}
      </span>
      <span role="cell" className="text-right text-muted max-[1000px]:hidden">
        {row.variants === null ? "–" : format.number(row.variants)}
      </span>
      <span role="cell">
        {delisted ? (
          <Badge>{t("products.status.delisted")}</Badge>
        ) : row.stock === 0 ? (
          <Badge tone="warn">{t("products.status.sold_out")}</Badge>
        ) : (
          <span className="flex items-center gap-1.5 text-sm text-muted">
            <Dot tone="good" />
            {t("products.status.active")}
          </span>
        )}
      </span>
    </div>
  );
});
