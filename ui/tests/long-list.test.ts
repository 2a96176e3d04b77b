/** A list taller than a browser can draw: every row can be reached, nothing jumps under a wheel, nothing is drawn too deep. */
// @vitest-environment node
import { describe, expect, it } from "vitest";

import { boxHeight, type Extent, type Place, placeAt, revealing, scrolled, settled, TALLEST, TOP, visible } from "@/lib/long-list";

const EXTENTS: Extent[] = [
  { rows: 1, row: 54, view: 600, tallest: TALLEST },
  { rows: 12, row: 54, view: 600, tallest: TALLEST },
  { rows: 12_480, row: 54, view: 600, tallest: TALLEST },
  { rows: 296_297, row: 54, view: 600, tallest: TALLEST },
  { rows: 300_000, row: 54, view: 317, tallest: TALLEST },
  { rows: 1_000_000, row: 54, view: 600, tallest: TALLEST },
  { rows: 1_000_000, row: 40, view: 1380, tallest: TALLEST },
  { rows: 5_000_000, row: 54, view: 733, tallest: TALLEST },
  // Enlarged to 200 %: half the height is seen, and half of it may be drawn.
  { rows: 1_000_000, row: 54, view: 300, tallest: TALLEST / 2 },
];
/** WebKitGTK paints nothing past this. */
const PAINTED = 2 ** 24;

const offset = ({ scroll, shift }: Place) => scroll + shift;
const most = ({ rows, row, view }: Extent) => Math.max(0, rows * row - view);
const deepest = (extent: Extent) => Math.max(0, boxHeight(extent) - extent.view);
const sees = (place: Place, extent: Extent, index: number) => {
  const { first, end } = visible(place, extent, 0);
  return first <= index && index < end;
};
/** The same numbers every time. */
function* numbers(seed: number) {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

describe.each(EXTENTS)("a list of $rows rows of $row px in $view px", (extent) => {
  const { rows, row, view } = extent;

  it("shows the first, the middle, the last and any other row, each where it can be painted", () => {
    const random = numbers(rows);
    const some = Array.from({ length: 500 }, () => Math.floor((random.next().value ?? 0) * rows));
    for (const index of [0, 1, Math.floor(rows / 2), rows - 2, rows - 1, ...some].filter((one) => one >= 0 && one < rows)) {
      const place = revealing(index, TOP, extent);
      expect(sees(place, extent, index)).toBe(true);
      expect(place.scroll).toBeGreaterThanOrEqual(0);
      expect(place.scroll).toBeLessThanOrEqual(deepest(extent));
      const bottom = (index + 1) * row - place.shift;
      expect(bottom).toBeLessThanOrEqual(boxHeight(extent));
      expect(bottom).toBeLessThan(PAINTED);
      expect(bottom - row).toBeGreaterThanOrEqual(0);
    }
  });

  it("is at its ends when the scroll bar is, and in its middle when the bar is", () => {
    const jump = (scroll: number) => offset(scrolled({ scroll: scroll < view * 9 ? deepest(extent) : 0, shift: 0 }, scroll, extent));
    if (deepest(extent) <= view * 9) return;
    expect(jump(0)).toBe(0);
    expect(jump(deepest(extent))).toBe(most(extent));
    expect(Math.abs(jump(deepest(extent) / 2) - most(extent) / 2)).toBeLessThanOrEqual(1);
  });

  it("turns back into the same place, wherever it is", () => {
    const random = numbers(7);
    for (let turn = 0; turn < 500; turn += 1) {
      const at = Math.round((random.next().value ?? 0) * most(extent));
      const place = placeAt(at, extent);
      expect(offset(place)).toBe(at);
      expect(settled(place, extent)).toEqual(place);
    }
  });

  it("moves exactly as far as the wheel does, also where the bar has to be put right on the way", () => {
    const random = numbers(rows + 1);
    let place = placeAt(most(extent) * 0.4, extent);
    for (let turn = 0; turn < 3000; turn += 1) {
      const wanted = Math.round(((random.next().value ?? 0) - 0.3) * view);
      const step = Math.min(Math.max(wanted, -place.scroll), deepest(extent) - place.scroll);
      const next = scrolled(place, place.scroll + step, extent);
      expect(offset(next) - offset(place)).toBe(step + 0);
      expect(next.scroll).toBeGreaterThanOrEqual(0);
      expect(next.scroll).toBeLessThanOrEqual(deepest(extent));
      place = turn % 40 === 39 ? settled(next, extent) : next;
    }
  });
});

describe("scrolling by small steps alone", () => {
  // Rows as tall as a view, so that the way is long and the steps are few.
  const extent: Extent = { rows: 100_000, row: 600, view: 600, tallest: TALLEST };

  it("comes to the last row and back to the first", () => {
    expect(boxHeight(extent)).toBe(TALLEST);
    let place = TOP;
    for (const way of [900, -900]) {
      for (let step = 0; step < 70_000; step += 1) {
        const scroll = Math.min(Math.max(place.scroll + way, 0), deepest(extent));
        if (scroll === place.scroll) break;
        place = scrolled(place, scroll, extent);
      }
      expect(offset(place)).toBe(way > 0 ? most(extent) : 0);
    }
  });
});
