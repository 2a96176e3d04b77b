import { useQuery } from "@tanstack/react-query";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import { useScopeName } from "@/tabs/shared/use-scope-name";
import { RunBadge } from "@/tabs/shared/StateBadge";
import { Card, CardHead } from "@/ui/Card";
import { ErrorNote, Loading } from "@/ui/Feedback";
import { Table } from "@/ui/Table";

/** The last syncs: when, what, what it cost, how it ended. */
export function Receipts() {
  const { t } = useTranslation();
  const backend = useBackend();
  const format = useFormat();
  const scopeName = useScopeName();
  const receipts = useQuery({ queryKey: keys.receipts, queryFn: () => backend.syncReceipts(5) });
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
        <Table
          label={t("receipts.title")}
          rows={receipts.data}
          keyOf={(receipt) => receipt.run}
          columns={[
            {
              name: t("receipts.columns.what"),
              quiet: true,
              className: "w-full max-w-0",
              cell: (receipt) => (
                <>
                  <span className="block truncate">{scopeName(receipt.scope)}</span>
                  <span className="block truncate text-sm text-muted">{format.dateTime(receipt.started_at)}</span>
                </>
              ),
            },
            {
              name: t("receipts.columns.cost"),
              quiet: true,
              right: true,
              className: "whitespace-nowrap",
              cell: (receipt) => (
                <>
                  <span className="block">{t("receipts.products", { count: receipt.rows, products: format.number(receipt.rows) })}</span>
                  <span className="block text-sm text-muted">
                    {t("receipts.calls", { count: receipt.calls, calls: format.number(receipt.calls) })} · {t("receipts.points", { count: receipt.points, points: format.number(receipt.points) })}
                  </span>
                </>
              ),
            },
            { name: t("receipts.columns.end"), quiet: true, right: true, cell: (receipt) => <RunBadge receipt={receipt} /> },
          ]}
        />
      )}
    </Card>
  );
}
