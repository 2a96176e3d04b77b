import type { ReactNode } from "react";

import { cx } from "@/lib/cx";

/** A filter that is on or off. */
export function Chip({ on, onToggle, children }: { on: boolean; onToggle: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onToggle}
      className={cx(
        "h-7.5 shrink-0 rounded-full border px-2.5 min-[1000px]:px-3 whitespace-nowrap transition-colors duration-100",
        on ? "border-accent bg-accent-soft text-accent-text" : "bg-surface text-muted hover:bg-hover hover:text-text",
      )}
    >
      {children}
    </button>
  );
}
