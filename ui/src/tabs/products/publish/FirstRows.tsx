import { useQuery } from "@tanstack/react-query";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { ProductQuery } from "@/ipc/bindings/ProductQuery";

const QUERY: ProductQuery = { sort: "newest", limit: 4 };

/** The first rows as the shop's table will hold them. */
export function FirstRows() {
  const { t } = useTranslation();
  const backend = useBackend();
  const format = useFormat();
  const page = useQuery({ queryKey: [...keys.products, "first"], queryFn: () => backend.productsPage(QUERY) });
  if (!page.data || page.data.items.length === 0) return null;
  return (
    <table className="my-4 w-full table-fixed text-left text-sm">
      <caption className="mb-1 text-left text-muted">{t("publish.first_rows")}</caption>
      <thead className="text-muted">
        <tr>
          <th scope="col" className="w-2/5 py-1 pr-3 font-medium">title</th>
          <th scope="col" className="py-1 pr-3 font-medium">product_id</th>
          <th scope="col" className="py-1 pr-3 font-medium">price_min</th>
          <th scope="col" className="py-1 pr-3 font-medium">stock</th>
          <th scope="col" className="py-1 font-medium">status</th>
        </tr>
      </thead>
      <tbody>
        {page.data.items.map((row) => (
          <tr key={`${row.account}/${row.product_id}`} className="border-t border-line-soft">
            <td className="truncate py-1 pr-3">{row.title}</td>
            <td className="truncate py-1 pr-3 font-mono text-xs">{row.product_id}</td>
            <td className="truncate py-1 pr-3">{row.price_min === null ? "–" : `${row.price_min} ${row.currency ?? ""}`}</td>
            <td className="truncate py-1 pr-3">{row.stock === null ? "–" : format.number(row.stock)}</td>
            <td className="truncate py-1">{row.status}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
