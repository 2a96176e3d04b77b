import type { ReactNode } from "react";

import { cx } from "@/lib/cx";

export type Tone = "good" | "warn" | "bad" | "info" | "neutral" | "accent";

const TONES: Record<Tone, string> = {
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  info: "bg-info-soft text-info",
  neutral: "bg-neutral-soft text-muted",
  accent: "bg-accent-soft text-accent-text",
};

const DOTS: Record<Tone, string> = {
  good: "bg-dot-good",
  warn: "bg-dot-warn",
  bad: "bg-dot-bad",
  info: "bg-info",
  neutral: "bg-dot-off",
  accent: "bg-accent",
};

export function Dot({ tone, pulse = false }: { tone: Tone; pulse?: boolean }) {
  return <span aria-hidden className={cx("size-1.75 shrink-0 rounded-full", DOTS[tone], pulse && "animate-pulse")} />;
}

export function Badge({ tone = "neutral", dot = false, children }: { tone?: Tone; dot?: boolean; children: ReactNode }) {
  return (
    <span
      className={cx(
        "inline-flex shrink-0 items-center gap-1.5 rounded-full px-2.25 py-px font-sans text-sm font-medium whitespace-nowrap",
        TONES[tone],
      )}
    >
      {dot && <Dot tone={tone} />}
      {children}
    </span>
  );
}
