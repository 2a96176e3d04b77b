/** What is drawn and written once, and not again for nothing: a slow computer feels each time too many. */
import { act, render, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { useFormat } from "@/i18n/format";
import { useMinutes } from "@/lib/use-now";

import { openWindow } from "./open-window";

describe("a tab that is opened", () => {
  it("is written down once, and not when it was open already", async () => {
    const written = vi.fn();
    const { user } = await openWindow({
      situation: "connected",
      change: (backend) => ({ ...backend, setPreferences: (preferences) => (written(preferences.tab), backend.setPreferences(preferences)) }),
    });
    await user.click(await screen.findByTestId("tab-orders"));
    await screen.findByRole("tabpanel", { name: "Commandes" });
    await user.click(screen.getByTestId("tab-orders"));
    await waitFor(() => expect(written.mock.calls).toEqual([["orders"]]));
  });
});

describe("the clock", () => {
  it("draws nobody again because another one reads it, and goes on for all", () => {
    vi.useFakeTimers({ now: new Date("2026-11-22T08:00:00Z") });
    const drawn = { first: 0, second: 0 };
    function Reader({ name }: { name: keyof typeof drawn }) {
      drawn[name] += 1;
      return <output data-testid={name}>{new Date(useMinutes()).toISOString()}</output>;
    }
    const { rerender, unmount } = render(<><Reader key="first" name="first" /></>);
    expect(screen.getByTestId("first")).toHaveTextContent("2026-11-22T08:00:00.000Z");
    const before = drawn.first;
    act(() => void vi.advanceTimersByTime(30_000));
    rerender(<><Reader key="first" name="first" /><Reader key="second" name="second" /></>);
    expect(drawn.first - before).toBeLessThanOrEqual(1);
    expect(drawn.second).toBe(1);
    act(() => void vi.advanceTimersByTime(60_000));
    expect(screen.getByTestId("second")).toHaveTextContent("2026-11-22T08:01:00.000Z");
    unmount();
    // Nothing ticked meanwhile, and who comes then is not told what was.
    vi.setSystemTime(new Date("2026-11-22T12:00:00Z"));
    render(<Reader name="first" />);
    expect(screen.getByTestId("first")).toHaveTextContent("2026-11-22T12:00:00.000Z");
    vi.useRealTimers();
  });
});

describe("what tells numbers", () => {
  it("is set up once a language", async () => {
    await openWindow({ situation: "empty", language: "en" });
    const all = new Set<unknown>();
    function Teller() {
      all.add(useFormat());
      return null;
    }
    render(<><Teller /><Teller /></>);
    expect(all.size).toBe(1);
  });
});
