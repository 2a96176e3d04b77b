
import { useTranslation } from "@/i18n";
import type { Step } from "@/ipc/bindings/Step";
import { Tick } from "@/ui/Stepper";

/** In the order AliExpress checks them. */
const CHECKS = ["reach", "clock", "app", "who", "benefits"] as const;

/** The live ticks of AliExpress's health check; those after the one that failed are not known and not shown. */
export function TestSteps({ steps, pending }: { steps: readonly Step[]; pending: boolean }) {
  const { t } = useTranslation();
  const shown = CHECKS.map((check) => ({ check, step: steps.find(({ step }) => step === check) }));
  const ahead = pending && steps.every(({ ok }) => ok);
  const next = shown.find(({ step }) => !step)?.check;
  return (
    <ul aria-live="polite" aria-label={t("aliexpress_test.title")} data-testid="test-steps" className="mt-3 space-y-1.5">
      {shown.map(({ check, step }) =>
        step || ahead ? (
          <Tick key={check} state={step ? (step.ok ? "done" : "failed") : check === next ? "now" : "waiting"} detail={step?.ok === true ? step.detail : undefined}>
            {t(`aliexpress_test.steps.${check}`)}
          </Tick>
        ) : null,
      )}
    </ul>
  );
}
