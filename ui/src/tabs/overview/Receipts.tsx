import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import { useScopeName } from "@/tabs/shared/use-scope-name";
import { RunBadge } from "@/tabs/shared/StateBadge";
import { Card, CardHead } from "@/ui/Card";
import { ErrorNote, Loading } from "@/ui/Feedback";

/** The last syncs: when, what, what it cost, how it ended. */
export function Receipts() {
  const { t } = useTranslation();
  const backend = useBackend();
  const format = useFormat();
  const scopeName = useScopeName();
  const receipts = useQuery({ queryKey: keys.receipts, queryFn: () => backend.syncReceipts(6) });
  return (
    <Card aria-label={t("receipts.title")} className="overflow-hidden">
      <CardHead title={t("receipts.title")} />
      {receipts.isError ? (
        <ErrorNote className="mx-4.5 mb-4" error={toErrorView(receipts.error)} />
      ) : receipts.data === undefined ? (
        <Loading rows={3} />
      ) : receipts.data.length === 0 ? (
        <p className="px-4.5 pb-4 text-muted">{t("receipts.none")}</p>
      ) : (
        <ul>
          {receipts.data.map((receipt) => (
            <li key={receipt.run} className="flex items-center gap-3 border-t border-line-soft px-4.5 py-2">
              <span className="min-w-0 flex-1">
                <span className="block truncate">{scopeName(receipt.scope)}</span>
                <span className="block truncate text-sm text-muted">{format.dateTime(receipt.started_at)}</span>
              </span>
              <span className="shrink-0 text-right">
                <span className="block">{t("receipts.products", { count: receipt.rows, products: format.number(receipt.rows) })}</span>
                <span className="block text-sm text-muted">
                  {t("receipts.calls", { count: receipt.calls, calls: format.number(receipt.calls) })} · {t("receipts.points", { count: receipt.points, points: format.number(receipt.points) })}
                </span>
              </span>
              <span className="flex w-20 shrink-0 justify-end">
                <RunBadge receipt={receipt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
