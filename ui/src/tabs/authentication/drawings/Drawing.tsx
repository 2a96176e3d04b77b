import type { ReactNode } from "react";

import { cx } from "@/lib/cx";

/** A line drawing beside words that say the same: seen, never read aloud. Its parts take their colours from the tokens. */
export function Drawing({ name, width, height, className, children }: { name: string; width: number; height: number; className?: string; children: ReactNode }) {
  return (
    <svg aria-hidden data-drawing={name} viewBox={`0 0 ${width} ${height}`} style={{ maxWidth: width }} className={cx("block w-full fill-none font-sans", className)} strokeWidth="1.25" strokeLinecap="round" strokeLinejoin="round">
      {children}
    </svg>
  );
}

interface At {
  x: number;
  y: number;
}

/** Words in a drawing: names a supplier's own page shows, the same in every language. */
export function Word({ x, y, tone = "fill-muted", mono = false, middle = false, children }: At & { tone?: string; mono?: boolean; middle?: boolean; children: ReactNode }) {
  return (
    <text x={x} y={y} textAnchor={middle ? "middle" : undefined} className={cx("text-xs", tone, mono ? "font-mono" : "font-medium")}>
      {children}
    </text>
  );
}

/** A page in a browser, empty. */
export function Page({ x, y, width, height }: At & { width: number; height: number }) {
  return (
    <>
      <rect x={x + 0.75} y={y + 0.75} width={width - 1.5} height={height - 1.5} rx="7" className="fill-sunken stroke-control" />
      <path d={`M${x + 1} ${y + 16}h${width - 2}`} className="stroke-line" />
      {[0, 1, 2].map((dot) => (
        <circle key={dot} cx={x + 11 + dot * 8} cy={y + 8.5} r="2" className="fill-control" />
      ))}
    </>
  );
}

/** A line of text nobody has to read. */
export function Stroke({ x, y, length }: At & { length: number }) {
  return <path d={`M${x} ${y}h${length}`} strokeWidth="4" className="stroke-line" />;
}

/** The pointer on what is to be pressed. */
export function Pointer({ x, y }: At) {
  return <path d={`M${x} ${y}l3.6 11 2.2-4.4 4.6-2z`} className="fill-text stroke-surface" />;
}
