import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { PackageOpen, SearchX } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

import { isConnected } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useNavigation } from "@/data/navigation";
import { useAccount, useCurrentSync } from "@/data/queries";
import { toErrorView } from "@/ipc/error";
import type { ProductQuery } from "@/ipc/bindings/ProductQuery";
import type { ProductRow } from "@/ipc/bindings/ProductRow";
import { Button } from "@/ui/Button";
import { Empty, ErrorNote, Loading } from "@/ui/Feedback";

import { COLUMNS, ProductLine, ROW_HEIGHT } from "./ProductLine";

const PAGE = 100;

interface Props {
  query: ProductQuery;
  filtered: boolean;
  rows: number;
  selected: string | null;
  onOpen: (row: ProductRow) => void;
  onClearFilter: () => void;
  onImport: (() => void) | null;
}

/** Keyset pages, fetched as the owner scrolls; only the rows on the screen exist. */
export function ProductTable({ query, filtered, rows, selected, onOpen, onClearFilter, onImport }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const pages = useInfiniteQuery({
    queryKey: keys.productsPage(query),
    queryFn: ({ pageParam }) => backend.productsPage({ ...query, limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const items = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const scroller = useRef<HTMLDivElement>(null);
  // The compiler of React cannot see through the virtualizer's own mutable state; nothing here relies on its memoizing.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown > items.length - PAGE / 2) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, items.length]);
  // Another question starts at its own beginning.
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [query]);

  if (pages.isError && items.length === 0) {
    return <ErrorNote error={toErrorView(pages.error)} action={<Button onClick={() => void pages.refetch()}>{t("common.retry")}</Button>} />;
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-lg border bg-surface shadow-card">
      {pages.isPending ? (
        <Loading rows={9} />
      ) : items.length === 0 ? (
        <Nothing filtered={filtered} onClearFilter={onClearFilter} onImport={onImport} />
      ) : (
        <div role="table" aria-label={t("tabs.products")} aria-rowcount={rows + 1} className="flex min-h-0 flex-1 flex-col">
          <div role="rowgroup" className="border-b border-line-soft">
            <div role="row" aria-rowindex={1} className={`${COLUMNS} h-8.5 text-sm text-muted`}>
              <span role="columnheader" className="col-span-2 pl-12">{t("products.columns.product")}</span>
              <span role="columnheader" className="text-right">{t("products.columns.price")}</span>
              <span role="columnheader" className="text-right">{t("products.columns.stock")}</span>
              <span role="columnheader" className="text-right max-[1000px]:hidden">{t("products.columns.variants")}</span>
              <span role="columnheader">{t("products.columns.status")}</span>
            </div>
          </div>
          <div ref={scroller} role="presentation" className={`min-h-0 flex-1 overflow-y-auto ${pages.isPlaceholderData ? "opacity-60" : ""}`}>
            <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
              {shown.map((place) => {
                const row = items[place.index];
                return row ? (
                  <ProductLine key={`${row.supplier}${row.product_id}`} row={row} index={place.index} top={place.start} selected={row.product_id === selected} onOpen={onOpen} />
                ) : null;
              })}
            </div>
          </div>
        </div>
      )}
    </div>
  );
}

function Nothing({ filtered, onClearFilter, onImport }: { filtered: boolean; onClearFilter: () => void; onImport: (() => void) | null }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const cj = isConnected(useAccount("cj"));
  const syncing = useCurrentSync().data?.state === "running";
  if (filtered) {
    return (
      <Empty icon={<SearchX />} title={t("products.none_found")} action={<Button onClick={onClearFilter}>{t("products.show_all")}</Button>}>
        {t("products.none_found_note")}
      </Empty>
    );
  }
  if (syncing) return <Empty icon={<PackageOpen />} title={t("products.arriving")}>{t("products.arriving_note")}</Empty>;
  return (
    <Empty
      icon={<PackageOpen />}
      title={t("products.empty")}
      action={
        <>
          {!cj && (
            <Button look="primary" onClick={() => go("authentication", { guide: "cj" })}>
              {t("products.empty_connect")}
            </Button>
          )}
          {onImport && <Button onClick={onImport}>{t("products.import")}</Button>}
        </>
      }
    >
      {cj ? t("products.empty_sync_note") : t("products.empty_connect_note")}
    </Empty>
  );
}
