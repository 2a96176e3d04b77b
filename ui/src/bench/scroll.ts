/** The scripted scroll: 200 rows a second for ten seconds, and what the eye would have seen of it. */
const SECONDS = 10;
const ROWS_A_SECOND = 200;
/** A frame this much later than the one before it is one that the eye misses, ms. */
const LATE = 25;

export const rowHeight = () => document.querySelector<HTMLElement>("[data-testid=product-row]")?.offsetHeight ?? 54;

/** The list of products: its scroller, and what its rows say. */
export function list() {
  const grid = document.querySelector<HTMLElement>("[data-testid=products-list]");
  const scroller = grid?.querySelector<HTMLElement>("[data-scroller]");
  if (!grid || !scroller) throw new Error("no list of products is shown");
  return { grid, scroller, rows: Number(grid.getAttribute("aria-rowcount")) - 1, dataset: grid.dataset };
}

/** Rows of the screen without their product, and rows that should be there and are not. */
function blanks(scroller: HTMLElement, height: number): { seen: number; blank: number } {
  const box = scroller.getBoundingClientRect();
  const covered = [...scroller.querySelectorAll<HTMLElement>("[data-index]")].filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > box.top && top < box.bottom;
  });
  const seen = Math.floor(box.height / height);
  const full = covered.filter((row) => row.querySelector("[data-blank]") === null).length;
  return { seen, blank: Math.max(0, seen - full) };
}

export async function scrollFor(scroller: HTMLElement, height: number, facts: { of: string }) {
  const speed = (ROWS_A_SECOND * height) / 1000;
  const times: number[] = [];
  let [seen, blank, moved] = [0, 0, 0];
  await new Promise<void>((over) => {
    let last = 0;
    let start = 0;
    const step = (now: number) => {
      if (start === 0) start = now;
      else times.push(now - last);
      // As the eye would see it: what the frame before this one left on the screen. Looked at now and then, as it costs a layout.
      if (times.length % 8 === 7) {
        const found = blanks(scroller, height);
        seen += found.seen;
        blank += found.blank;
      }
      const due = (now - start) * speed;
      scroller.scrollTop += Math.round(due - moved);
      moved += Math.round(due - moved);
      last = now;
      if (now - start < SECONDS * 1000) requestAnimationFrame(step);
      else over();
    };
    requestAnimationFrame(step);
  });
  const sorted = [...times].sort((a, b) => a - b);
  const sum = times.reduce((total, ms) => total + ms, 0);
  return {
    ...facts,
    fps: Math.round((times.length / sum) * 10_000) / 10,
    p95: Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? 0),
    late: times.filter((ms) => ms > LATE).length,
    blank: Math.round((blank / Math.max(1, seen)) * 10_000) / 100,
    rows: Math.round(moved / height),
  };
}
