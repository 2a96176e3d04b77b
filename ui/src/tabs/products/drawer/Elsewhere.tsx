import { useQuery } from "@tanstack/react-query";

import { SUPPLIER_SHORT, SUPPLIERS } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import type { Wish } from "@/data/navigation";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { ProductDetail } from "@/ipc/bindings/ProductDetail";
import { Picture } from "@/ui/Picture";

import { telling } from "./telling";

/** What looks like the same item in the catalogue of the other supplier; nothing where nothing does. */
export function Elsewhere({ detail, onOpen }: { detail: ProductDetail; onOpen: (product: NonNullable<Wish["product"]>) => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const format = useFormat();
  const other = SUPPLIERS.find((supplier) => supplier !== detail.supplier) ?? detail.supplier;
  const words = telling(detail.title);
  const found = useQuery({
    queryKey: keys.productsLike(other, words),
    queryFn: () => backend.productsPage({ words, supplier: other, sort: "relevance", limit: 3 }),
    enabled: words !== "",
  }).data?.items;
  if (!found || found.length === 0) return null;
  const title = t("product.elsewhere", { supplier: SUPPLIER_SHORT[other] });
  return (
    <section aria-label={title} data-testid="elsewhere">
      <h3 className="mb-1">{title}</h3>
      <ul>
        {found.map((row) => (
          <li key={row.product_id} className="flex items-center gap-3 border-t border-line-soft py-1.5">
            <Picture src={row.image} className="size-9" />
            <button type="button" className="min-w-0 flex-1 truncate rounded-sm text-left hover:text-accent-text" onClick={() => onOpen({ supplier: row.supplier, id: row.product_id })}>
              {row.title}
            </button>
            <span className="whitespace-nowrap">{format.priceRange(row.price_min, row.price_max, row.currency) ?? "–"}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
