import type { ComponentProps, ReactNode } from "react";

import { cx } from "@/lib/cx";

export function Card({ className, ...rest }: ComponentProps<"section">) {
  return <section className={cx("rounded-lg border bg-surface shadow-card", className)} {...rest} />;
}

/** The line above a card's content: what it is, and at most one thing to do about it. */
export function CardHead({ title, note, action }: { title: ReactNode; note?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex min-h-11 items-center justify-between gap-3 px-4.5 pt-2.5 pb-1.5">
      <div className="min-w-0">
        <h2 className="truncate">{title}</h2>
        {note !== undefined && <p className="truncate text-sm text-muted">{note}</p>}
      </div>
      {action}
    </div>
  );
}

/** The head of a tab. */
export function PageHead({ title, note, actions }: { title: ReactNode; note?: ReactNode; actions?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-56 flex-1">
        <h1 className="text-xl tracking-tight">{title}</h1>
        {note !== undefined && <p className="mt-0.5 text-muted">{note}</p>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

/** Names and values beside each other. */
export function Facts({ rows }: { rows: [name: ReactNode, value: ReactNode][] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 min-[1000px]:gap-x-4">
      {rows.map(([name, value], index) => (
        <div key={index} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
