import { useQuery } from "@tanstack/react-query";
import { Download, RefreshCw } from "lucide-react";
import { Suspense, useCallback, useMemo, useState } from "react";

import { isConnected } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useNavigation, type Wish } from "@/data/navigation";
import { useAccount, usePreference, useStatus } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { ProductsView } from "@/ipc/bindings/ProductsView";
import { later } from "@/lib/later";
import { useFreshness } from "@/tabs/shared/Freshness";
import { Button } from "@/ui/Button";
import { PageHead } from "@/ui/Card";

import { ProductDrawer } from "./drawer/ProductDrawer";
import { type Filter, isFiltered, NO_FILTER, rememberFilter, rememberedFilter, SOLD_OUT, toQuery } from "./filter";
import { Filters } from "./filters/Filters";
import { ProductList } from "./list/ProductList";
import { NOTHING, type Selection } from "./list/selection";
import { useRows } from "./list/use-rows";
import { ShopMenu } from "./ShopMenu";
import { SyncArea } from "./sync/SyncArea";

const ImportDialog = later(() => import("./import/ImportDialog").then((module) => module.ImportDialog));

const VIEW: ProductsView = { layout: "table", columns: ["price", "stock", "variants", "status"], saved: [] };

type Opened = Wish["product"] | null;

export function ProductsTab() {
  const { t } = useTranslation();
  const { wish } = useNavigation();
  const format = useFormat();
  const status = useStatus().data;
  const cj = isConnected(useAccount("cj"));
  const aliexpress = isConnected(useAccount("aliexpress"));
  const backend = useBackend();
  // Its state only: a list of products is not drawn anew for every step of a sync.
  const sync = useQuery({ queryKey: keys.sync, queryFn: () => backend.syncCurrent(), select: (current) => current?.state ?? null }).data ?? null;
  const view = usePreference((preferences) => preferences.products) ?? VIEW;
  const [filter, setFilter] = useState<Filter>(() => (wish.soldOut === true ? SOLD_OUT : rememberedFilter()));
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [opened, setOpened] = useState<Opened>(wish.product ?? null);
  const [importing, setImporting] = useState(wish.import === true);
  const [planning, setPlanning] = useState<boolean | null>(wish.sync === true ? true : null);

  const change = useCallback(
    (next: Filter) => {
      // What is chosen stays chosen while it is only shown in another order.
      if (JSON.stringify({ ...next, sort: filter.sort }) !== JSON.stringify(filter)) setSelection(NOTHING);
      rememberFilter(next);
      setFilter(next);
    },
    [filter],
  );
  const closePlan = useCallback(() => setPlanning(false), []);
  const query = useMemo(() => toQuery(filter), [filter]);
  const list = useRows(query);
  const count = list.data?.count;
  const note = useFreshness("products", status?.last_sync?.finished_at ?? null);
  const empty = status?.catalog.products === 0;
  // With an empty catalogue a sync is the only thing to do: its panel is open from the start.
  const planOpen = planning ?? (empty && cj);

  return (
    <div className="flex h-full flex-col gap-3.5 overflow-y-auto px-5 pt-6.5 min-[1000px]:px-8 pb-5">
      <PageHead
        note={note}
        title={count ? t("products.count", { count, amount: format.number(count) }) : t("tabs.products")}
        actions={
          <>
            <ShopMenu selection={isFiltered(filter) ? { kind: "query", query } : { kind: "all" }} disabled={empty} first={wish.publish === true ? "publish" : wish.export === true ? "export" : null} />
            <Button icon={<Download aria-hidden />} disabled={!aliexpress} title={t(aliexpress ? "products.import" : "products.import_needs")} data-testid="import-open" onClick={() => setImporting(true)}>
              {t("products.import_open")}
            </Button>
            <Button
              look={planOpen || sync ? "secondary" : "primary"}
              icon={<RefreshCw aria-hidden />}
              disabled={!(cj || aliexpress) || sync === "running"}
              title={cj || aliexpress ? undefined : t("products.sync_needs")}
              aria-expanded={planOpen}
              data-testid="sync-open"
              onClick={() => setPlanning(!planOpen)}
            >
              {t("products.sync")}
            </Button>
          </>
        }
      />
      <SyncArea planOpen={planOpen} onPlanClose={closePlan} />
      {(!empty || isFiltered(filter)) && <Filters filter={filter} view={view} onChange={change} />}
      <ProductList
        list={list}
        view={view}
        sort={filter.sort}
        onSort={(sort) => change({ ...filter, sort })}
        filtered={isFiltered(filter)}
        opened={opened?.id ?? null}
        onOpen={(row) => setOpened({ supplier: row.supplier, id: row.product_id })}
        selection={selection}
        onSelect={setSelection}
        onClearFilter={() => change({ ...NO_FILTER, sort: filter.sort })}
        onImport={aliexpress ? () => setImporting(true) : null}
      />
      {opened && <ProductDrawer product={opened} onClose={() => setOpened(null)} onOpen={setOpened} />}
      {importing && (
        <Suspense>
          <ImportDialog onClose={() => setImporting(false)} onOpen={(product) => { setImporting(false); setOpened(product); }} />
        </Suspense>
      )}
    </div>
  );
}
