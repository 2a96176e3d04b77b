import { Check, CircleAlert, LoaderCircle } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";

import { cx } from "@/lib/cx";
import { showNew } from "@/lib/into-view";

type StepState = "done" | "now" | "later";

/** Numbered steps below each other; a done step keeps its place and shows a tick. */
export function Steps({ children, label }: { children: ReactNode; label: string }) {
  return (
    <ol aria-label={label} className="px-4.5 pt-4.5 pb-1">
      {children}
    </ol>
  );
}

/** A step that becomes the one to do, or has something new to show (`moment`), comes into view by itself. */
export function Step({ number, state, title, note, last = false, moment, children }: {
  number: number;
  state: StepState;
  title: string;
  note?: ReactNode;
  last?: boolean;
  moment?: string;
  children?: ReactNode;
}) {
  const item = useRef<HTMLLIElement>(null);
  const before = useRef({ state, moment });
  useEffect(() => {
    const news = before.current.state !== state || before.current.moment !== moment;
    before.current = { state, moment };
    if (news && state === "now") showNew(item.current);
  }, [state, moment]);
  return (
    <li ref={item} aria-current={state === "now" ? "step" : undefined} className="grid grid-cols-[calc(var(--spacing)*5.5)_minmax(0,1fr)] gap-x-3.5">
      <div className="flex flex-col items-center">
        <span
          className={cx(
            "grid size-5.5 place-items-center rounded-full text-sm font-semibold [&>svg]:size-3",
            state === "done" && "bg-good-soft text-good",
            state === "now" && "bg-accent text-on-accent",
            state === "later" && "bg-neutral-soft text-muted",
          )}
        >
          {state === "done" ? <Check aria-hidden strokeWidth={3} /> : number}
        </span>
        {!last && <span aria-hidden className="my-1 w-px flex-1 bg-line" />}
      </div>
      <div className={cx("min-w-0", last ? "pb-3.5" : "pb-5.5")}>
        <h3 className="leading-5.5">{title}</h3>
        {note !== undefined && <p className="text-muted">{note}</p>}
        {children}
      </div>
    </li>
  );
}

export type TickState = "done" | "now" | "failed" | "waiting";

/** One line of live checking. */
export function Tick({ state, children, detail }: { state: TickState; children: ReactNode; detail?: ReactNode }) {
  return (
    <li className="flex items-start gap-2.5" data-tick={state}>
      <span
        aria-hidden
        className={cx(
          "mt-0.5 grid size-4 shrink-0 place-items-center rounded-full [&>svg]:size-2.5",
          state === "done" && "bg-good-soft text-good",
          state === "failed" && "bg-bad-soft text-bad [&>svg]:size-3",
          state === "now" && "text-accent-text [&>svg]:size-3.5",
          state === "waiting" && "border border-control",
        )}
      >
        {state === "done" && <Check strokeWidth={3.5} />}
        {state === "failed" && <CircleAlert />}
        {state === "now" && <LoaderCircle className="animate-spin" />}
      </span>
      <span className={cx("min-w-0", state === "waiting" && "text-muted")}>
        {children}
        {detail !== undefined && detail !== "" && <span className="block text-sm text-muted wrap-anywhere">{detail}</span>}
      </span>
    </li>
  );
}
