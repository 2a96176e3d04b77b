import { useQuery } from "@tanstack/react-query";
import { CircleCheck, X } from "lucide-react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useLive, useLiveSet } from "@/data/live-context";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { SyncReceipt } from "@/ipc/bindings/SyncReceipt";
import { useScopeName } from "@/tabs/shared/use-scope-name";
import { IconButton } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { ErrorNote } from "@/ui/Feedback";

import { SyncFailures } from "./SyncFailures";

/** What the sync that just ended came to, until the owner has read it. */
export function SyncReceiptCard() {
  const backend = useBackend();
  const ended = useLive((live) => live.endedRun);
  const receipts = useQuery({ queryKey: keys.receipts, queryFn: () => backend.syncReceipts(6), enabled: ended !== null });
  const receipt = receipts.data?.find((one) => one.run === ended);
  // One that was paused is shown as such, with its way on.
  if (!receipt || (receipt.state !== "done" && receipt.state !== "failed")) return null;
  return <Receipt receipt={receipt} />;
}

function Receipt({ receipt }: { receipt: SyncReceipt }) {
  const { t } = useTranslation();
  const format = useFormat();
  const scopeName = useScopeName();
  const setLive = useLiveSet();
  const parts = [
    t("receipts.products", { count: receipt.rows, products: format.number(receipt.rows) }),
    t("receipts.changes", { count: receipt.changed, changes: format.number(receipt.changed) }),
    t("receipts.calls", { count: receipt.calls, calls: format.number(receipt.calls) }),
    t("receipts.points", { count: receipt.points, points: format.number(receipt.points) }),
  ];
  const again = receipt.repeats.reduce((sum, one) => sum + one.count, 0);
  const why = receipt.repeats.map((one) => t(`sync.repeat.${one.reason}`, { times: format.number(one.count) })).join(", ");
  return (
    <Card aria-label={t("receipts.one")} data-testid="sync-receipt" data-state={receipt.state} className="animate-rise px-4.5 py-3">
      <div className="flex items-center gap-2.5">
        {receipt.state === "done" && <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />}
        <p role="status" className="min-w-0 flex-1 truncate">
          <span className="font-semibold">{t(`receipts.ended.${receipt.state === "done" ? "done" : "failed"}`)}</span> · {scopeName(receipt.scope)}{" "}
          <span className="text-muted">· {parts.join(" · ")}</span>
        </p>
        <IconButton label={t("common.close")} className="-mr-2" onClick={() => setLive({ endedRun: null })}>
          <X aria-hidden />
        </IconButton>
      </div>
      {receipt.error && <ErrorNote className="mt-2" error={receipt.error} />}
      {again > 0 && <p className="mt-1 text-sm text-muted" data-testid="sync-repeats">{t("sync.again", { count: again, why })}</p>}
      {receipt.failed > 0 && <SyncFailures receipt={receipt} />}
    </Card>
  );
}
