import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useLiveSet } from "@/data/live-context";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { SyncReceipt } from "@/ipc/bindings/SyncReceipt";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/Feedback";

/** Which products did not come, why, and trying them again: one alone, or all that are left. */
export function SyncFailures({ receipt }: { receipt: SyncReceipt }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const setLive = useLiveSet();
  const failures = useQuery({ queryKey: keys.failures(receipt.run), queryFn: () => backend.syncFailures(receipt.run) });
  const retry = useMutation({
    mutationFn: (products: string[]) => backend.syncRetry(receipt.run, products),
    onMutate: () => setLive({ etaSeconds: null }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.sync });
      void client.invalidateQueries({ queryKey: keys.failures(receipt.run) });
    },
  });
  const left = failures.data?.filter((failure) => !failure.mended) ?? [];
  return (
    <details className="mt-2">
      <summary className="w-fit rounded-sm text-warn">{t("sync.failures", { count: receipt.failed })}</summary>
      {failures.isError && <ErrorNote className="mt-2" error={toErrorView(failures.error)} />}
      {retry.isError && <ErrorNote className="mt-2" error={toErrorView(retry.error)} />}
      <ul className="mt-1.5 max-h-48 overflow-y-auto">
        {failures.data?.map((failure) => (
          <li key={failure.product_id} className="flex items-center gap-3 border-t border-line-soft py-1.5">
            <span className="w-56 shrink-0 truncate font-mono text-xs select-text" title={failure.product_id}>{failure.product_id}</span>
            <span className="min-w-0 flex-1">
              {t(`core:errors.${failure.error.code}.what`)} <span className="text-muted">{t(`core:errors.${failure.error.code}.next`)}</span>
            </span>
            {failure.mended ? (
              <span className="shrink-0 text-sm text-good">{t("sync.mended")}</span>
            ) : (
              <Button
                size="sm"
                look="quiet"
                data-testid="retry-one"
                aria-label={t("sync.retry_one", { product: failure.product_id })}
                busy={retry.isPending && retry.variables[0] === failure.product_id}
                disabled={retry.isPending}
                onClick={() => retry.mutate([failure.product_id])}
              >
                {t("sync.retry")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {left.length > 1 && (
        <Button size="sm" className="mt-2" icon={<RotateCw aria-hidden />} data-testid="retry-all" busy={retry.isPending && retry.variables.length === 0} disabled={retry.isPending} onClick={() => retry.mutate([])}>
          {t("sync.retry_all")}
        </Button>
      )}
    </details>
  );
}
