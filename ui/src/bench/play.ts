/**
 * Plays what an owner does and says how long it took, when `SMARTLINKS_BENCH` asks for it. Loaded only then.
 *
 * Everything is timed from the event to the frame after the one that shows the result.
 */
import { tell } from "@/ipc/bench";

import { painted, sayPainted } from "./painted";
import { startRing } from "./ring";
import { list, rowHeight, scrollFor } from "./scroll";

const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));
const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid=${id}]`);
const rounded = (ms: number) => Math.round(ms * 10) / 10;

async function timed(act: () => void, shown: () => unknown): Promise<number> {
  const start = performance.now();
  act();
  await painted(shown);
  return rounded(performance.now() - start);
}

/** Radix listens to the mouse going down. */
const press = (element: HTMLElement) => element.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, button: 0 }));

const row = () => document.querySelector("[data-testid=product-row] button");

/** Round and round; the first round fetches what the others find ready. */
async function tabs() {
  const took: Record<string, number[]> = {};
  for (let round = 0; round < 5; round += 1) {
    for (const name of ["products", "orders", "authentication", "overview"]) {
      const tab = await painted(() => find(`tab-${name}`));
      const shown = () => tab.dataset.state === "active" && document.querySelector("main [data-state=active] h1") && (name !== "products" || row());
      (took[name] ??= []).push(await timed(() => press(tab), shown));
      await pause(250);
    }
  }
  await tell("tabs", 0, took);
}

function type(field: HTMLInputElement, text: string) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** A letter that begins nothing has no list to show. */
const answered = (text: string) => {
  const grid = find("products-list");
  return grid === null || grid.dataset.words === text;
};

/** Letter by letter, words that many products have: each letter is a question, and its answer has to be on the screen. */
async function typing() {
  const field = await painted(() => find("products-search") as HTMLInputElement | null);
  const took: Record<string, number> = {};
  const words = [...new Set([...document.querySelectorAll("[data-testid=product-row] button")].flatMap((one) => one.textContent.toLowerCase().split(/[^a-z]+/)))].filter((word) => word.length > 4).slice(0, 6);
  for (const word of words) {
    for (let end = 1; end <= word.length; end += 1) {
      const text = word.slice(0, end);
      took[text] = await timed(() => type(field, text), () => answered(text));
      await pause(120);
    }
  }
  type(field, "");
  await painted(() => find("products-list")?.dataset.words === "");
  await tell("typing", 0, took);
}

const seen = (scroller: HTMLElement) => {
  const box = scroller.getBoundingClientRect();
  return [...scroller.querySelectorAll<HTMLElement>("[data-index]")].filter((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return top >= box.top && bottom <= box.bottom;
  });
};

/** The same rows once more, each put where the screen shows it and in front of all: what the list's own pixels are compared with. */
function copyOf(rows: HTMLElement[]): HTMLElement {
  const sheet = document.createElement("div");
  sheet.className = "bg-surface";
  sheet.style.cssText = "position:fixed;inset:0;z-index:1000";
  for (const one of rows) {
    const { left, top, width } = one.getBoundingClientRect();
    const copy = one.cloneNode(true) as HTMLElement;
    copy.style.cssText += `;position:absolute;transform:none;left:${left}px;top:${top}px;width:${width}px`;
    sheet.append(copy);
  }
  document.body.append(sheet);
  return sheet;
}

/** To the first, the middle and the last row; the driver looks at the screen's pixels meanwhile. */
async function places() {
  const { scroller, rows } = list();
  for (const [name, part] of [["first", 0], ["middle", 0.5], ["last", 1]] as const) {
    const start = performance.now();
    scroller.scrollTop = part * (scroller.scrollHeight - scroller.clientHeight);
    await painted(() => scroller.querySelector("[data-blank]") === null);
    const ms = rounded(performance.now() - start);
    // The scroll bar comes to rest where the list is, and pictures are here.
    await pause(1000);
    const shown = seen(scroller).sort((a, b) => Number(a.dataset.index) - Number(b.dataset.index));
    const facts = {
      ms, count: rows, scale: devicePixelRatio,
      rows: shown.map((one) => {
        const { left, top, width, height } = one.getBoundingClientRect();
        return { index: Number(one.dataset.index), id: one.dataset.id, box: [left, top, width, height].map(Math.round) };
      }),
    };
    await tell(`at-${name}`, 0, facts);
    await pause(1200);
    const copy = copyOf(shown);
    await pause(500);
    await tell(`copy-${name}`, 0, facts);
    await pause(1200);
    copy.remove();
  }
}

async function scrolls() {
  const { scroller } = list();
  // Read while the list is shown: it is hidden behind the ring.
  const height = rowHeight();
  for (let round = 0; round < 3; round += 1) {
    scroller.scrollTop = 0;
    await pause(500);
    await tell("scroll", 0, await scrollFor(scroller, height, { of: "products" }));
    const ring = startRing(list());
    await pause(500);
    await tell("scroll", 0, await scrollFor(ring.scroller, height, { of: "ring" }));
    ring.end();
    await pause(300);
  }
}

/** Plays, and says so when it could not play to the end: a driver would wait in vain. */
export async function play(what: string) {
  await perform(what).catch((error: unknown) => tell("failed", 0, { why: String(error) }));
}

/** `start` only starts; `tabs`, `typing`, `scrolls` and `places`, with commas between, play these, and any other word all. */
async function perform(what: string) {
  const start = performance.now();
  await sayPainted();
  await painted(() => document.querySelector("main h1"));
  await tell("ready", 0, { ms: rounded(performance.now() - start) });
  if (what === "start") return;
  const parts = { tabs, typing, scrolls, places };
  const named = what.split(",").filter((name) => name in parts) as (keyof typeof parts)[];
  await pause(1500);
  for (const name of named.length > 0 ? named : (Object.keys(parts) as (keyof typeof parts)[])) {
    if (name !== "tabs") {
      press(await painted(() => find("tab-products")));
      await painted(row);
      await pause(500);
    }
    await parts[name]();
  }
  await tell("over", 0);
}
