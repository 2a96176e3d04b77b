import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ExternalLink, RefreshCw } from "lucide-react";
import { useTranslation } from "react-i18next";

import { SUPPLIER_NAMES, SUPPLIER_SHORT } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import type { Wish } from "@/data/navigation";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import type { ProductDetail } from "@/ipc/bindings/ProductDetail";
import { ChangeWords } from "@/tabs/shared/ChangeWords";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Facts } from "@/ui/Card";
import { Drawer } from "@/ui/Dialog";
import { ErrorNote, Loading } from "@/ui/Feedback";

import { Freight } from "./Freight";
import { Gallery } from "./Gallery";
import { PriceHistory } from "./PriceHistory";
import { Variants } from "./Variants";

export function ProductDrawer({ product, onClose }: { product: NonNullable<Wish["product"]>; onClose: () => void }) {
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
      void client.invalidateQueries({ queryKey: ["products", "page"] });
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
        <Body detail={data} />
      ) : detail.isError ? (
        <ErrorNote className="m-5" error={toErrorView(detail.error)} action={<Button onClick={() => void detail.refetch()}>{t("common.retry")}</Button>} />
      ) : (
        <Loading rows={5} />
      )}
    </Drawer>
  );
}

function Body({ detail }: { detail: ProductDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="space-y-5 px-5 py-4">
      <Gallery images={detail.images.length > 0 ? detail.images : detail.image ? [detail.image] : []} title={detail.title} />
      <div className="flex items-baseline justify-between gap-3">
        <span className="text-xl font-semibold tracking-tight">{format.priceRange(detail.price_min, detail.price_max, detail.currency) ?? "–"}</span>
        {detail.status === "delisted" ? (
          <Badge tone="bad">{t("product.delisted")}</Badge>
        ) : detail.stock === null ? (
          <span className="text-muted">{t("product.stock_unknown")}</span>
        ) : (
          <span className={detail.stock === 0 ? "text-warn" : "text-muted"}>{t("product.stock", { count: detail.stock, stock: format.number(detail.stock) })}</span>
        )}
      </div>
      <Variants detail={detail} />
      <PriceHistory detail={detail} />
      <Freight key={detail.product_id} product={detail} />
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
            [t("product.seen"), format.ago(detail.seen_at)],
            [t("product.details_at"), detail.details_at === null ? t("product.never") : format.ago(detail.details_at)],
          ]}
        />
      </section>
    </div>
  );
}
