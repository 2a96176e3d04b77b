import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";

/** The end of a guide: it worked, and what comes next. */
export function Connected({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <div role="status" className="mx-4.5 mb-4.5 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md bg-good-soft px-3.5 py-2.5">
      <CircleCheck aria-hidden className="size-4.5 shrink-0 text-good" />
      <div className="min-w-50 flex-1">
        <p className="font-semibold text-good">{title}</p>
        <p>{note}</p>
      </div>
      <div className="flex gap-2">{children}</div>
    </div>
  );
}
