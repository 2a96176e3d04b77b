import { useQuery } from "@tanstack/react-query";
import { DatabaseZap, Download, RefreshCw } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { isConnected } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useNavigation, type Wish } from "@/data/navigation";
import { useAccount, useCurrentSync, useStatus } from "@/data/queries";
import { useFormat } from "@/i18n/format";
import { useDebounced } from "@/lib/use-debounced";
import { Button } from "@/ui/Button";
import { PageHead } from "@/ui/Card";

import { Filters } from "./Filters";
import { type Filter, isFiltered, NO_FILTER, rememberFilter, rememberedFilter, toQuery } from "./filter";
import { ProductDrawer } from "./ProductDrawer";
import { ProductTable } from "./ProductTable";
import { SyncArea } from "./sync/SyncArea";

const ImportDialog = lazy(() => import("./import/ImportDialog").then((module) => ({ default: module.ImportDialog })));

const PublishDialog = lazy(() => import("./publish/PublishDialog").then((module) => ({ default: module.PublishDialog })));

type Opened = Wish["product"] | null;

export function ProductsTab() {
  const { t } = useTranslation();
  const { wish } = useNavigation();
  const backend = useBackend();
  const format = useFormat();
  const status = useStatus().data;
  const cj = isConnected(useAccount("cj"));
  const aliexpress = isConnected(useAccount("aliexpress"));
  const current = useCurrentSync().data ?? null;
  const [filter, setFilter] = useState<Filter>(rememberedFilter);
  const [opened, setOpened] = useState<Opened>(wish.product ?? null);
  const [importing, setImporting] = useState(wish.import === true);
  const [publishing, setPublishing] = useState(wish.publish === true);
  const [planning, setPlanning] = useState<boolean | null>(wish.sync === true ? true : null);

  const change = (next: Filter) => {
    rememberFilter(next);
    setFilter(next);
  };
  const words = useDebounced(filter.words);
  const query = useMemo(() => toQuery({ ...filter, words }), [filter, words]);
  const count = useQuery({
    queryKey: keys.productsCount(query),
    queryFn: () => backend.productsCount(query),
    placeholderData: (before) => before,
  }).data;
  const empty = status?.catalog.products === 0;
  // With an empty catalogue a sync is the only thing to do: its panel is open from the start.
  const planOpen = planning ?? (empty && cj);
  const amount = count ? format.number(count.count) + (count.more ? "+" : "") : null;

  return (
    <div className="flex h-full flex-col gap-3.5 px-8 pt-6.5 pb-5">
      <PageHead
        title={amount !== null && count && count.count > 0 ? t("products.count", { count: count.count, amount }) : t("tabs.products")}
        actions={
          <>
            <Button icon={<DatabaseZap aria-hidden />} disabled={empty} data-testid="publish-open" onClick={() => setPublishing(true)}>{t("publish.open")}</Button>
            <Button icon={<Download aria-hidden />} disabled={!aliexpress} title={aliexpress ? undefined : t("products.import_needs")} data-testid="import-open" onClick={() => setImporting(true)}>
              {t("products.import")}
            </Button>
            <Button
              look={planOpen || current ? "secondary" : "primary"}
              icon={<RefreshCw aria-hidden />}
              disabled={!(cj || aliexpress) || current?.state === "running"}
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
      <SyncArea planOpen={planOpen} onPlanClose={() => setPlanning(false)} />
      {(!empty || isFiltered(filter)) && <Filters filter={filter} onChange={change} />}
      <ProductTable
        query={query}
        filtered={isFiltered(filter)}
        selected={opened?.id ?? null}
        onOpen={(row) => setOpened({ supplier: row.supplier, id: row.product_id })}
        onClearFilter={() => change({ ...NO_FILTER, sort: filter.sort })}
        onImport={aliexpress ? () => setImporting(true) : null}
        rows={count?.count ?? 0}
      />
      {opened && <ProductDrawer product={opened} onClose={() => setOpened(null)} />}
      {publishing && (
        <Suspense>
          <PublishDialog onClose={() => setPublishing(false)} />
        </Suspense>
      )}
      {importing && (
        <Suspense>
          <ImportDialog onClose={() => setImporting(false)} onOpen={(product) => { setImporting(false); setOpened(product); }} />
        </Suspense>
      )}
    </div>
  );
}
