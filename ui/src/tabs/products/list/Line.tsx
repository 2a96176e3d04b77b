import { memo, useState } from "react";

import type { Column } from "@/ipc/bindings/Column";
import type { ProductRow } from "@/ipc/bindings/ProductRow";
import { cx } from "@/lib/cx";
import { Skeleton } from "@/ui/Feedback";
import { Picture } from "@/ui/Picture";

import { Cell, codeOf, isDelisted } from "./Cells";
import type { Say } from "./say";

export const ROW_HEIGHT = 54;

export interface LineProps {
  /** Not here yet: a quiet place is kept for it. */
  row: ProductRow | undefined;
  index: number;
  top: number;
  columns: readonly Column[];
  template: string;
  say: Say;
  selected: boolean;
  /** The row the keyboard is at. */
  active: boolean;
  /** Its drawer is open. */
  opened: boolean;
  /** Too fast to be read: a picture not here yet is not asked for. */
  flying: boolean;
}

/** One row; its node shows another product as soon as it leaves the screen. The list around it hears the clicks. */
export const Line = memo(function Line({ row, index, top, columns, template, say, selected, active, opened, flying }: LineProps) {
  const image = row?.image ?? null;
  const [picture, setPicture] = useState(image);
  if (!flying && picture !== image) setPicture(image);
  return (
    <div
      role="row"
      id={`product-${index}`}
      data-testid="product-row"
      data-id={row?.product_id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={row ? undefined : true}
      className={cx(
        "absolute inset-x-0 grid items-center gap-x-3 border-b border-line-soft px-3.5 contain-strict",
        selected || opened ? "bg-accent-soft" : "hover:bg-hover",
        active && "outline-2 -outline-offset-2 outline-transparent in-focus-visible:outline-accent",
      )}
      style={{ height: ROW_HEIGHT, transform: `translateY(${top}px)`, gridTemplateColumns: template }}
    >
      {row ? (
        <>
          <span role="gridcell">
            <input type="checkbox" tabIndex={-1} readOnly checked={selected} aria-label={say.choose(row)} data-choose="" className="block size-3.5 accent-accent" />
          </span>
          <span role="gridcell">
            {picture === image ? (
              <Picture key={image} src={image} className={cx("size-9", isDelisted(row) && "opacity-50")} />
            ) : (
              <span className="block size-9 rounded-md bg-neutral-soft" />
            )}
          </span>
          <span role="gridcell" className="min-w-0">
            <button type="button" tabIndex={-1} className="block max-w-full truncate text-left">
              {row.title}
            </button>
            <span className="block truncate text-sm text-muted">{codeOf(row)}</span>
          </span>
          {columns.map((column) => (
            <Cell key={column} column={column} row={row} say={say} />
          ))}
        </>
      ) : (
        <span role="gridcell" className="col-start-2 col-end-4 flex items-center gap-3" data-blank="">
          <Skeleton className="size-9 rounded-md" />
          <Skeleton className="h-2.5 w-2/5" />
        </span>
      )}
    </div>
  );
});
