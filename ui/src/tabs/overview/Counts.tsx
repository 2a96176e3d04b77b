import { useQuery } from "@tanstack/react-query";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useNavigation } from "@/data/navigation";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { OrderQuery } from "@/ipc/bindings/OrderQuery";
import type { ProductQuery } from "@/ipc/bindings/ProductQuery";
import type { Status } from "@/ipc/bindings/Status";

const SOLD_OUT: ProductQuery = { sort: "relevance", in_stock: false, status: "active" };
const UNPAID: OrderQuery = { state: "unpaid", limit: 50 };

/** The catalogue in four numbers, each the way to what it counts. */
export function Counts({ status }: { status: Status }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const format = useFormat();
  const { go } = useNavigation();
  const out = useQuery({ queryKey: keys.productsCount(SOLD_OUT), queryFn: () => backend.productsCount(SOLD_OUT) }).data;
  const unpaid = useQuery({ queryKey: ["orders", "unpaid"], queryFn: () => backend.ordersPage(UNPAID) }).data;
  const cells = [
    { name: t("overview.products"), value: format.number(status.catalog.products), tab: "products" as const, wish: {} },
    { name: t("overview.variants"), value: format.number(status.catalog.variants), tab: "products" as const, wish: {} },
    { name: t("overview.sold_out"), value: out ? format.number(out.count) + (out.more ? "+" : "") : "–", tab: "products" as const, wish: { soldOut: true } },
    { name: t("overview.unpaid"), value: unpaid ? format.number(unpaid.items.length) + (unpaid.next === null ? "" : "+") : "–", tab: "orders" as const, wish: {} },
  ];
  return (
    <section aria-label={t("overview.counts")} className="grid grid-cols-4 overflow-hidden rounded-lg border bg-surface shadow-card">
      {cells.map((cell) => (
        <button
          key={cell.name}
          type="button"
          onClick={() => go(cell.tab, cell.wish)}
          className="border-l border-line-soft px-4.5 py-3 text-left first:border-l-0 hover:bg-hover focus-visible:-outline-offset-2"
        >
          <span className="block text-lg font-semibold tracking-tight">{cell.value}</span>
          <span className="block text-sm text-muted">{cell.name}</span>
        </button>
      ))}
    </section>
  );
}
