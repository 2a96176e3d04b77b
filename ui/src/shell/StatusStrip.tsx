
import { daysLeft, foremost, isConnected, STATE_TONES, SUPPLIER_SHORT, SUPPLIERS } from "@/data/accounts";
import { useLive } from "@/data/live-context";
import { useNavigation } from "@/data/navigation";
import { useAccount, useCurrentSync, useStatus } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { useDuration } from "@/i18n/use-duration";
import type { Supplier } from "@/ipc/bindings/Supplier";
import { useMinutes } from "@/lib/use-now";
import { Dot } from "@/ui/Badge";
import { Progress } from "@/ui/Feedback";

/** The foot of the rail: am I connected, until when, what runs, what is left. */
export function StatusStrip() {
  const { t } = useTranslation();
  return (
    <section aria-label={t("shell.status")} className="mt-auto space-y-3 border-t px-1 pt-3 text-sm text-muted max-small:space-y-1.5 max-small:pt-1.5">
      <SyncLine />
      <div>
        {SUPPLIERS.map((supplier) => (
          <SupplierLine key={supplier} supplier={supplier} />
        ))}
      </div>
      <PointsLine />
    </section>
  );
}

function SupplierLine({ supplier }: { supplier: Supplier }) {
  const { t } = useTranslation();
  const accounts = useStatus().data?.accounts;
  const known = accounts !== undefined;
  const account = accounts && foremost(accounts, supplier);
  const { go } = useNavigation();
  const now = useMinutes();
  const state = account?.state ?? "not_connected";
  const days = account ? daysLeft(account, now) : null;
  // Nothing is claimed about a connection before the desktop has answered.
  const word = known ? t(`core:states.${state}`) : "–";
  return (
    <button
      type="button"
      title={`${SUPPLIER_SHORT[supplier]} · ${word}`}
      onClick={() => go("authentication", { guide: supplier, account: account?.account })}
      className="flex h-6 w-full items-center gap-2 rounded-sm px-1 hover:bg-hover max-small:justify-center"
    >
      <Dot tone={STATE_TONES[state]} />
      <span className="font-medium text-text max-small:sr-only">{SUPPLIER_SHORT[supplier]}</span>
      <span className="ml-auto truncate max-small:sr-only">
        {days !== null && isConnected(account) ? (
          <>
            <span className="sr-only">{word}, </span>
            {t("shell.days_left", { count: days })}
          </>
        ) : (
          word
        )}
      </span>
    </button>
  );
}

function SyncLine() {
  const { t } = useTranslation();
  const sync = useCurrentSync().data;
  const eta = useLive((live) => live.etaSeconds);
  const { go } = useNavigation();
  const format = useFormat();
  const duration = useDuration();
  if (!sync) return null;
  const share = sync.total ? sync.done / sync.total : null;
  return (
    <button type="button" onClick={() => go("products")} className="block w-full rounded-sm px-1 py-0.5 text-left hover:bg-hover">
      <span className="flex items-center justify-between gap-2 max-small:sr-only">
        <span className="font-medium text-text">{t(`sync.state.${sync.state}`)}</span>
        <span>
          {sync.state === "running" && eta !== null && duration(eta)}
          {sync.state === "paused" && sync.continues_at !== null && format.time(sync.continues_at)}
        </span>
      </span>
      <Progress value={sync.state === "running" ? share : (share ?? 0)} label={t("sync.progress")} className="mt-1" />
    </button>
  );
}

function PointsLine() {
  const { t } = useTranslation();
  const points = useAccount("cj")?.points;
  const format = useFormat();
  if (!points || points.total === 0) return null;
  return (
    <div className="px-1">
      <div className="flex justify-between gap-2 max-small:sr-only">
        <span>{t("shell.points")}</span>
        <span>
          {format.number(points.remaining)} / {format.number(points.total)}
        </span>
      </div>
      <Progress value={points.remaining / points.total} label={t("shell.points_left")} className="mt-1" />
    </div>
  );
}
