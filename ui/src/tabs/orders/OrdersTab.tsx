import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { ListPlus, ReceiptText, RefreshCw } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { isConnected } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useNavigation } from "@/data/navigation";
import { useStatus } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { OrderRow } from "@/ipc/order-row";
import type { OrderState } from "@/ipc/bindings/OrderState";
import { useFreshness } from "@/tabs/shared/Freshness";
import { Button } from "@/ui/Button";
import { PageHead } from "@/ui/Card";
import { Chip } from "@/ui/Chip";
import { Empty, ErrorNote, Loading } from "@/ui/Feedback";

import { AddOrders } from "./AddOrders";
import { OrderDrawer } from "./OrderDrawer";
import { ordersQuery } from "./orders-query";
import { OrderTable } from "./OrderTable";

const STATES = ["unpaid", "processing", "shipped", "delivered", "cancelled"] as const satisfies readonly OrderState[];

export function OrdersTab() {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const status = useStatus().data;
  const connected = status?.accounts.some(isConnected) === true;
  const [state, setState] = useState<OrderState | null>(null);
  const [opened, setOpened] = useState<OrderRow | null>(null);
  const [adding, setAdding] = useState(false);
  const orders = useInfiniteQuery({ ...ordersQuery(backend, state), placeholderData: (before) => before });
  const refresh = useMutation({
    mutationFn: () => backend.ordersRefresh(),
    onSettled: () => client.invalidateQueries({ queryKey: keys.orders }),
  });
  const { wish } = useNavigation();
  const asked = useRef(false);
  const { mutate: ask } = refresh;
  useEffect(() => {
    if (wish.refresh !== true || asked.current) return;
    asked.current = true;
    ask();
  }, [wish.refresh, ask]);
  const rows = orders.data?.pages.flatMap((page) => page.items) ?? [];
  const newest = rows.reduce<string | null>((at, { seen_at }) => (at === null || seen_at > at ? seen_at : at), null);
  const note = useFreshness("orders", newest);

  return (
    <div className="flex h-full flex-col gap-3.5 overflow-y-auto px-5 pt-6.5 min-[1000px]:px-8 pb-5">
      <PageHead
        title={t("tabs.orders")}
        note={note}
        actions={
          <>
            {refresh.isSuccess && (
              <span role="status" className="text-sm text-muted">
                {t("orders.refreshed", { count: refresh.data })}
              </span>
            )}
            <Button icon={<ListPlus aria-hidden />} data-testid="orders-add" disabled={!isConnected(status?.accounts.find(({ supplier }) => supplier === "aliexpress"))} onClick={() => setAdding(true)}>
              {t("add_orders.open")}
            </Button>
            <Button icon={<RefreshCw aria-hidden />} data-testid="orders-refresh" disabled={!connected} busy={refresh.isPending} onClick={() => refresh.mutate()}>
              {t("orders.refresh")}
            </Button>
          </>
        }
      />
      <div role="group" aria-label={t("orders.filter")} className="flex flex-wrap gap-2">
        <Chip on={state === null} onToggle={() => setState(null)}>
          {t("orders.all")}
        </Chip>
        {STATES.map((option) => (
          <Chip key={option} on={state === option} onToggle={() => setState(state === option ? null : option)}>
            {t(`orders.states.${option}`)}
          </Chip>
        ))}
      </div>
      {refresh.isError && <ErrorNote error={toErrorView(refresh.error)} />}
      {orders.isError && rows.length === 0 ? (
        <ErrorNote error={toErrorView(orders.error)} action={<Button onClick={() => void orders.refetch()}>{t("common.retry")}</Button>} />
      ) : (
        <div className="flex min-h-60 flex-1 flex-col overflow-hidden rounded-lg border bg-surface shadow-card">
          {orders.isPending ? (
            <Loading rows={7} />
          ) : rows.length === 0 ? (
            <Nothing filtered={state !== null} connected={connected} onAll={() => setState(null)} onRefresh={() => refresh.mutate()} />
          ) : (
            <OrderTable
              rows={rows}
              onOpen={setOpened}
              more={orders.hasNextPage ? () => void orders.fetchNextPage() : null}
              fetching={orders.isFetchingNextPage}
            />
          )}
        </div>
      )}
      {adding && <AddOrders onClose={() => setAdding(false)} />}
      {opened && <OrderDrawer order={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}

function Nothing({ filtered, connected, onAll, onRefresh }: { filtered: boolean; connected: boolean; onAll: () => void; onRefresh: () => void }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  if (filtered) return <Empty icon={<ReceiptText />} title={t("orders.none_state")} action={<Button onClick={onAll}>{t("orders.show_all")}</Button>} />;
  if (!connected) {
    return (
      <Empty icon={<ReceiptText />} title={t("orders.empty")} action={<Button look="primary" onClick={() => go("authentication")}>{t("orders.connect")}</Button>}>
        {t("orders.connect_note")}
      </Empty>
    );
  }
  return (
    <Empty icon={<ReceiptText />} title={t("orders.empty")} action={<Button onClick={onRefresh}>{t("orders.refresh")}</Button>}>
      {t("orders.empty_note")}
    </Empty>
  );
}
