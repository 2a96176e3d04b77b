
import { SUPPLIER_SHORT } from "@/data/accounts";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { OrderRow } from "@/ipc/order-row";
import { Button } from "@/ui/Button";

import { OrderBadge } from "./OrderBadge";

interface Props {
  rows: OrderRow[];
  onOpen: (row: OrderRow) => void;
  more: (() => void) | null;
  fetching: boolean;
}

export function OrderTable({ rows, onOpen, more, fetching }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <table className="w-full">
        <thead className="sticky top-0 bg-surface">
          <tr className="border-b border-line-soft text-left text-sm text-muted [&>th]:h-8.5 [&>th]:px-3.5 [&>th]:font-medium">
            <th scope="col">{t("orders.columns.order")}</th>
            <th scope="col" className="max-small:hidden">{t("orders.columns.supplier")}</th>
            <th scope="col">{t("orders.columns.state")}</th>
            <th scope="col" className="max-[1000px]:hidden">{t("orders.columns.tracking")}</th>
            <th scope="col">{t("orders.columns.placed")}</th>
            <th scope="col" className="text-right">{t("orders.columns.total")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={`${row.supplier}${row.order_id}`}
              data-testid="order-row"
              data-id={row.order_id}
              onClick={() => onOpen(row)}
              className="border-b border-line-soft hover:bg-hover [&>td]:h-13.5 [&>td]:px-3.5"
            >
              <td>
                <button type="button" className="block rounded-sm text-left">
                  {row.shop_order_number ?? row.order_id}
                </button>
                <span className="block text-sm text-muted">{row.destination ?? row.order_id}</span>
              </td>
              <td className="max-small:hidden">{SUPPLIER_SHORT[row.supplier]}</td>
              <td>
                <OrderBadge state={row.state} />
              </td>
              <td className="font-mono text-xs text-muted max-[1000px]:hidden">{row.tracking_numbers[0] ?? "–"}</td>
              <td className="whitespace-nowrap text-muted">{row.created_at === null ? "–" : format.date(row.created_at)}</td>
              <td className="text-right whitespace-nowrap">{format.money(row.total, row.currency) ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more && (
        <div className="flex justify-center py-3">
          <Button size="sm" busy={fetching} onClick={more}>
            {t("orders.more")}
          </Button>
        </div>
      )}
    </div>
  );
}
