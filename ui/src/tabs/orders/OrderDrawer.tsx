import { useMutation, useQuery } from "@tanstack/react-query";
import { ExternalLink, Truck } from "lucide-react";

import { SUPPLIER_NAMES, SUPPLIER_SHORT } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import type { OrderDetail } from "@/ipc/bindings/OrderDetail";
import type { OrderEvent } from "@/ipc/bindings/OrderEvent";
import type { OrderRow } from "@/ipc/order-row";
import { Button } from "@/ui/Button";
import { Facts } from "@/ui/Card";
import { Drawer, DrawerFigure } from "@/ui/Dialog";
import { ErrorNote, Loading } from "@/ui/Feedback";

import { OrderBadge } from "./OrderBadge";
import { Timeline } from "./Timeline";

export function OrderDrawer({ order, onClose }: { order: OrderRow; onClose: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const { supplier, order_id: id } = order;
  const detail = useQuery({ queryKey: keys.order(supplier, id), queryFn: () => backend.orderShow(supplier, id) });
  const track = useMutation({ mutationFn: () => backend.orderTrack(supplier, id) });
  const url = detail.data?.supplier_url;
  return (
    <Drawer
      open
      onClose={onClose}
      testId="order-drawer"
      title={order.shop_order_number ?? order.order_id}
      note={SUPPLIER_NAMES[supplier]}
      footer={
        <>
          {order.tracking_numbers.length > 0 && (
            <Button look="primary" icon={<Truck aria-hidden />} data-testid="order-track" busy={track.isPending} onClick={() => track.mutate()}>
              {t("order.track")}
            </Button>
          )}
          {url && (
            <Button icon={<ExternalLink aria-hidden />} onClick={() => void backend.openLink(url)}>
              {t("common.open_at", { supplier: SUPPLIER_SHORT[supplier] })}
            </Button>
          )}
        </>
      }
    >
      {track.isError && <ErrorNote className="mx-5 mt-4" error={toErrorView(track.error)} />}
      {detail.data ? (
        <Body detail={detail.data} tracking={track.data ?? null} />
      ) : detail.isError ? (
        <ErrorNote className="m-5" error={toErrorView(detail.error)} action={<Button onClick={() => void detail.refetch()}>{t("common.retry")}</Button>} />
      ) : (
        <Loading rows={5} />
      )}
    </Drawer>
  );
}

function Body({ detail, tracking }: { detail: OrderDetail; tracking: OrderEvent[] | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="space-y-5 px-5 py-4">
      <DrawerFigure figure={format.money(detail.total, detail.currency) ?? "–"}>
        <OrderBadge state={detail.state} />
      </DrawerFigure>
      {detail.lines.length > 0 && (
        <section aria-label={t("order.lines")}>
          <h3 className="mb-1">{t("order.lines")}</h3>
          <ul>
            {detail.lines.map((line, index) => (
              <li key={`${line.variant_id ?? line.product_id ?? ""}${index}`} className="flex gap-3 border-t border-line-soft py-1.5">
                <span className="text-muted">{format.number(line.quantity)} ×</span>
                <span className="min-w-0 flex-1">{line.title ?? line.variant_id ?? line.product_id ?? "–"}</span>
                <span className="whitespace-nowrap">{format.money(line.price, detail.currency) ?? "–"}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={t("order.story")}>
        <h3 className="mb-2">{t("order.story")}</h3>
        <Timeline events={detail.timeline} none={t("order.no_story")} />
      </section>
      {tracking && (
        <section aria-label={t("order.tracking")}>
          <h3 className="mb-2">{t("order.tracking")}</h3>
          <Timeline events={tracking} none={t("order.no_tracking")} />
        </section>
      )}
      <section aria-label={t("order.facts")}>
        <h3 className="mb-1.5">{t("order.facts")}</h3>
        <Facts
          rows={[
            [t("order.number"), <span key="id" className="font-mono text-sm select-text">{detail.order_id}</span>],
            ...(detail.destination === null ? [] : [[t("order.destination"), detail.destination] as [string, string]]),
            ...(detail.tracking_numbers.length === 0
              ? []
              : [[t("order.tracking_numbers"), <span key="tracking" className="font-mono text-sm select-text">{detail.tracking_numbers.join(", ")}</span>] as [string, React.JSX.Element]]),
            [t("order.raw_state", { supplier: SUPPLIER_SHORT[detail.supplier] }), <span key="raw" className="font-mono text-sm">{detail.raw_state}</span>],
            [t("order.seen"), format.ago(detail.seen_at)],
          ]}
        />
      </section>
    </div>
  );
}
