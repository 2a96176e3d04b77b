import { useMutation } from "@tanstack/react-query";
import { CircleCheck, FolderOpen } from "lucide-react";

import { useBackend } from "@/data/backend";
import type { LiveExport, LiveExportEnd } from "@/data/live";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { useDuration } from "@/i18n/use-duration";
import { toErrorView } from "@/ipc/error";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/Copy";
import { ErrorNote, Progress } from "@/ui/Feedback";

import { ExportNotes } from "./ExportNotes";

interface Props {
  running: LiveExport | null;
  ended: LiveExportEnd | null;
}

/** An export while it runs, and what came of it. */
export function ExportOutcome({ running, ended }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const format = useFormat();
  const duration = useDuration();
  const reveal = useMutation({ mutationFn: (file: string) => backend.exportReveal(file) });
  if (running) {
    const { done, total, rows, etaSeconds } = running;
    return (
      <div className="py-6" data-testid="export-progress">
        <p className="mb-2">
          <span className="font-semibold">{t("export.writing")}</span>
          <span className="text-muted">
            {total !== null && ` · ${t("export.of", { done: format.number(done), total: format.number(total), rows: format.number(rows) })}`}
            {etaSeconds !== null && done > 0 && ` · ${t("sync.left", { time: duration(etaSeconds) })}`}
          </span>
        </p>
        <Progress label={t("export.writing")} value={total === null || total === 0 ? null : done / total} />
      </div>
    );
  }
  if (ended?.error) return <ErrorNote className="my-4" error={ended.error} />;
  const receipt = ended?.receipt;
  if (!receipt) return null;
  const first = receipt.files[0];
  return (
    <div className="py-3" data-testid="export-done">
      <div className="flex items-start gap-2.5">
        <CircleCheck aria-hidden className="mt-0.5 size-4.5 shrink-0 text-good" />
        <div className="min-w-0 flex-1">
          <p className="font-semibold">{t("export.done", { count: receipt.rows, rows: format.number(receipt.rows) })}</p>
          {receipt.files.length > 1 && <p>{t("export.parts", { count: receipt.files.length })}</p>}
          <ul className="mt-0.5 max-h-40 overflow-y-auto font-mono text-sm wrap-anywhere text-muted">
            {receipt.files.map((file) => <li key={file}>{file}</li>)}
          </ul>
          <div className="mt-2.5 flex gap-2">
            <Button size="sm" icon={<FolderOpen aria-hidden />} data-testid="export-reveal" busy={reveal.isPending} onClick={() => first !== undefined && reveal.mutate(first)}>
              {t("export.reveal")}
            </Button>
            <CopyButton text={receipt.files.join("\n")} />
          </div>
        </div>
      </div>
      {reveal.isError && <ErrorNote className="mt-3" error={toErrorView(reveal.error)} />}
      <ExportNotes notes={receipt.notes} />
      <p className="mt-3 text-sm text-muted">{t(`export.formats.${receipt.format}.then`)}</p>
    </div>
  );
}
