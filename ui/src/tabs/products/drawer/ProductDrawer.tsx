import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ExternalLink, RefreshCw } from "lucide-react";

import { SUPPLIER_NAMES, SUPPLIER_SHORT } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import type { Wish } from "@/data/navigation";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { useMinutes } from "@/lib/use-now";
import { toErrorView } from "@/ipc/error";
import type { ProductDetail } from "@/ipc/bindings/ProductDetail";
import { ChangeWords } from "@/tabs/shared/ChangeWords";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Facts } from "@/ui/Card";
import { Drawer, DrawerFigure } from "@/ui/Dialog";
import { ErrorNote, Loading } from "@/ui/Feedback";

import { Freight } from "../Freight";
import { Elsewhere } from "./Elsewhere";
import { Gallery } from "./Gallery";
import { History } from "./History";
import { Variants } from "./Variants";

type Opened = NonNullable<Wish["product"]>;

/** Older than this, figures are not shown without saying so. */
const STALE = 7 * 86_400_000;

export function ProductDrawer({ product, onClose, onOpen }: { product: Opened; onClose: () => void; onOpen: (product: Opened) => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const { supplier, id } = product;
  const queryKey = keys.product(supplier, id);
  const detail = useQuery({ queryKey, queryFn: () => backend.productShow(supplier, id) });
  const refresh = useMutation({
    mutationFn: () => backend.productRefresh(supplier, id),
    onSuccess: (fresh) => {
      client.setQueryData(queryKey, fresh);
      void client.invalidateQueries({ queryKey: keys.products, predicate: (one) => one.queryKey[1] === "places" });
    },
  });
  const data = detail.data;
  const url = data?.supplier_url;
  return (
    <Drawer
      open
      onClose={onClose}
      testId="product-drawer"
      title={data?.title ?? t("common.loading")}
      note={data?.category ?? SUPPLIER_NAMES[supplier]}
      footer={
        <>
          <Button look="primary" icon={<RefreshCw aria-hidden />} busy={refresh.isPending} onClick={() => refresh.mutate()}>
            {t("product.refresh")}
          </Button>
          {url && (
            <Button icon={<ExternalLink aria-hidden />} onClick={() => void backend.openLink(url)}>
              {t("common.open_at", { supplier: SUPPLIER_SHORT[supplier] })}
            </Button>
          )}
        </>
      }
    >
      {refresh.isError && <ErrorNote className="mx-5 mt-4" error={toErrorView(refresh.error)} />}
      {data ? (
        <Body detail={data} onOpen={onOpen} />
      ) : detail.isError ? (
        <ErrorNote className="m-5" error={toErrorView(detail.error)} action={<Button onClick={() => void detail.refetch()}>{t("common.retry")}</Button>} />
      ) : (
        <Loading rows={5} />
      )}
    </Drawer>
  );
}

function Body({ detail, onOpen }: { detail: ProductDetail; onOpen: (product: Opened) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinutes();
  const countries = byCountry(detail.items);
  return (
    <div className="space-y-5 px-5 py-4">
      {now - new Date(detail.seen_at).getTime() > STALE && (
        <p role="status" data-testid="product-stale" className="rounded-md bg-warn-soft px-3.5 py-2 text-warn">{t("product.stale", { ago: format.ago(detail.seen_at) })}</p>
      )}
      <Gallery images={detail.images.length > 0 ? detail.images : detail.image ? [detail.image] : []} title={detail.title} />
      <DrawerFigure figure={format.priceRange(detail.price_min, detail.price_max, detail.currency) ?? "–"}>
        {detail.status === "delisted" ? (
          <Badge tone="bad">{t("product.delisted")}</Badge>
        ) : detail.stock === null ? (
          <span className="text-muted">{t("product.stock_unknown")}</span>
        ) : detail.stock === 0 ? (
          <Badge tone="warn">{t("products.status.sold_out")}</Badge>
        ) : (
          <span className="text-muted">{t("product.stock", { count: detail.stock, stock: format.number(detail.stock) })}</span>
        )}
      </DrawerFigure>
      <Variants detail={detail} />
      <History detail={detail} />
      <Freight key={detail.product_id} product={detail} />
      <Elsewhere detail={detail} onOpen={onOpen} />
      {detail.changes.length > 0 && (
        <section aria-label={t("product.changes")}>
          <h3 className="mb-1">{t("product.changes")}</h3>
          <ul>
            {detail.changes.map((change) => (
              <li key={`${change.at}${change.what}${change.variant_id ?? ""}`} className="flex items-center justify-between gap-3 border-t border-line-soft py-1.5">
                <span className="text-muted">{format.dateTime(change.at)}</span>
                <ChangeWords change={change} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={t("product.facts")}>
        <h3 className="mb-1.5">{t("product.facts")}</h3>
        <Facts
          rows={[
            [t("product.supplier"), SUPPLIER_NAMES[detail.supplier]],
            [t("product.id"), <span key="id" className="font-mono text-sm select-text">{detail.product_id}</span>],
            ...(detail.sku === null ? [] : [["SKU", <span key="sku" className="font-mono text-sm select-text">{detail.sku}</span>] as [string, React.JSX.Element]]),
            ...(detail.stock_in_warehouse === null ? [] : [[t("product.in_warehouse"), format.number(detail.stock_in_warehouse)] as [string, string]]),
            ...(countries.length === 0 ? [] : [[t("product.warehouses"), countries.map(([code, total]) => `${format.country(code)} ${format.number(total)}`).join(" · ")] as [string, string]]),
            [t("product.seen"), format.ago(detail.seen_at)],
            [t("product.details_at"), detail.details_at === null ? t("product.never") : format.ago(detail.details_at)],
          ]}
        />
      </section>
    </div>
  );
}

/** Pieces in each country, over all variants, most first. */
function byCountry(items: ProductDetail["items"]): [country: string, total: number][] {
  const totals = new Map<string, number>();
  for (const { warehouses } of items) for (const { country, total } of warehouses) totals.set(country, (totals.get(country) ?? 0) + total);
  return [...totals].sort((a, b) => b[1] - a[1]);
}
