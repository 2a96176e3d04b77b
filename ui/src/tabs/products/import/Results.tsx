
import type { Wish } from "@/data/navigation";
import { useTranslation } from "@/i18n";
import type { ImportResult } from "@/ipc/bindings/ImportResult";
import { Button } from "@/ui/Button";
import { Tick } from "@/ui/Stepper";

/** What became of each thing asked for. */
export function Results({ results, onOpen }: { results: ImportResult[]; onOpen: (product: NonNullable<Wish["product"]>) => void }) {
  const { t } = useTranslation();
  if (results.length === 0) return null;
  return (
    <ul aria-live="polite" data-testid="import-results" className="mt-3 max-h-40 space-y-1.5 overflow-y-auto">
      {results.map(({ item, product, error }, index) => (
        <Tick key={`${item}${index}`} state={product ? "done" : "failed"} detail={error ? t(`core:errors.${error.code}.next`) : undefined}>
          {product ? (
            <>
              {product.title}{" "}
              <Button size="sm" look="quiet" onClick={() => onOpen({ supplier: product.supplier, id: product.product_id })}>
                {t("common.see")}
              </Button>
            </>
          ) : (
            <>
              <span className="font-mono text-xs wrap-anywhere">{item}</span> {error && t(`core:errors.${error.code}.what`)}
            </>
          )}
        </Tick>
      ))}
    </ul>
  );
}
