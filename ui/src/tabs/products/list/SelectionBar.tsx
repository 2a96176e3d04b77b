import { useQueryClient } from "@tanstack/react-query";
import { RefreshCw, X } from "lucide-react";
import { useRef, useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { ProductKey } from "@/ipc/bindings/ProductKey";
import { useCopy } from "@/lib/use-copy";
import { Button, IconButton } from "@/ui/Button";

import { ShopMenu } from "../ShopMenu";
import type { Rows } from "./rows";
import { forExport, NOTHING, type Selection, sizeOf } from "./selection";

/** Beyond this many a sync asks for them in fewer calls. */
const REFRESHED = 200;
/** Ids beyond this are a file's business. */
const COPIED = 50_000;

interface Progress {
  done: number;
  total: number;
  failed: number;
}

/** What can be done with the products that are chosen. */
export function SelectionBar({ rows, selection, onSelect }: { rows: Rows; selection: Selection; onSelect: (selection: Selection) => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const format = useFormat();
  const [copied, copy] = useCopy();
  const [progress, setProgress] = useState<Progress | null>(null);
  const stop = useRef(new AbortController());
  const count = sizeOf(selection);
  const running = progress !== null && progress.done < progress.total;

  const refresh = async (products: ProductKey[]) => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    let failed = 0;
    setProgress({ done: 0, total: products.length, failed });
    for (const [index, { supplier, product_id }] of products.entries()) {
      if (signal.aborted) break;
      await backend.productRefresh(supplier, product_id).catch(() => (failed += 1));
      setProgress({ done: index + 1, total: products.length, failed });
    }
    if (signal.aborted) setProgress(null);
    void client.invalidateQueries({ queryKey: keys.products });
  };
  const ids = async () => {
    const named = selection.kind === "products" ? [...selection.products.values()] : await rows.range(0, rows.count);
    copy(named.map(({ product_id }) => product_id).join("\n"));
  };
  const close = () => {
    stop.current.abort();
    setProgress(null);
    onSelect(NOTHING);
  };

  return (
    <div role="region" aria-label={t("products.select.bar")} data-testid="selection-bar" className="flex flex-wrap items-center gap-2 border-t border-line-soft bg-sunken px-3.5 py-2">
      <p role="status" className="mr-auto">
        <span className="font-medium">{t("products.select.count", { count, amount: format.number(count) })}</span>
        {progress && (
          <span className="text-muted">
            {" · "}
            {running ? t("products.select.refreshing", { done: format.number(progress.done), total: format.number(progress.total) }) : t("products.select.refreshed", { count: progress.done - progress.failed, amount: format.number(progress.done - progress.failed) })}
            {progress.failed > 0 && ` · ${t("products.select.failed", { count: progress.failed })}`}
          </span>
        )}
      </p>
      {running ? (
        <Button size="sm" onClick={() => stop.current.abort()}>{t("common.cancel")}</Button>
      ) : (
        <Button
          size="sm"
          icon={<RefreshCw aria-hidden />}
          data-testid="selection-refresh"
          disabled={count > REFRESHED}
          title={count > REFRESHED ? t("products.select.refresh_many", { most: format.number(REFRESHED) }) : undefined}
          onClick={() => selection.kind === "products" ? void refresh([...selection.products.values()]) : void rows.range(0, rows.count).then(refresh)}
        >
          {t("products.select.refresh")}
        </Button>
      )}
      <Button size="sm" data-testid="selection-copy" disabled={count > COPIED} onClick={() => void ids()}>
        <span aria-live="polite">{copied ? t("common.copied") : t("products.select.copy")}</span>
      </Button>
      <ShopMenu size="sm" selection={forExport(selection)} testId="selection-shop" />
      <IconButton label={t("products.select.none")} data-testid="selection-clear" onClick={close}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
