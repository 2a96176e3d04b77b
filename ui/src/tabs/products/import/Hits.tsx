import { Check } from "lucide-react";

import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { SupplierHit } from "@/ipc/bindings/SupplierHit";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Picture } from "@/ui/Picture";

interface Props {
  hits: SupplierHit[];
  /** Ids imported since the search. */
  imported: Set<string>;
  pending: string | null;
  onImport: (id: string) => void;
  page: number;
  onPage: (page: number) => void;
}

export function Hits({ hits, imported, pending, onImport, page, onPage }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <ul>
        {hits.map((hit) => {
          const facts = [hit.orders !== null && t("import.orders", { orders: hit.orders }), hit.score !== null && t("import.score", { score: hit.score })].filter(Boolean);
          return (
            <li key={hit.product_id} data-testid="import-hit" className="flex items-center gap-3 border-b border-line-soft px-5 py-2">
              <Picture src={hit.image} className="size-9" />
              <div className="min-w-0 flex-1">
                <p className="truncate">{hit.title}</p>
                <p className="truncate text-sm text-muted">{facts.join(" · ") || hit.product_id}</p>
              </div>
              <span className="shrink-0">{format.money(hit.price, hit.currency) ?? "–"}</span>
              {hit.imported || imported.has(hit.product_id) ? (
                <Badge tone="good">
                  <Check aria-hidden className="size-3" />
                  {t("import.done")}
                </Badge>
              ) : (
                <Button size="sm" busy={pending === hit.product_id} disabled={pending !== null} aria-label={t("import.one", { title: hit.title })} onClick={() => onImport(hit.product_id)}>
                  {t("import.button")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <div className="flex justify-center gap-2 pt-3">
        {page > 1 && (
          <Button size="sm" onClick={() => onPage(page - 1)}>
            {t("common.previous")}
          </Button>
        )}
        <Button size="sm" onClick={() => onPage(page + 1)}>
          {t("common.next")}
        </Button>
      </div>
    </>
  );
}
