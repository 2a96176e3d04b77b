
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { ProductDetail } from "@/ipc/bindings/ProductDetail";
import type { VariantRow } from "@/ipc/bindings/VariantRow";

export function Variants({ detail }: { detail: ProductDetail }) {
  const { t } = useTranslation();
  if (detail.items.length === 0) {
    return <p className="rounded-md bg-sunken px-3.5 py-2.5 text-muted">{t("product.no_variants")}</p>;
  }
  return (
    <section aria-label={t("product.variants")}>
      <h3 className="mb-1">
        {t("product.variants")} <span className="font-normal text-muted">{detail.items.length}</span>
      </h3>
      <table className="w-full">
        <thead>
          <tr className="text-left text-sm text-muted">
            <th scope="col" className="py-1 font-medium">{t("product.variant")}</th>
            <th scope="col" className="py-1 text-right font-medium">{t("products.columns.price")}</th>
            <th scope="col" className="py-1 text-right font-medium">{t("products.columns.stock")}</th>
          </tr>
        </thead>
        <tbody>
          {detail.items.map((item) => (
            <Line key={item.variant_id} item={item} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ item }: { item: VariantRow }) {
  const format = useFormat();
  const where = item.warehouses.map((warehouse) => `${format.country(warehouse.country)} ${format.number(warehouse.total)}`).join(" · ");
  return (
    <tr className="border-t border-line-soft align-top">
      <td className="py-1.5 pr-3">
        {item.title}
        {(item.sku !== null || where !== "") && (
          <span className="block text-sm text-muted wrap-anywhere">
            {item.sku !== null && <span className="font-mono text-xs select-text">{item.sku}</span>}
            {item.sku !== null && where !== "" && " · "}
            {where}
          </span>
        )}
      </td>
      <td className="py-1.5 text-right whitespace-nowrap">{format.money(item.price, item.currency) ?? "–"}</td>
      <td className={`py-1.5 pl-4 text-right ${item.stock === 0 ? "text-warn" : "text-muted"}`}>{item.stock === null ? "–" : format.number(item.stock)}</td>
    </tr>
  );
}
