
import { attentionOf, cardsOf, isConnected, SUPPLIER_SHORT, SUPPLIERS } from "@/data/accounts";
import { useCurrentSync, useStatus } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import type { Status } from "@/ipc/bindings/Status";
import { useMinutes } from "@/lib/use-now";
import { Button } from "@/ui/Button";
import { PageHead } from "@/ui/Card";
import { CardSkeleton, ErrorNote, Skeleton } from "@/ui/Feedback";

import { Alerts } from "./Alerts";
import { Changes } from "./Changes";
import { Charts } from "./Charts";
import { ConnectionCard } from "./ConnectionCard";
import { Counts } from "./Counts";
import { FirstStart } from "./FirstStart";
import { isFirstStart, nextStep, tells } from "./next-step";
import { NextStepCard } from "./NextStepCard";
import { Receipts } from "./Receipts";
import { ToHandle } from "./ToHandle";

export function OverviewTab() {
  const { t } = useTranslation();
  const status = useStatus();
  if (status.data) return isFirstStart(status.data) ? <FirstStart practice={status.data.practice} /> : <Overview status={status.data} />;
  return (
    <div className="max-w-page px-5 pt-6.5 min-[1000px]:px-8 pb-10">
      {status.isError ? (
        <>
          <PageHead title={t("tabs.overview")} />
          <ErrorNote
            className="mt-5"
            error={toErrorView(status.error)}
            action={<Button onClick={() => void status.refetch()}>{t("common.retry")}</Button>}
          />
        </>
      ) : (
        <OverviewSkeleton />
      )}
    </div>
  );
}

function Overview({ status }: { status: Status }) {
  const format = useFormat();
  const { t } = useTranslation();
  const now = useMinutes();
  const current = useCurrentSync().data ?? null;
  const step = nextStep(status, current, now);
  const last = status.last_sync?.finished_at;
  return (
    <div className="max-w-page px-5 pt-6.5 min-[1000px]:px-8 pb-10">
      <PageHead
        title={<Headline status={status} running={current?.state === "running"} />}
        note={last ? t("overview.last_sync", { ago: format.ago(last, now) }) : t("overview.never_synced")}
      />
      <div className="mt-5 space-y-3.5">
        {step && <NextStepCard step={step} />}
        <div className="grid grid-cols-1 gap-3.5 min-[860px]:grid-cols-2">
          {cardsOf(status.accounts).map(({ supplier, account, of }) => (
            <ConnectionCard key={account?.account ?? supplier} supplier={supplier} account={account} several={of > 1} told={step !== null && tells(step, account)} />
          ))}
        </div>
        <Counts status={status} />
        <div className="grid grid-cols-1 items-start gap-3.5 min-[1080px]:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
          <div className="grid min-w-0 gap-3.5">
            <Alerts />
            <Changes />
            <Receipts />
          </div>
          <div className="grid min-w-0 gap-3.5">
            <Charts />
            <ToHandle />
          </div>
        </div>
      </div>
    </div>
  );
}

/** One sentence: where do I stand? */
function Headline({ status, running }: { status: Status; running: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinutes();
  const lost = status.accounts.find((account) => account.state === "reconnect_needed" || account.state === "suspended");
  if (lost?.state === "suspended") return t("overview.headline.suspended");
  if (lost) return t("overview.headline.lost", { supplier: SUPPLIER_SHORT[lost.supplier] });
  const due = status.accounts.map((account) => attentionOf(account, now)).find((attention) => attention?.kind === "consent_ends");
  if (due?.kind === "consent_ends") return t("overview.headline.consent_ends", { when: format.when(due.at, now) });
  if (status.keychain === "unavailable") return t("overview.headline.keychain");
  if (running) return t("overview.headline.running");
  const missing = SUPPLIERS.filter((supplier) => !status.accounts.some((account) => account.supplier === supplier && isConnected(account)));
  const [first] = missing;
  if (missing.length === SUPPLIERS.length) return t("overview.headline.none");
  if (missing.length === 0 && status.accounts.some((account) => account.last_error !== null)) return t("overview.headline.trouble");
  if (first) return t("overview.headline.one_missing", { supplier: SUPPLIER_SHORT[first] });
  return t("overview.headline.fine");
}

function OverviewSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")}>
      <h1 className="sr-only">{t("tabs.overview")}</h1>
      <Skeleton className="h-5 w-80" />
      <Skeleton className="mt-3 h-3 w-52" />
      <div className="mt-7 grid gap-3.5 small:grid-cols-2">
        <CardSkeleton lines={4} />
        <CardSkeleton lines={4} />
      </div>
      <CardSkeleton className="mt-3.5" lines={1} />
      <CardSkeleton className="mt-3.5" lines={6} />
    </div>
  );
}
