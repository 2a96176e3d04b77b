import { useQuery } from "@tanstack/react-query";

import { SUPPLIER_SHORT } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useNavigation } from "@/data/navigation";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import type { OrderQuery } from "@/ipc/bindings/OrderQuery";
import { useMinutes } from "@/lib/use-now";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Card, CardHead } from "@/ui/Card";
import { ErrorNote, Loading } from "@/ui/Feedback";

const SHOWN = 4;
const UNPAID: OrderQuery = { state: "unpaid", limit: SHOWN + 1 };

/** Orders that stand still until their owner does something. */
export function ToHandle() {
  const { t } = useTranslation();
  const backend = useBackend();
  const format = useFormat();
  const { go } = useNavigation();
  const now = useMinutes();
  const orders = useQuery({ queryKey: keys.ordersPage(UNPAID), queryFn: () => backend.ordersPage(UNPAID) });
  const rows = orders.data?.items.slice(0, SHOWN) ?? [];
  return (
    <Card aria-label={t("overview.to_handle.title")} className="overflow-hidden">
      <CardHead
        title={t("overview.to_handle.title")}
        action={
          <Button size="sm" look="quiet" className="-mr-2.5" onClick={() => go("orders")}>
            {t("overview.to_handle.all")}
          </Button>
        }
      />
      {orders.isError ? (
        <ErrorNote className="mx-4.5 mb-4" error={toErrorView(orders.error)} />
      ) : orders.isPending ? (
        <Loading rows={2} />
      ) : rows.length === 0 ? (
        <p className="px-4.5 pb-4 text-muted">{t("overview.to_handle.none")}</p>
      ) : (
        <ul>
          {rows.map((order) => (
            <li key={`${order.supplier}${order.order_id}`} className="border-t border-line-soft">
              <button
                type="button"
                onClick={() => go("orders")}
                className="flex w-full items-center gap-3 px-4.5 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate">{order.shop_order_number ?? order.order_id}</span>
                  <span className="block truncate text-sm text-muted">
                    {[order.destination, order.created_at === null ? null : format.ago(order.created_at, now)].filter(Boolean).join(" · ")}
                  </span>
                </span>
                <span className="shrink-0">{format.money(order.total, order.currency)}</span>
                <Badge tone="warn">{t("overview.to_handle.pay", { supplier: SUPPLIER_SHORT[order.supplier] })}</Badge>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
