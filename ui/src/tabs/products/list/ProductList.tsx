import { PackageOpen, SearchX } from "lucide-react";

import { isConnected } from "@/data/accounts";
import { useNavigation } from "@/data/navigation";
import { useAccount, useCurrentSync } from "@/data/queries";
import { useTranslation } from "@/i18n";
import type { ProductRow } from "@/ipc/bindings/ProductRow";
import type { ProductsView } from "@/ipc/bindings/ProductsView";
import type { Sort } from "@/ipc/bindings/Sort";
import { toErrorView } from "@/ipc/error";
import { Button } from "@/ui/Button";
import { Empty, ErrorNote, Loading } from "@/ui/Feedback";

import { GridView } from "./GridView";
import { type Selection, sizeOf } from "./selection";
import { SelectionBar } from "./SelectionBar";
import { TableView } from "./TableView";
import type { useRows } from "./use-rows";

interface Props {
  list: ReturnType<typeof useRows>;
  view: ProductsView;
  sort: Sort;
  onSort: (sort: Sort) => void;
  filtered: boolean;
  opened: string | null;
  onOpen: (row: ProductRow) => void;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onClearFilter: () => void;
  onImport: (() => void) | null;
}

/** The catalogue as rows or cards, or what stands in its place. */
export function ProductList({ list, view, sort, onSort, filtered, opened, onOpen, selection, onSelect, onClearFilter, onImport }: Props) {
  const { t } = useTranslation();
  const rows = list.data;
  const retry = <Button onClick={() => void list.refetch()}>{t("common.retry")}</Button>;
  if (list.isError && !rows) return <ErrorNote error={toErrorView(list.error)} action={retry} />;
  const shared = { opened, onOpen, selection, onSelect };
  return (
    <div className="flex min-h-60 flex-1 flex-col overflow-hidden rounded-lg border bg-surface shadow-card" aria-busy={list.isPlaceholderData}>
      {list.isError && <ErrorNote className="m-2" error={toErrorView(list.error)} action={retry} />}
      {!rows ? (
        <Loading rows={9} />
      ) : rows.count === 0 ? (
        <Nothing filtered={filtered} onClearFilter={onClearFilter} onImport={onImport} />
      ) : (
        <>
          {rows.error !== null && <ErrorNote className="m-2" error={toErrorView(rows.error)} action={retry} />}
          {view.layout === "grid" ? <GridView rows={rows} {...shared} /> : <TableView rows={rows} columns={view.columns} sort={sort} onSort={onSort} {...shared} />}
          {sizeOf(selection) > 0 && <SelectionBar rows={rows} selection={selection} onSelect={onSelect} />}
        </>
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
