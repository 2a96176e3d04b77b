import type { ReactNode } from "react";

import { cx } from "@/lib/cx";

export interface Column<T> {
  name: string;
  /** The name is read aloud, not seen. */
  quiet?: boolean;
  right?: boolean;
  cell: (row: T) => ReactNode;
  className?: string;
}

interface Props<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string | number;
}

/** A short table. What has no end is listed by the virtual ones of its own tab. */
export function Table<T>({ label, columns, rows, keyOf }: Props<T>) {
  return (
    <table aria-label={label} className="w-full">
      <thead className={columns.every((column) => column.quiet) ? "sr-only" : undefined}>
        <tr>
          {columns.map((column) => (
            <th key={column.name} scope="col" className={cx("px-2 pb-1.5 text-sm font-medium text-muted first:pl-4.5 last:pr-4.5", column.right === true ? "text-right" : "text-left")}>
              <span className={column.quiet === true ? "sr-only" : undefined}>{column.name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} className="border-t border-line-soft">
            {columns.map((column) => (
              <td key={column.name} className={cx("px-2 py-2 align-middle first:pl-4.5 last:pr-4.5", column.right === true && "text-right", column.className)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
