import { memo, useEffect, useLayoutEffect, useSyncExternalStore } from "react";

import { useTranslation } from "@/i18n";
import type { ProductRow } from "@/ipc/bindings/ProductRow";
import { cx } from "@/lib/cx";
import { useLongList } from "@/lib/use-long-list";
import { useWidth } from "@/lib/use-width";
import { Skeleton } from "@/ui/Feedback";
import { Picture } from "@/ui/Picture";

import { codeOf, isDelisted, Status } from "./Cells";
import { type Say, useSay } from "./say";
import { holds } from "./selection";
import type { ViewProps } from "./TableView";
import { useListKeys } from "./use-list-keys";

/** A line of cards, px. */
const LINE = 270;
/** The least a card may be wide, px. */
const CARD = 172;

export function GridView({ rows, opened, onOpen, selection, onSelect }: ViewProps) {
  const { t } = useTranslation();
  const say = useSay();
  useSyncExternalStore(rows.subscribe, rows.version);
  const [width, measured] = useWidth();
  const across = Math.max(1, Math.floor(width / CARD));
  const list = useLongList({ rows: Math.ceil(rows.count / across), row: LINE, over: 1 });
  const { scroller, first, end, reveal, rewind } = list;
  const lines = Math.max(1, list.nodes - 3);
  const keys = useListKeys({ rows, across, page: across * lines, selection, onSelect, onOpen, reveal: (index) => reveal(Math.floor(index / across)) });

  useEffect(() => rows.want(first * across, Math.min(end * across, rows.count)), [rows, first, end, across]);
  useLayoutEffect(() => rewind(), [rows.query, rewind]);

  const lineAt = Math.floor(keys.active / across);
  return (
    <div
      role="grid"
      tabIndex={0}
      aria-label={t("tabs.products")}
      aria-rowcount={Math.ceil(rows.count / across)}
      aria-multiselectable
      aria-activedescendant={keys.active >= 0 && lineAt >= first && lineAt < end ? `product-${keys.active}` : undefined}
      data-testid="products-list"
      data-words={rows.query.words ?? ""}
      onFocus={keys.onFocus}
      onKeyDown={keys.onKeyDown}
      className="flex min-h-0 flex-1 flex-col outline-none"
    >
      <div ref={scroller} role="presentation" data-scroller="" onClick={keys.onClick} className="min-h-0 flex-1 overflow-y-auto px-2 [overflow-anchor:none]">
        <div ref={measured} role="rowgroup" className="relative" style={{ height: list.height }}>
          {Array.from({ length: Math.max(0, end - first) }, (_, step) => {
            const line = first + step;
            const start = line * across;
            return (
              <div
                key={line % list.nodes}
                role="row"
                aria-rowindex={line + 1}
                className="absolute inset-x-0 grid contain-strict"
                style={{ height: LINE, transform: `translateY(${list.top(line)}px)`, gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))` }}
              >
                {Array.from({ length: Math.min(across, rows.count - start) }, (_, column) => {
                  const row = rows.at(start + column);
                  const selected = row !== undefined && holds(selection, row);
                  return <Tile key={column} row={row} index={start + column} say={say} selected={selected} active={start + column === keys.active} opened={row !== undefined && row.product_id === opened} />;
                })}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface TileProps {
  row: ProductRow | undefined;
  index: number;
  say: Say;
  selected: boolean;
  active: boolean;
  opened: boolean;
}

const Tile = memo(function Tile({ row, index, say, selected, active, opened }: TileProps) {
  return (
    <div
      role="gridcell"
      id={`product-${index}`}
      data-testid="product-row"
      data-id={row?.product_id}
      data-index={index}
      aria-selected={selected}
      aria-busy={row ? undefined : true}
      className={cx(
        "group relative m-1.5 flex min-h-0 flex-col rounded-md p-2",
        selected || opened ? "bg-accent-soft" : "hover:bg-hover",
        active && "outline-2 -outline-offset-2 outline-transparent in-focus-visible:outline-accent",
      )}
    >
      {row ? (
        <>
          <Picture key={row.image} src={row.image} className={cx("h-32 w-full", isDelisted(row) && "opacity-50")} />
          <input
            type="checkbox"
            tabIndex={-1}
            readOnly
            checked={selected}
            aria-label={say.choose(row)}
            data-choose=""
            className={cx("absolute top-3.5 left-3.5 size-4 accent-accent", !selected && "opacity-60 group-hover:opacity-100")}
          />
          <button type="button" tabIndex={-1} className="mt-2 line-clamp-2 w-full text-left">
            {row.title}
          </button>
          <span className="truncate text-sm text-muted">{codeOf(row)}</span>
          <span className="mt-auto truncate font-medium">{say.price(row)}</span>
          {(isDelisted(row) || row.stock === 0) && (
            <span className="absolute top-3.5 right-3.5">
              <Status row={row} say={say} />
            </span>
          )}
        </>
      ) : (
        <span data-blank="">
          <Skeleton className="h-32 rounded-md" />
          <Skeleton className="mt-3 h-2.5 w-3/4" />
        </span>
      )}
    </div>
  );
});
