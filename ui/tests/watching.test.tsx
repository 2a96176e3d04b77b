/** What runs by itself and what the owner is told of: syncs on a schedule, rules, and what met them. */
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { Backend } from "@/ipc/backend";
import { errorView, refuse } from "@/ipc/fake/world";

import { openWindow } from "./open-window";

type User = Awaited<ReturnType<typeof openWindow>>["user"];

const refused = () => refuse(errorView("disk"));

async function settings(change?: (backend: Backend) => Backend) {
  const opened = await openWindow(change ? { change } : {});
  await opened.user.click(await screen.findByTestId("settings-open"));
  return opened;
}

async function choose(user: User, testId: string, value: string) {
  await user.click(await screen.findByTestId(testId));
  await waitFor(() => expect(document.querySelector(`[data-choice="${value}"]`)).not.toBeNull());
  await user.click(document.querySelector(`[data-choice="${value}"]`) as HTMLElement);
}

describe("syncs that start by themselves", () => {
  it("run as often as chosen, and say when the next one does", async () => {
    const { user, backend } = await settings();
    expect(await screen.findByTestId("schedule-next")).toHaveTextContent(/prochaine/);
    expect(screen.getByTestId("schedule-often")).toHaveTextContent("Une fois par jour");
    await choose(user, "schedule-often", "168");
    await waitFor(() => expect(screen.getByTestId("schedule-often")).toHaveTextContent("Une fois par semaine"));
    expect((await backend.schedule()).schedule.every_hours).toBe(168);
    await choose(user, "schedule-often", "");
    await waitFor(() => expect(screen.getByTestId("schedule-next")).not.toHaveTextContent(/prochaine/));
    expect((await backend.schedule()).schedule.every_hours).toBeNull();
  });

  it("keep each choice without touching the others", async () => {
    const { user, backend } = await settings();
    const before = (await backend.schedule()).schedule;
    await choose(user, "schedule-scope", "all");
    await waitFor(async () => expect((await backend.schedule()).schedule).toEqual({ ...before, scope: "all" }));
    await user.click(screen.getByRole("checkbox", { name: /chaque ouverture/ }));
    await waitFor(async () => expect((await backend.schedule()).schedule).toEqual({ ...before, scope: "all", at_start: true }));
  });

  it("show what is kept, and why, when a choice could not be kept", async () => {
    const { user } = await settings((backend) => ({ ...backend, setSchedule: refused }));
    await choose(user, "schedule-often", "6");
    expect(await within(screen.getByTestId("settings")).findByRole("alert")).toHaveAttribute("data-code", "disk");
    expect(screen.getByTestId("schedule-often")).toHaveTextContent("Une fois par jour");
  });
});

describe("the rules of the alerts", () => {
  const rules = () => within(screen.getByTestId("alert-rules")).getAllByRole("listitem").map((item) => item.textContent.replace(/\s/g, " "));

  it("are added as typed in French, and only once they say how much", async () => {
    const { user, backend } = await settings();
    await screen.findByTestId("alert-rules");
    const field = screen.getByTestId("alert-threshold");
    await user.clear(field);
    await user.type(field, "beaucoup");
    expect(screen.getByTestId("alert-rule-add")).toBeDisabled();
    await user.clear(field);
    await user.type(field, "12,5");
    await user.click(screen.getByTestId("alert-rule-add"));
    await waitFor(() => expect(rules()).toContain("Le prix monte de 12,5 % ou plus · tous les produits"));
    expect((await backend.alertRules()).at(-1)).toMatchObject({ what: "price_up", threshold: "12.5" });
  });

  it("ask for no number where there is none to give", async () => {
    const { user, backend } = await settings();
    await choose(user, "alert-kind", "back_in_stock");
    await waitFor(() => expect(screen.queryByTestId("alert-threshold")).toBeNull());
    await user.click(screen.getByTestId("alert-rule-add"));
    await waitFor(() => expect(rules()).toContain("Un produit épuisé revient en stock · tous les produits"));
    expect((await backend.alertRules()).at(-1)).toMatchObject({ what: "back_in_stock", threshold: null });
  });

  it("go one by one, and say what it means when none is left", async () => {
    const { user } = await settings();
    await screen.findByTestId("alert-rules");
    for (let left = 3; left > 0; left -= 1) {
      const [first] = screen.getAllByRole("button", { name: /^Retirer la règle/ });
      if (!first) throw new Error("no rule to remove");
      await user.click(first);
      await waitFor(() => expect(screen.queryAllByRole("button", { name: /^Retirer la règle/ })).toHaveLength(left - 1));
    }
    expect(screen.getByText(/rien ne vous sera signalé/)).toBeVisible();
  });

  it("stay, with the reason said, when one could not be added or removed", async () => {
    const { user } = await settings((backend) => ({ ...backend, alertRuleAdd: refused, alertRuleRemove: refused }));
    await user.click(await screen.findByTestId("alert-rule-add"));
    expect(await within(screen.getByTestId("settings")).findAllByRole("alert")).toHaveLength(1);
    const [first] = screen.getAllByRole("button", { name: /^Retirer la règle/ });
    if (!first) throw new Error("no rule to remove");
    await user.click(first);
    await waitFor(() => expect(within(screen.getByTestId("settings")).getAllByRole("alert")).toHaveLength(2));
    expect(rules()).toHaveLength(3);
  });
});

describe("what is worth a look", () => {
  it("names the products that met a rule, and leads to one", async () => {
    const { user } = await openWindow();
    const card = await screen.findByTestId("alerts");
    const [first, ...others] = within(card).getAllByRole("listitem");
    expect(others).toHaveLength(1);
    if (!first) throw new Error("no alert");
    expect(first).toHaveTextContent(/Le prix monte/);
    await user.click(within(first).getByRole("button"));
    expect(await screen.findByTestId("product-drawer")).toBeVisible();
  });

  it("is gone once it was seen, for good", async () => {
    const { user, backend } = await openWindow();
    await user.click(await screen.findByTestId("alerts-seen"));
    await waitFor(() => expect(screen.queryByTestId("alerts")).toBeNull());
    expect((await backend.alerts()).items.every(({ seen }) => seen)).toBe(true);
  });

  it("says that all of them are seen where more are new than it shows, and shows the others", async () => {
    const { user } = await openWindow({
      change: (backend) => ({
        ...backend,
        alerts: async (after, limit = 50) => {
          const one = (await backend.alerts(after, 1)).items[0];
          const items = one ? Array.from({ length: 9 }, (_, index) => ({ ...one, id: 20 - index, seen: false })) : [];
          return { items: items.slice(0, limit), next: limit < items.length ? "more" : null };
        },
      }),
    });
    const card = await screen.findByTestId("alerts");
    expect(within(card).getAllByRole("listitem")).toHaveLength(6);
    expect(screen.getByTestId("alerts-seen")).toHaveTextContent("Tout est vu");
    await user.click(screen.getByTestId("alerts-more"));
    await waitFor(() => expect(within(card).getAllByRole("listitem")).toHaveLength(9));
    expect(screen.getByTestId("alerts-seen")).toHaveTextContent("C’est vu");
    expect(screen.queryByTestId("alerts-more")).toBeNull();
  });

  it("takes no room where there is nothing", async () => {
    await openWindow({ situation: "empty" });
    await screen.findByRole("heading", { level: 1 });
    expect(screen.queryByTestId("alerts")).toBeNull();
  });

  it("says why when it cannot be read", async () => {
    await openWindow({ change: (backend) => ({ ...backend, alerts: refused }) });
    expect(await screen.findByRole("alert")).toHaveAttribute("data-code", "disk");
  });
});
