import { TriangleAlert } from "lucide-react";

import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { OrderAdded } from "@/ipc/bindings/OrderAdded";
import { ErrorDetails, Note } from "@/ui/Feedback";
import { Tick } from "@/ui/Stepper";

import { OrderBadge } from "./OrderBadge";

/** What became of each order named: it came, it has no number, AliExpress does not know it, or something stopped them all. */
export function AddedOrders({ results, left }: { results: OrderAdded[]; left: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (results.length === 0) return null;
  const added = results.filter(({ order }) => order !== null).length;
  const failed = results.length - added;
  // The last one may be what stopped the rest: it is said in full, with its time.
  const last = results.at(-1)?.error ?? null;
  const stopping = left > 0 && last !== null && last.code !== "not_found" && last.code !== "bad_input" ? last : null;
  return (
    <div className="mt-4 border-t border-line-soft pt-3">
      <p role="status" className="mb-2 font-medium" data-testid="add-orders-summary">
        {[added > 0 && t("add_orders.added", { count: added }), failed > 0 && t("add_orders.failed", { count: failed })].filter(Boolean).join(" · ")}
      </p>
      {stopping && (
        <Note role="alert" tone="warn" code={stopping.code} icon={<TriangleAlert aria-hidden />} title={t(`core:errors.${stopping.code}.what`)} className="mb-3">
          <p>{t(`core:errors.${stopping.code}.meaning`)}</p>
          <p>
            {stopping.retry_at !== null && `${t("error.retry_at", { time: format.time(stopping.retry_at) })} `}
            {t("add_orders.left", { count: left })}
          </p>
          <ErrorDetails error={stopping} />
        </Note>
      )}
      {left > 0 && !stopping && <p className="mb-2">{t("add_orders.left", { count: left })}</p>}
      <ul aria-live="polite" data-testid="add-orders-results" className="max-h-56 space-y-1.5 overflow-y-auto">
        {results.map(({ item, order, error }, index) => (
          <Tick key={`${item}${index}`} state={order ? "done" : "failed"} detail={order ? undefined : error === null ? t("add_orders.no_number") : error.code === "not_found" ? t("add_orders.not_yours") : t(`core:errors.${error.code}.what`)}>
            <span className="flex flex-wrap items-baseline gap-x-2.5">
              <span className="font-mono text-sm wrap-anywhere">{order?.order_id ?? item}</span>
              {order && <OrderBadge state={order.state} />}
              {order && <span className="text-muted">{format.money(order.total, order.currency)}</span>}
            </span>
          </Tick>
        ))}
      </ul>
    </div>
  );
}
