import { useCallback, useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from "react";

import { useTranslation } from "@/i18n";
import type { Column } from "@/ipc/bindings/Column";
import type { ProductRow } from "@/ipc/bindings/ProductRow";
import type { Sort } from "@/ipc/bindings/Sort";
import { useLongList } from "@/lib/use-long-list";
import { useWidth } from "@/lib/use-width";

import { fitting, template as templateOf } from "./columns";
import { Line, ROW_HEIGHT } from "./Line";
import type { Rows } from "./rows";
import { useSay } from "./say";
import { everything, holds, NOTHING, type Selection, sizeOf } from "./selection";
import { TableHead } from "./TableHead";
import { useListKeys } from "./use-list-keys";

export interface ViewProps {
  rows: Rows;
  opened: string | null;
  onOpen: (row: ProductRow) => void;
  selection: Selection;
  onSelect: (selection: Selection) => void;
}

export function TableView({ rows, opened, onOpen, selection, onSelect, columns: chosen, sort, onSort }: ViewProps & { columns: readonly Column[]; sort: Sort; onSort: (sort: Sort) => void }) {
  const { t } = useTranslation();
  const say = useSay();
  useSyncExternalStore(rows.subscribe, rows.version);
  const list = useLongList({ rows: rows.count, row: ROW_HEIGHT });
  const { scroller, first, end, reveal, rewind } = list;
  const [width, measured] = useWidth();
  const columns = useMemo(() => fitting(chosen, width), [chosen, width]);
  const template = useMemo(() => templateOf(columns), [columns]);
  const [page, setPage] = useState(10);
  const keys = useListKeys({ rows, across: 1, page, selection, onSelect, onOpen, reveal });

  const chooseAll = useCallback((all: boolean) => onSelect(all ? everything(rows) : NOTHING), [rows, onSelect]);

  useEffect(() => rows.want(first, end), [rows, first, end]);
  useEffect(() => setPage(Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1)), [scroller, list.nodes]);
  // Another question starts at its own beginning.
  useLayoutEffect(() => rewind(), [rows.query, rewind]);

  return (
    <div
      role="grid"
      tabIndex={0}
      aria-label={t("tabs.products")}
      aria-rowcount={rows.count + 1}
      aria-colcount={columns.length + 3}
      aria-multiselectable
      aria-activedescendant={keys.active >= first && keys.active < end ? `product-${keys.active}` : undefined}
      data-testid="products-list"
      data-words={rows.query.words ?? ""}
      onFocus={keys.onFocus}
      onKeyDown={keys.onKeyDown}
      className="flex min-h-0 flex-1 flex-col outline-none"
    >
      <TableHead
        columns={columns}
        template={template}
        sort={sort}
        onSort={onSort}
        chosen={sizeOf(selection) === 0 ? false : sizeOf(selection) === rows.count ? true : "some"}
        onChooseAll={chooseAll}
      />
      <div ref={scroller} role="presentation" data-scroller="" onClick={keys.onClick} className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none]">
        <div ref={measured} role="rowgroup" className="relative" style={{ height: list.height }}>
          {Array.from({ length: Math.max(0, end - first) }, (_, step) => {
            const index = first + step;
            const row = rows.at(index);
            return (
              <Line
                key={index % list.nodes}
                row={row}
                index={index}
                top={list.top(index)}
                columns={columns}
                template={template}
                say={say}
                selected={row !== undefined && holds(selection, row)}
                active={index === keys.active}
                opened={row !== undefined && row.product_id === opened}
                flying={list.flying}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
