import type { ReactNode } from "react";

import { Card } from "@/ui/Card";

import { GUIDE } from "./show-guide";

/** A guide and what helps beside it; below it in a narrow window. */
export function GuideFrame({ title, note, action, aside, children }: {
  title: string;
  note: string;
  action?: ReactNode;
  aside: ReactNode;
  children: ReactNode;
}) {
  return (
    <div id={GUIDE} className="mt-3.5 grid scroll-mt-4 items-start gap-3.5 min-[1000px]:grid-cols-[minmax(0,1fr)_var(--container-aside)]">
      <Card aria-label={title}>
        <div className="flex items-center justify-between gap-3 border-b border-line-soft px-4.5 py-3">
          <div className="min-w-0">
            <h2 className="text-lg tracking-tight">{title}</h2>
            <p className="text-sm text-muted">{note}</p>
          </div>
          {action}
        </div>
        {children}
      </Card>
      <div className="grid gap-3.5">{aside}</div>
    </div>
  );
}
