/**
 * The one place that moves the page by itself. It moves once for everything that happened at once, at once and not sliding (which is
 * also what who asked for less motion wants), and never between pressing a button and letting it go, nor beneath a menu or a
 * dialog: what is about to be clicked stays where it is.
 */

/** How long a move waits for its place to appear, or for the pointer or a menu: later it would surprise. In milliseconds. */
const PATIENCE = { place: 500, hands: 3000 };

const LAYERS = "[role=menu],[role=listbox],[role=dialog],[role=alertdialog]";

interface Move {
  /** The place, once it is there. */
  find: () => Element | null;
  block: ScrollLogicalPosition;
  /** Asked for by a click, and not only something new. */
  asked: boolean;
  focus: boolean;
  otherwise?: () => Element | null;
  since: number;
}

let next: Move | null = null;
let pressed = false;

/** A click comes after the pointer is let go: the page stays until then. */
const release = () => requestAnimationFrame(() => (pressed = false));
addEventListener("pointerdown", () => (pressed = true), true);
addEventListener("pointerup", release, true);
addEventListener("pointercancel", release, true);

const typing = () => document.activeElement instanceof HTMLInputElement && document.activeElement.type !== "checkbox";

/** Whether a place is all to be seen already. */
function inSight(place: Element): boolean {
  const { top, bottom } = place.getBoundingClientRect();
  const scroller = place.closest("main")?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
  return bottom > top && top >= scroller.top && bottom <= scroller.bottom;
}

function move() {
  if (next === null) return;
  const { find, block, asked, focus, otherwise, since } = next;
  const waited = performance.now() - since;
  const found = find();
  const place = found ?? (waited > PATIENCE.place ? (otherwise?.() ?? null) : null);
  const covered = [...document.querySelectorAll(LAYERS)].some((layer) => place === null || !layer.contains(place));
  if (pressed || covered ? waited <= PATIENCE.hands : place === null && waited <= PATIENCE.place) return void requestAnimationFrame(move);
  next = null;
  if (place === null || pressed || covered || (!asked && typing())) return;
  if (!inSight(place)) place.scrollIntoView({ block: found === null ? "start" : block, behavior: "instant" });
  if (focus && found instanceof HTMLElement) found.focus({ preventScroll: true });
}

function plan(wanted: Omit<Move, "since">) {
  // Where a click leads weighs more than what is new beside it.
  if (next?.asked === true && !wanted.asked) return;
  const idle = next === null;
  next = { ...wanted, since: performance.now() };
  if (idle) requestAnimationFrame(move);
}

/** Something new an owner should see: no further than needed, and not under the hands of somebody who types. */
export function showNew(place: Element | null): void {
  if (place) plan({ find: () => (place.isConnected ? place : null), block: "nearest", asked: false, focus: false });
}

/** Where a click leads: that place at the top, or a `button` in the middle with the focus on it; `otherwise` where there is none. */
export function leadTo(find: () => Element | null, options: { button?: boolean; otherwise?: () => Element | null } = {}): void {
  const { button = false, otherwise } = options;
  plan({ find, block: button ? "center" : "start", asked: true, focus: button, otherwise });
}

/** Moves a list of its own, and nothing around it, so far that one of its lines is seen. */
export function keepInList(list: HTMLElement, line: HTMLElement): void {
  const [above, below] = [line.offsetTop - list.offsetTop - list.scrollTop, line.offsetTop - list.offsetTop + line.offsetHeight - list.scrollTop - list.clientHeight];
  if (above < 0) list.scrollTop += above;
  else if (below > 0) list.scrollTop += below;
}
