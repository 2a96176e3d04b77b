import type { ReactNode } from "react";

/** One subject of the settings: its name at the left, what there is to choose at the right. */
export function Section({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid grid-cols-1 gap-x-6 gap-y-2.5 border-t border-line-soft py-4 first:border-t-0 first:pt-0 last:pb-0 min-[760px]:grid-cols-[var(--container-label)_minmax(0,1fr)]">
      <div>
        <h3>{title}</h3>
        {note !== undefined && <p className="mt-0.5 text-sm text-muted">{note}</p>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
