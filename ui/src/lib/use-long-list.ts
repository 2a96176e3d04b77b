import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

import { boxHeight, type Extent, placeAt, revealing, scrolled, settled, TALLEST, TOP, visible } from "./long-list";

/** A hand that did nothing for so long rests, ms. */
const REST = 160;
/** Faster than this nobody reads, px a ms: the wheel turned by a careful hand stays below. */
const READABLE = 4;

interface Shown {
  first: number;
  end: number;
  shift: number;
  view: number;
}

const EMPTY: Shown = { first: 0, end: 0, shift: 0, view: 0 };

export interface LongList {
  /** Goes on what scrolls. */
  scroller: RefObject<HTMLDivElement | null>;
  /** Height of what is inside it, px. */
  height: number;
  first: number;
  end: number;
  /** Nodes needed to show `first` to `end` wherever the list stands; row `index` goes into node `index % nodes`. */
  nodes: number;
  /** The hand moves faster than one can read: what is costly to show may wait until it rests. */
  flying: boolean;
  /** Where a row stands in the box, px. */
  top: (index: number) => number;
  /** Scrolls no further than it takes to see this row. */
  reveal: (index: number) => void;
  /** Back to the first row. */
  rewind: () => void;
}

/** An enlarged page has more px painted than it is told of. */
const tallest = () => Math.floor(TALLEST / Math.max(1, devicePixelRatio));

/** Draws only the rows that are seen of a list of any length; see `long-list` for how it fits into a box. */
export function useLongList({ rows, row, over = 6 }: { rows: number; row: number; over?: number }): LongList {
  const scroller = useRef<HTMLDivElement>(null);
  const place = useRef(TOP);
  const [shown, setShown] = useState(EMPTY);
  const [flying, setFlying] = useState(false);

  const extent = useCallback((): Extent => ({ rows, row, view: scroller.current?.clientHeight ?? 0, tallest: tallest() }), [rows, row]);
  const show = useCallback(() => {
    const now = extent();
    // At its very top a list was not scrolled yet: a new answer is there sooner with fewer rows, and the first turn finds two.
    const more = place.current.scroll === 0 ? Math.min(over, 2) : over;
    const next = { ...visible(place.current, now, more), shift: place.current.shift, view: now.view };
    setShown((last) => (last.first === next.first && last.end === next.end && last.shift === next.shift && last.view === next.view ? last : next));
  }, [extent, over]);
  const go = useCallback(
    (next: typeof TOP) => {
      place.current = next;
      if (scroller.current && scroller.current.scrollTop !== next.scroll) scroller.current.scrollTop = next.scroll;
      show();
    },
    [show],
  );

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    // Another number or height of rows: what was seen stays where it is, as far as it is still there.
    go(placeAt(place.current.scroll + place.current.shift, extent()));
    let rest: ReturnType<typeof setTimeout> | undefined;
    let before = performance.now();
    const onScroll = () => {
      const { scrollTop } = box;
      if (scrollTop === place.current.scroll) return;
      const now = performance.now();
      const speed = Math.abs(scrollTop - place.current.scroll) / Math.max(1, now - before);
      before = now;
      // At once, so that the rows are painted in the frame that scrolled.
      flushSync(() => {
        if (speed > READABLE) setFlying(true);
        go(scrolled(place.current, scrollTop, extent()));
      });
      clearTimeout(rest);
      rest = setTimeout(() => {
        setFlying(false);
        go(settled(place.current, extent()));
      }, REST);
    };
    box.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      box.removeEventListener("scroll", onScroll);
      clearTimeout(rest);
    };
  }, [extent, go]);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const watch = new ResizeObserver(show);
    watch.observe(box);
    return () => watch.disconnect();
  }, [show]);

  return {
    scroller,
    height: boxHeight({ rows, row, view: shown.view, tallest: tallest() }),
    first: shown.first,
    end: Math.min(shown.end, rows),
    flying,
    nodes: Math.ceil(shown.view / row) + 1 + 2 * over,
    top: (index) => index * row - shown.shift,
    reveal: useCallback((index: number) => go(revealing(index, place.current, extent())), [go, extent]),
    rewind: useCallback(() => go(TOP), [go]),
  };
}
