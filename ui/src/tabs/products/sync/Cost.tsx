
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { useDuration } from "@/i18n/use-duration";
import type { ErrorView } from "@/ipc/bindings/ErrorView";
import type { SyncPlan } from "@/ipc/bindings/SyncPlan";
import { ErrorNote, Skeleton } from "@/ui/Feedback";

/** What a sync would cost, in calls, points and time, before it starts. */
export function Cost({ plan, imported, pending, error }: { plan: SyncPlan | null; imported: boolean; pending: boolean; error: ErrorView | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const duration = useDuration();
  if (error) return <ErrorNote className="flex-1" error={error} />;
  if (pending) {
    return (
      <span role="status" aria-label={t("sync.counting")} className="flex-1">
        <Skeleton className="h-3.5 w-64" />
      </span>
    );
  }
  if (!plan) return <p className="flex-1 text-muted">{t("sync.choose")}</p>;
  // AliExpress counts calls, not points.
  const facts = [
    t("receipts.calls", { count: plan.calls, calls: format.number(plan.calls) }),
    ...(imported ? [] : [t("receipts.points", { count: plan.points, points: format.number(plan.points) })]),
    t("sync.about", { time: duration(plan.seconds) }),
  ];
  if (plan.calls === 0) return <p className="flex-1 text-muted">{t("sync.nothing")}</p>;
  return (
    <div data-testid="sync-cost" className="min-w-0 flex-1">
      <p>
        <span className="text-muted">{t("sync.cost")}</span>{" "}
        <span className="font-medium">
          {facts.join(" · ")}
        </span>
      </p>
      {!plan.fits_today && <p className="text-sm text-warn">{t("sync.beyond_today", { time: format.dateTime(plan.ends) })}</p>}
    </div>
  );
}
