/**
 * Where rows stand in a list taller than a browser can draw; pure.
 *
 * WebKitGTK paints nothing past 2^24 px, and a million rows of 54 px are three times that. So the box that scrolls is never
 * taller than `TALLEST` of them, and the list lies behind it, moved by `shift`: what is at `scroll` in the box is at `scroll + shift`
 * in the list. Small steps leave `shift` alone, so that a turn of the wheel moves the rows exactly as far. Only a jump of the
 * scroll bar is mapped from the box to the list, and once the hand rests the bar is put where the list is.
 *
 * The map is one to one near both ends, and stretched between: the first and the last row come to rest where they belong.
 */
export const TALLEST = 16_000_000;
/** At each end, px that are mapped one to one. */
const PLAIN = 1_000_000;
/** A step longer than this many views is a jump of the scroll bar. */
const JUMP = 3;
/** Nearer than this many views to an end of the box, the map is put right at once: there must be room for the next step. */
const NEAR = 4;

export interface Extent {
  rows: number;
  /** Height of one, px. */
  row: number;
  /** Height of what is seen of the box, px. */
  view: number;
  /** Px of the box at most: fewer than `TALLEST` where the page is enlarged, because what is painted counts. */
  tallest: number;
}

export interface Place {
  /** As the box is scrolled. */
  scroll: number;
  /** From the box to the list. */
  shift: number;
}

export const TOP: Place = { scroll: 0, shift: 0 };

export const boxHeight = ({ rows, row, tallest }: Extent) => Math.min(rows * row, tallest);

/** How far the box, and the list behind it, can be scrolled. */
const ways = (extent: Extent) => ({
  box: Math.max(0, boxHeight(extent) - extent.view),
  list: Math.max(0, extent.rows * extent.row - extent.view),
});

const between = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

/** From a scroll position of the box to an offset in the list, and back. */
function mapped(value: number, from: number, to: number): number {
  if (from === to || value <= PLAIN) return value;
  if (value >= from - PLAIN) return to - (from - value);
  return PLAIN + ((value - PLAIN) / (from - 2 * PLAIN)) * (to - 2 * PLAIN);
}

/** The list at an offset, the scroll bar where it belongs. */
export function placeAt(offset: number, extent: Extent): Place {
  const { box, list } = ways(extent);
  const within = between(Math.round(offset), 0, list);
  const scroll = Math.round(mapped(within, list, box));
  return { scroll, shift: within - scroll };
}

/** The same place, the scroll bar where it belongs. */
export const settled = (place: Place, extent: Extent): Place => placeAt(place.scroll + place.shift, extent);

/** Where the list is once the box was scrolled to `scroll`. The answer may ask for another `scroll` than that. */
export function scrolled(before: Place, scroll: number, extent: Extent): Place {
  const { box, list } = ways(extent);
  if (box === list) return { scroll, shift: 0 };
  const jumped = Math.abs(scroll - before.scroll) > JUMP * extent.view;
  if (jumped) return { scroll, shift: Math.round(mapped(scroll, box, list)) - scroll };
  const place = { scroll, shift: before.shift };
  const margin = NEAR * extent.view;
  return scroll < margin || scroll > box - margin ? settled(place, extent) : place;
}

/** The rows to draw: those seen, and `over` more on each side. `end` is the first behind them. */
export function visible({ scroll, shift }: Place, { rows, row, view }: Extent, over: number): { first: number; end: number } {
  const offset = scroll + shift;
  const first = between(Math.floor(offset / row) - over, 0, rows);
  return { first, end: between(Math.ceil((offset + view) / row) + over, first, rows) };
}

/** The nearest place from which a row is seen whole. */
export function revealing(index: number, place: Place, extent: Extent): Place {
  const offset = place.scroll + place.shift;
  const top = index * extent.row;
  if (top < offset) return placeAt(top, extent);
  if (top + extent.row > offset + extent.view) return placeAt(top + extent.row - extent.view, extent);
  return place;
}
