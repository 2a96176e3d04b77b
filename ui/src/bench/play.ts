/**
 * Plays what an owner does and says how long it took, when `SMARTLINKS_BENCH` asks for it. Loaded only then.
 *
 * Everything is timed from the event to the frame after the one that shows the result: what is in the DOM is not painted yet.
 */
import { tell } from "@/ipc/bench";

import { began } from "./began";
import { list, rowHeight, scrollFor } from "./scroll";
import { startRing } from "./ring";

const frame = () => new Promise<number>((seen) => requestAnimationFrame(seen));
const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));
/** The frame that shows the present DOM is on its way to the screen once the next one begins. */
export const painted = async () => {
  await frame();
  await frame();
};

async function until<T>(what: () => T | null | undefined | false, patience = 30_000): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    const found = what();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${String(what)}`);
    await frame();
  }
}

const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid=${id}]`);
const rounded = (ms: number) => Math.round(ms * 10) / 10;

async function timed(act: () => void, shown: () => unknown): Promise<number> {
  const start = performance.now();
  act();
  await until(shown);
  await painted();
  return rounded(performance.now() - start);
}

/** Radix listens to the mouse going down. */
const press = (element: HTMLElement) => {
  element.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, button: 0 }));
  element.click();
};

async function tabs() {
  const took: Record<string, number[]> = {};
  for (let round = 0; round < 3; round += 1) {
    for (const name of ["products", "orders", "authentication", "overview"]) {
      const tab = await until(() => find(`tab-${name}`));
      const ms = await timed(() => press(tab), () => tab.dataset.state === "active" && document.querySelector("main [data-state=active] h1"));
      (took[name] ??= []).push(ms);
      await pause(250);
    }
  }
  await tell("tabs", 0, took);
}

function type(field: HTMLInputElement, text: string) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Letter by letter, words that many products have: each letter is a question, and its answer has to be on the screen. */
async function typing() {
  const field = await until(() => find("products-search") as HTMLInputElement | null);
  const took: number[] = [];
  const words = [...new Set([...document.querySelectorAll("[data-testid=product-row] button")].flatMap((row) => row.textContent.toLowerCase().split(/[^a-z]+/)))].filter((word) => word.length > 4).slice(0, 4);
  for (const word of words) {
    // One letter alone is looked for as a word of its own, which nothing may be called.
    for (let end = 2; end <= word.length; end += 1) {
      const text = word.slice(0, end);
      took.push(await timed(() => type(field, text), () => list().dataset.words === text));
      await pause(60);
    }
  }
  type(field, "");
  await until(() => list().dataset.words === "");
  const sorted = [...took].sort((a, b) => a - b);
  await tell("typing", 0, { letters: took.length, words, median: sorted[Math.floor(sorted.length / 2)], p95: sorted[Math.floor(sorted.length * 0.95)], most: sorted.at(-1) });
}

/** To the first, the middle and the last row; the driver looks at the screen's pixels meanwhile. */
async function places() {
  const { scroller } = list();
  const { rows } = list();
  const places: [string, number][] = [["first", 0], ["middle", 0.5], ["last", 1]];
  for (const [name, part] of places) {
    const start = performance.now();
    scroller.scrollTop = part * (scroller.scrollHeight - scroller.clientHeight);
    await frame();
    await until(() => scroller.querySelector("[data-blank]") === null);
    await painted();
    const ms = rounded(performance.now() - start);
    const box = scroller.getBoundingClientRect();
    const shown = [...scroller.querySelectorAll<HTMLElement>("[data-index]")].filter((row) => row.getBoundingClientRect().bottom > box.top + 1 && row.getBoundingClientRect().top < box.bottom - 1).map((row) => Number(row.dataset.index));
    await tell(`at-${name}`, 0, { ms, rows, from: Math.min(...shown), to: Math.max(...shown), box: [box.left, box.top, box.width, box.height].map(Math.round), row: rowHeight(), scale: devicePixelRatio });
    await pause(1500);
  }
}

async function scrolls() {
  const { scroller } = list();
  for (let round = 0; round < 2; round += 1) {
    scroller.scrollTop = 0;
    await pause(500);
    await tell("scroll", 0, await scrollFor(scroller, { of: "products" }));
    const ring = startRing(list());
    await pause(500);
    await tell("scroll", 0, await scrollFor(ring.scroller, { of: "ring" }));
    ring.end();
    await pause(300);
  }
}

/** Plays, and says so when it could not play to the end: a driver would wait in vain. */
export async function play(what: string) {
  await perform(what).catch((error: unknown) => tell("failed", 0, { why: String(error) }));
}

async function perform(what: string) {
  const start = performance.now();
  await painted();
  const ready = performance.now();
  await tell("script", ready - began);
  await tell("painted", 0);
  await until(() => document.querySelector("main h1"));
  await painted();
  await tell("ready", 0, { ms: rounded(performance.now() - start) });
  if (what !== "tour") return;
  await pause(1500);
  await tabs();
  press(await until(() => find("tab-products")));
  await until(() => document.querySelector("[data-testid=product-row] button"));
  await pause(500);
  await typing();
  await scrolls();
  await places();
  await tell("over", 0);
}
