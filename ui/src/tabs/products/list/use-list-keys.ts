import { type FocusEvent, type KeyboardEvent, type MouseEvent, useState } from "react";

import type { ProductRow } from "@/ipc/bindings/ProductRow";

import type { Rows } from "./rows";
import { changed, everything, holds, NOTHING, type Selection, these } from "./selection";

/** A range longer than this is chosen as everything, or not at all: each of its rows has to be fetched. */
const RANGE = 50_000;

interface Options {
  rows: Rows;
  /** Products side by side. */
  across: number;
  /** Products of a screen. */
  page: number;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onOpen: (row: ProductRow) => void;
  reveal: (index: number) => void;
}

/** Moving, choosing and opening, by mouse and by keyboard, as every file manager does it. */
export function useListKeys({ rows, across, page, selection, onSelect, onOpen, reveal }: Options) {
  const [active, setActive] = useState(-1);
  // Another question starts at its own beginning.
  const [asked, setAsked] = useState(rows.query);
  if (asked !== rows.query) {
    setAsked(rows.query);
    setActive(Math.min(active, 0));
  }
  const [anchor, setAnchor] = useState(0);

  /** The selection as keys; what was everything is fetched, so that one of it can be left out. */
  const spelled = async (): Promise<Selection> => {
    if (selection.kind === "products") return selection;
    return rows.count <= RANGE ? these(await rows.range(0, rows.count)) : NOTHING;
  };
  const toggle = async (index: number) => {
    const row = rows.at(index);
    if (!row) return;
    setAnchor(index);
    const before = await spelled();
    onSelect(changed(before, [row], !holds(before, row)));
  };
  const extend = async (index: number) => {
    const [from, end] = [Math.min(anchor, index), Math.max(anchor, index) + 1];
    if (end - from > RANGE) return;
    onSelect(these(await rows.range(from, end)));
  };
  const all = () => onSelect(everything(rows));

  const move = (index: number, extending: boolean) => {
    const next = Math.min(Math.max(index, 0), rows.count - 1);
    setActive(next);
    reveal(next);
    if (extending) void extend(next);
    else setAnchor(next);
  };

  /** Reached by keyboard, the list shows at once where its keys will act. */
  const onFocus = (event: FocusEvent) => {
    if (active < 0 && event.target === event.currentTarget) setActive(0);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // What stands in the heading answers to its own keys.
    if ((event.target as HTMLElement).closest("[role=columnheader]")) return;
    const command = event.ctrlKey || event.metaKey;
    const moves: Record<string, number> = {
      ArrowDown: active + across,
      ArrowUp: active - across,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.count - 1,
      ...(across > 1 ? { ArrowRight: active + 1, ArrowLeft: active - 1 } : {}),
    };
    const next = moves[event.key];
    const row = rows.at(active);
    if (next !== undefined) move(next, event.shiftKey);
    else if (command && event.key.toLowerCase() === "a") all();
    else if (event.key === " " && row) void toggle(active);
    else if (event.key === "Enter" && row) onOpen(row);
    else if (event.key === "Escape" && selection !== NOTHING) onSelect(NOTHING);
    else return;
    event.preventDefault();
  };

  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    const index = Number(target.closest<HTMLElement>("[data-index]")?.dataset.index ?? -1);
    const row = rows.at(index);
    if (!row) return;
    setActive(index);
    if (event.shiftKey) void extend(index);
    else if (event.ctrlKey || event.metaKey || "choose" in target.dataset) void toggle(index);
    else onOpen(row);
  };

  return { active, onFocus, onKeyDown, onClick };
}
