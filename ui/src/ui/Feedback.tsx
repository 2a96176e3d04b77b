/** What a view shows when it has nothing, not yet, or not any more. */
import { CircleAlert, CloudOff, Info, KeyRound, TriangleAlert } from "lucide-react";
import type { ReactNode, Ref } from "react";

import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { useDuration } from "@/i18n/use-duration";
import type { ErrorView } from "@/ipc/bindings/ErrorView";
import { cx } from "@/lib/cx";

import { Card } from "./Card";
import { CopyButton } from "./Copy";

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx("block animate-pulse rounded-sm bg-line-soft", className)} />;
}

/** A card that is on its way: a title and so many lines. */
export function CardSkeleton({ lines, className }: { lines: number; className?: string }) {
  return (
    <Card aria-hidden className={cx("px-4.5 py-4", className)}>
      <Skeleton className="h-3 w-32" />
      <div className="mt-4 space-y-3">
        {Array.from({ length: lines }, (_, line) => (
          <Skeleton key={line} className={cx("h-2.5", line % 2 === 0 ? "w-3/5" : "w-2/5")} />
        ))}
      </div>
    </Card>
  );
}

export function Loading({ rows = 5, className }: { rows?: number; className?: string }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")} className={className}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-3 border-t border-line-soft px-4.5 py-2.5 first:border-t-0">
          <Skeleton className="size-9 rounded-md" />
          <div className="flex-1 space-y-2">
            <Skeleton className="h-2.5 w-2/5" />
            <Skeleton className="h-2 w-1/4" />
          </div>
          <Skeleton className="h-2.5 w-16" />
        </div>
      ))}
    </div>
  );
}

export function Empty({ icon, title, children, action }: { icon: ReactNode; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-100 flex-col items-center px-6 py-12 text-center">
      <span aria-hidden className="mb-3 grid size-10 place-items-center rounded-full bg-accent-soft text-accent-text [&>svg]:size-4.5">
        {icon}
      </span>
      <h2>{title}</h2>
      {children !== undefined && <p className="mt-1 text-balance text-muted">{children}</p>}
      {action !== undefined && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

type BannerTone = "info" | "warn" | "bad";
const BANNERS: Record<BannerTone, string> = {
  info: "bg-info-soft text-info",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
};

export function Banner({ tone, icon, children, action }: { tone: BannerTone; icon?: ReactNode; children: ReactNode; action?: ReactNode }) {
  return (
    <div role="status" className={cx("flex items-center gap-2.5 px-4 py-1.5 text-sm [&>svg]:size-3.5 [&>svg]:shrink-0", BANNERS[tone])}>
      {icon ?? <Info aria-hidden />}
      <p className="min-w-0 flex-1">{children}</p>
      {action}
    </div>
  );
}

const iconOf = (code: ErrorView["code"]) => {
  if (code === "network" || code === "supplier_down" || code === "shop_unreachable") return <CloudOff aria-hidden />;
  if (code === "keychain_unavailable") return <KeyRound aria-hidden />;
  if (code === "rate_limited" || code === "quota_spent" || code === "too_soon" || code === "interrupted" || code === "stopped") return <TriangleAlert aria-hidden />;
  return <CircleAlert aria-hidden />;
};

const calm = (code: ErrorView["code"]) =>
  ["rate_limited", "quota_spent", "too_soon", "interrupted", "stopped", "consent_denied", "attempt_expired", "wrong_state", "no_attempt", "network", "keychain_unavailable", "shop_busy", "shop_unreachable", "shop_not_connected"].includes(code);

/** The supplier's own words and the technical line: for whoever asks, and for a support request. */
export function ErrorDetails({ error }: { error: ErrorView }) {
  const { t } = useTranslation();
  const { code, supplier, message } = error;
  const details = [
    `code: ${code}`,
    message,
    supplier?.code && `${t("error.supplier_code")}: ${supplier.code}`,
    supplier?.message && `${t("error.supplier_message")}: ${supplier.message}`,
    supplier?.request_id && `${t("error.request_id")}: ${supplier.request_id}`,
  ].filter(Boolean).join("\n");
  return (
    <details className="mt-1 text-sm text-text">
      <summary className="w-fit rounded-sm text-muted hover:text-text">{t("error.details")}</summary>
      <pre className="mt-1.5 rounded-sm bg-surface p-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere">{details}</pre>
      <CopyButton text={details} className="mt-1.5" />
    </details>
  );
}

interface NoteProps {
  tone: "warn" | "bad";
  icon: ReactNode;
  title: ReactNode;
  /** What it means; without it the button stands beside the title. */
  children?: ReactNode;
  action?: ReactNode;
  /** What it is about, for tests to hold on to. */
  code: string;
  role?: "alert";
  className?: string;
  ref?: Ref<HTMLDivElement>;
}

/** Something to know and to do, where it belongs: what, what it means, the button. */
export function Note({ tone, icon, title, children, action, code, role, className, ref }: NoteProps) {
  return (
    <div ref={ref} role={role} data-code={code} className={cx("rounded-md px-3.5 py-2.5", tone === "warn" ? "bg-warn-soft" : "bg-bad-soft", className)}>
      <div className={cx("flex gap-2.5 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0", tone === "warn" ? "text-warn" : "text-bad")}>
        {icon}
        <div className={cx("min-w-0 flex-1", children === undefined && "flex flex-wrap items-center justify-between gap-x-3")}>
          <p className="font-semibold">{title}</p>
          {children !== undefined && <div className="text-text">{children}</div>}
          {action !== undefined && <div className={cx("flex flex-wrap gap-2", children === undefined ? "-my-0.5" : "mt-2")}>{action}</div>}
        </div>
      </div>
    </div>
  );
}

interface ErrorNoteProps {
  error: ErrorView;
  action?: ReactNode;
  /** Only what happened, where the button leads to the rest. */
  brief?: boolean;
  className?: string;
  ref?: Ref<HTMLDivElement>;
}

/** The one way an error is shown: what happened, what it means, what to do; the supplier's own words under Details. */
export function ErrorNote({ error, action, brief = false, className, ref }: ErrorNoteProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const duration = useDuration();
  const { code, retry_at, clock_ahead_s } = error;
  return (
    <Note role="alert" code={code} tone={calm(code) ? "warn" : "bad"} icon={iconOf(code)} title={t(`core:errors.${code}.what`)} action={action} className={className} ref={ref}>
      {brief ? undefined : (
        <>
          <p>
            {clock_ahead_s !== undefined && `${t(`core:clock.${clock_ahead_s < 0 ? "behind" : "ahead"}`).replace("{time}", duration(Math.abs(clock_ahead_s)))} `}
            {t(`core:errors.${code}.meaning`)} {t(`core:errors.${code}.next`)}
          </p>
          {retry_at !== null && <p className="mt-0.5">{t("error.retry_at", { time: format.time(retry_at) })}</p>}
          <ErrorDetails error={error} />
        </>
      )}
    </Note>
  );
}

export function Progress({ value, label, className }: { value: number | null; label: string; className?: string }) {
  const percent = value === null ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={cx("h-1 overflow-hidden rounded-full bg-line", className)}
    >
      <div
        className={cx("h-full rounded-full bg-accent transition-[width] duration-300", percent === undefined && "w-1/4 animate-pulse")}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
