import { useQuery } from "@tanstack/react-query";

import { useBackend } from "@/data/backend";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import { CopyButton } from "@/ui/Copy";
import { ErrorNote, Skeleton } from "@/ui/Feedback";

import { Section } from "./Section";

/** A report to paste into a request for help. It is shown before it is copied: nobody should send what they cannot read. */
export function Help() {
  const { t } = useTranslation();
  const backend = useBackend();
  const report = useQuery({ queryKey: ["diagnostics"], queryFn: () => backend.diagnostics(), staleTime: 0, gcTime: 0 });
  return (
    <Section title={t("settings.help")} note={t("settings.help_note")}>
      {report.data !== undefined ? (
        <>
          <CopyButton text={report.data} label={t("settings.copy_report")} data-testid="copy-report" />
          <details className="mt-2 text-sm">
            <summary className="w-fit rounded-sm text-accent-text">{t("settings.read_report")}</summary>
            <pre tabIndex={0} className="mt-2 max-h-48 overflow-auto rounded-sm bg-sunken p-2.5 font-mono text-xs whitespace-pre-wrap wrap-anywhere select-text">
              {report.data}
            </pre>
          </details>
        </>
      ) : report.isError ? (
        <ErrorNote error={toErrorView(report.error)} />
      ) : (
        <Skeleton className="h-7 w-36" />
      )}
    </Section>
  );
}
