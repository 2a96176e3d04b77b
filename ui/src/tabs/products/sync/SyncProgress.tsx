import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";

import { SUPPLIER_SHORT } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useLive } from "@/data/live-context";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { useDuration } from "@/i18n/use-duration";
import { toErrorView } from "@/ipc/error";
import type { SyncReceipt } from "@/ipc/bindings/SyncReceipt";
import { useScopeName } from "@/tabs/shared/use-scope-name";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { ErrorNote, Progress } from "@/ui/Feedback";

/** A run while it runs, waits or stands still. */
export function SyncProgress({ receipt }: { receipt: SyncReceipt }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const format = useFormat();
  const duration = useDuration();
  const scopeName = useScopeName();
  const eta = useLive((live) => live.etaSeconds);
  const waiting = useLive((live) => live.waiting);
  const stop = useMutation({ mutationFn: () => backend.syncStop() });
  const resume = useMutation({
    mutationFn: () => backend.syncResume(),
    onSettled: () => client.invalidateQueries({ queryKey: keys.sync }),
  });
  const { state, done, total } = receipt;
  const running = state === "running";
  const facts = [
    total === null ? t("sync.so_far", { count: receipt.rows, rows: format.number(receipt.rows) }) : t("sync.of", { done: format.number(done), total: format.number(total) }),
    t("receipts.points", { count: receipt.points, points: format.number(receipt.points) }),
    running && eta !== null && t("sync.left", { time: duration(eta) }),
    state === "paused" && receipt.continues_at !== null && t("sync.continues", { time: format.time(receipt.continues_at) }),
  ].filter((fact): fact is string => typeof fact === "string");
  const error = resume.isError ? toErrorView(resume.error) : stop.isError ? toErrorView(stop.error) : receipt.error;
  return (
    <Card aria-label={t("sync.progress")} data-testid="sync-progress" data-state={state} className="px-4.5 py-3">
      <div className="flex items-center justify-between gap-3">
        <p className="min-w-0 truncate">
          <span className="font-semibold">{t(`sync.state.${state}`)}</span> · {scopeName(receipt.scope)} <span className="text-muted">· {facts.join(" · ")}</span>
        </p>
        {running ? (
          <Button size="sm" icon={<Pause aria-hidden />} data-testid="sync-stop" busy={stop.isPending} onClick={() => stop.mutate()}>
            {t("sync.pause")}
          </Button>
        ) : (
          <Button size="sm" look={state === "interrupted" ? "primary" : "secondary"} icon={<Play aria-hidden />} data-testid="sync-resume" busy={resume.isPending} onClick={() => resume.mutate()}>
            {t("sync.resume")}
          </Button>
        )}
      </div>
      <Progress className="mt-2" label={t("sync.progress")} value={total === null || total === 0 ? (running ? null : 0) : done / total} />
      {waiting && running && <p className="mt-2 text-sm text-warn">{t("sync.waiting", { supplier: SUPPLIER_SHORT[waiting.supplier], time: format.time(waiting.until) })}</p>}
      {/* When it goes on is said above. */}
      {error && error.code !== "interrupted" && <ErrorNote className="mt-3" error={{ ...error, retry_at: null }} />}
    </Card>
  );
}
