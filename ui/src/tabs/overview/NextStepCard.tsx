import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";

import { CJ_API_PAGE, SUPPLIER_NAMES } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useNavigation } from "@/data/navigation";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Button } from "@/ui/Button";

import type { NextStep } from "./next-step";

/** The next best step, with its button. */
export function NextStepCard({ step }: { step: NextStep }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const backend = useBackend();
  const client = useQueryClient();
  const format = useFormat();
  const resume = useMutation({
    mutationFn: () => backend.syncResume(),
    onSuccess: (receipt) => {
      client.setQueryData(keys.sync, receipt);
      go("products");
    },
  });
  const consent = step.kind === "consent_ends" || step.kind === "consent_over";
  const supplier = "supplier" in step ? SUPPLIER_NAMES[step.supplier] : consent ? SUPPLIER_NAMES.aliexpress : "CJ";
  const date = consent ? format.date(step.at) : "";
  const ago = step.kind === "sync_again" ? format.ago(step.at) : "";
  const act = () => {
    if (step.kind === "resume") resume.mutate();
    else if (step.kind === "first_sync" || step.kind === "sync_again") go("products", { sync: true });
    else if (step.kind === "first_import") go("products", { import: true });
    else if (step.kind === "reactivate") void backend.openLink(CJ_API_PAGE);
    else if (consent) go("authentication", { guide: "aliexpress", renew: true, account: step.account });
    else if (step.kind === "reconnect") go("authentication", { guide: step.supplier, renew: true, account: step.account });
    else go("authentication", { guide: step.supplier });
  };
  return (
    <section aria-label={t("next.label")} className="flex items-center gap-4 rounded-lg border border-accent/25 bg-accent-soft px-4.5 py-3">
      <div className="min-w-0 flex-1">
        <h2>{t(`next.${step.kind}.title`, { supplier, ago, date })}</h2>
        <p className="text-sm text-muted">{t(`next.${step.kind}.note`, { supplier })}</p>
      </div>
      <Button look="primary" busy={resume.isPending} onClick={act}>
        {t(`next.${step.kind}.button`, { supplier })}
        <ArrowRight aria-hidden />
      </Button>
    </section>
  );
}
