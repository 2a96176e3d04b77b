
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { PricePreview } from "@/ipc/bindings/PricePreview";
import { Badge } from "@/ui/Badge";
import { Picture } from "@/ui/Picture";

/** Real products with what they cost, what the shop would ask, and what would remain. */
export function TriedPrices({ preview }: { preview: PricePreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, currency } = preview;
  if (rows.length === 0) return <p className="rounded-md bg-sunken px-3.5 py-6 text-center text-muted">{t("export.nothing")}</p>;
  return (
    <div role="region" aria-label={t("pricing.tried")} tabIndex={0} className="max-h-60 overflow-y-auto rounded-md border border-line" data-testid="tried-prices">
      <table className="w-full text-sm">
        <thead>
          <tr>
            {(["product", "cost", "price", "profit"] as const).map((column) => (
              <th key={column} scope="col" className={`sticky top-0 bg-sunken px-3 py-1 font-medium text-muted ${column === "product" ? "text-left" : "text-right whitespace-nowrap"}`}>
                {t(`pricing.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.supplier} ${row.product_id}`} className="border-t border-line-soft">
              <td className="max-w-72 px-3 py-1">
                <span className="flex items-center gap-2.5">
                  <Picture src={row.image} className="size-7 shrink-0" />
                  <span className="truncate">{row.title}</span>
                </span>
              </td>
              <td className="px-3 py-1 text-right whitespace-nowrap text-muted tabular-nums">{format.money(row.cost, row.currency) ?? "–"}</td>
              {row.priced ? (
                <>
                  <td className="px-3 py-1 text-right whitespace-nowrap tabular-nums">
                    {row.priced.compare_at !== null && <s className="mr-1.5 text-muted">{format.money(row.priced.compare_at, currency)}</s>}
                    <span className="font-semibold">{format.money(row.priced.price, currency)}</span>
                  </td>
                  <td className="px-3 py-1 text-right whitespace-nowrap tabular-nums">
                    {row.priced.floored && <span className="mr-1.5"><Badge tone="info">{t("pricing.floored")}</Badge></span>}
                    {format.money(row.priced.profit, currency)}
                  </td>
                </>
              ) : (
                <td colSpan={2} className="px-3 py-1 text-right text-warn">{t(`pricing.unpriced.${row.unpriced ?? "no_cost"}`, { currency: row.currency ?? "" })}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
