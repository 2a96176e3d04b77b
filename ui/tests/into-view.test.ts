/** What moves the page by itself: once, and never under the hands of the owner. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { leadTo, showNew } from "@/lib/into-view";

const moved: string[] = [];
const at = (id: string) => document.getElementById(id);
const pass = (ms: number) => vi.advanceTimersByTime(ms);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["requestAnimationFrame", "cancelAnimationFrame", "performance", "setTimeout"] });
  document.body.innerHTML = `<main><p id="note"></p><section id="guide"></section><button id="last"></button><input id="field" /></main>`;
  moved.length = 0;
  Element.prototype.scrollIntoView = function (options) {
    moved.push(`${this.id} ${(options as ScrollIntoViewOptions).block ?? ""}`);
  };
});

afterEach(() => {
  pass(10_000);
  vi.useRealTimers();
});

describe("what moves the page by itself", () => {
  it("moves once for all that one click changes, to where the click leads", () => {
    showNew(at("note"));
    leadTo(() => at("guide"));
    showNew(at("note"));
    pass(100);
    expect(moved).toEqual(["guide start"]);
  });

  it("leaves a button where it is between pressing it and its click", () => {
    dispatchEvent(new Event("pointerdown"));
    showNew(at("note"));
    pass(1000);
    expect(moved).toEqual([]);
    dispatchEvent(new Event("pointerup"));
    pass(100);
    expect(moved).toEqual(["note nearest"]);
  });

  it("waits until a menu or a dialog is gone, and forgets it when that takes long", () => {
    document.body.insertAdjacentHTML("beforeend", `<div role="menu"></div>`);
    leadTo(() => at("last"), { button: true });
    pass(500);
    expect(moved).toEqual([]);
    document.querySelector("[role=menu]")?.remove();
    pass(100);
    expect(moved).toEqual(["last center"]);
    expect(document.activeElement).toBe(at("last"));
    document.body.insertAdjacentHTML("beforeend", `<div role="dialog"></div>`);
    showNew(at("note"));
    pass(5000);
    document.querySelector("[role=dialog]")?.remove();
    pass(5000);
    expect(moved).toEqual(["last center"]);
  });

  it("does not move the field somebody types in, unless they asked to be led elsewhere", () => {
    at("field")?.focus();
    showNew(at("note"));
    pass(100);
    expect(moved).toEqual([]);
    leadTo(() => at("guide"));
    pass(100);
    expect(moved).toEqual(["guide start"]);
  });

  it("shows the guide when its last step does not come, and leaves alone what is in sight", () => {
    leadTo(() => null, { button: true, otherwise: () => at("guide") });
    pass(300);
    expect(moved).toEqual([]);
    pass(500);
    expect(moved).toEqual(["guide start"]);
    const seen = at("last");
    if (seen) seen.getBoundingClientRect = () => new DOMRect(0, 0, 10, 0.5);
    const main = document.querySelector("main");
    if (main) main.getBoundingClientRect = () => new DOMRect(0, 0, 10, 600);
    leadTo(() => seen, { button: true });
    pass(100);
    expect(moved).toEqual(["guide start"]);
    expect(document.activeElement).toBe(seen);
  });
});
