import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { openWindow } from "./open-window";

afterEach(() => vi.restoreAllMocks());

/** The list, scrolled to `top` after so many milliseconds. */
async function scrollTo(top: number, after: number) {
  const scroller = document.querySelector<HTMLElement>("[data-scroller]");
  if (!scroller) throw new Error("no list");
  const then = performance.now() + after;
  vi.spyOn(performance, "now").mockReturnValue(then);
  await act(() => {
    scroller.scrollTop = top;
    scroller.dispatchEvent(new Event("scroll"));
    return Promise.resolve();
  });
}

const row = (index: number) => document.querySelector<HTMLElement>(`[data-testid=product-row][data-index="${index}"]`);

describe("the list under a fast hand", () => {
  it("asks for no picture of what nobody can look at, and for those it rests on", async () => {
    await openWindow({ preferences: { tab: "products" } });
    await screen.findAllByTestId("product-row");
    await scrollTo(3000, 100);
    expect(row(57)).toHaveTextContent(/\p{L}/u);
    expect(row(57)?.querySelector("img")).toBeNull();
    await waitFor(() => expect(row(57)?.querySelector("img")).not.toBeNull());
  });

  it("keeps the pictures under a hand that reads", async () => {
    await openWindow({ preferences: { tab: "products" } });
    await screen.findAllByTestId("product-row");
    await scrollTo(216, 100);
    expect(row(17)?.querySelector("img")).not.toBeNull();
  });
});
