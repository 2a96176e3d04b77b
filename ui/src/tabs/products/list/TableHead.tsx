import { ArrowDown, ArrowUp } from "lucide-react";
import { memo } from "react";

import { useTranslation } from "@/i18n";
import type { Column } from "@/ipc/bindings/Column";
import type { Sort } from "@/ipc/bindings/Sort";
import { cx } from "@/lib/cx";

import { AT_THE_END, direction, nextOrder, ORDERS } from "./columns";

interface Props {
  columns: readonly Column[];
  template: string;
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** All, some or none are chosen. */
  chosen: boolean | "some";
  onChooseAll: (all: boolean) => void;
}

/** Not drawn anew for every row that scrolls by. */
export const TableHead = memo(function TableHead({ columns, template, sort, onSort, chosen, onChooseAll }: Props) {
  const { t } = useTranslation();
  return (
    <div role="rowgroup" className="border-b border-line-soft">
      <div role="row" aria-rowindex={1} className="grid h-8.5 items-center gap-x-3 px-3.5 text-sm text-muted" style={{ gridTemplateColumns: template }}>
        <span role="columnheader">
          <input
            type="checkbox"
            data-testid="choose-all"
            aria-label={t("products.select.all")}
            checked={chosen === true}
            ref={(box) => {
              if (box) box.indeterminate = chosen === "some";
            }}
            onChange={() => onChooseAll(chosen !== true)}
            className="block size-3.5 accent-accent"
          />
        </span>
        {/* The picture needs no heading of its own. */}
        <Heading column="title" text={t("products.columns.product")} sort={sort} onSort={onSort} className="col-span-2 pl-12" />
        {columns.map((column) => (
          <Heading key={column} column={column} text={t(`products.columns.${column}`)} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  );
});

interface HeadingProps extends Pick<Props, "sort" | "onSort"> {
  column: Column | "title";
  text: string;
  className?: string;
}

function Heading({ column, text, sort, onSort, className }: HeadingProps) {
  const end = column !== "title" && AT_THE_END.includes(column);
  const order = direction(sort, column);
  const arrow = order === "ascending" ? <ArrowUp aria-hidden /> : order === "descending" ? <ArrowDown aria-hidden /> : null;
  return (
    <span role="columnheader" aria-sort={order} className={cx("min-w-0", end && "text-right", className)}>
      {ORDERS[column] ? (
        <button
          type="button"
          data-testid={`sort-${column}`}
          onClick={() => onSort(nextOrder(sort, column))}
          className={cx("inline-flex max-w-full items-center gap-1 rounded-sm hover:text-text [&>svg]:size-3 [&>svg]:shrink-0", order && "font-medium text-text")}
        >
          {end && arrow}
          <span className="truncate">{text}</span>
          {!end && arrow}
        </button>
      ) : (
        <span className="block truncate">{text}</span>
      )}
    </span>
  );
}
