/** Searches of CJ's catalogue under a name: put together, priced, kept, taken again, scheduled, forgotten. */
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { errorView, refuse } from "@/ipc/fake/world";

import { openWindow } from "./open-window";

async function open(change?: Parameters<typeof openWindow>[0]) {
  const planned = vi.fn<(scope: string) => void>();
  const opened = await openWindow({
    preferences: { tab: "products" },
    change: (backend) => ({ ...backend, syncPlan: (scope, details, older) => { planned(scope); return backend.syncPlan(scope, details, older); } }),
    ...change,
  });
  const { user } = opened;
  await user.click(await screen.findByTestId("sync-open"));
  await user.click(screen.getByTestId("scope-search"));
  return { ...opened, planned, panel: () => within(screen.getByTestId("sync-panel")) };
}

describe("a saved search", () => {
  it("is kept under a name, and by that name priced, taken again and told of in the receipts", async () => {
    const { user, backend, planned, panel } = await open();
    await user.type(screen.getByTestId("sync-words"), "lampe");
    await user.click(panel().getByTestId("filter-warehouse"));
    await user.type(await screen.findByTestId("warehouse-search"), "Allem{Enter}");
    await user.click(panel().getByTestId("filter-price"));
    await user.type(await screen.findByTestId("price-max"), "20,50{Enter}");
    const scope = "search?words=lampe&country=DE&max=20.5";
    await waitFor(() => expect(planned).toHaveBeenCalledWith(scope));
    expect(await screen.findByTestId("sync-cost")).toBeVisible();

    await user.click(screen.getByTestId("saved-searches"));
    await user.type(await screen.findByTestId("saved-search-name"), "Lampes d’Allemagne{Enter}");
    await waitFor(() => expect(screen.getByTestId("saved-searches")).toHaveTextContent("Lampes d’Allemagne"));
    expect((await backend.savedSearches()).map((one) => one.scope)).toContain(scope);

    await user.click(screen.getByRole("button", { name: "Bocaux en France" }));
    await waitFor(() => expect(planned).toHaveBeenLastCalledWith("search?words=bocal&country=FR&max=15"));
    expect(screen.getByTestId("sync-words")).toHaveValue("bocal");
    await user.click(screen.getByTestId("sync-start"));
    expect(await screen.findByTestId("sync-receipt")).toHaveTextContent("Bocaux en France");
  });

  it("can be what is synced by itself", async () => {
    const { user, backend } = await open();
    await user.keyboard("{Control>},{/Control}");
    await user.click(await screen.findByTestId("schedule-scope"));
    await user.click(await screen.findByRole("option", { name: "Bocaux en France" }));
    await waitFor(async () => expect((await backend.schedule()).schedule.scope).toBe("search?words=bocal&country=FR&max=15"));
  });

  it("is forgotten without losing what was typed, and not kept while nothing is searched for", async () => {
    const { user, backend } = await open();
    await user.click(screen.getByTestId("saved-searches"));
    await user.type(await screen.findByTestId("saved-search-name"), "Rien");
    expect(screen.getByTestId("saved-search-keep")).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "Oublier la recherche Bocaux en France" }));
    await waitFor(async () => expect(await backend.savedSearches()).toEqual([]));
    expect(screen.getByTestId("saved-search-name")).toHaveValue("Rien");
  });

  it("says why where it could not be kept", async () => {
    const { user } = await open({ preferences: { tab: "products" }, change: (backend) => ({ ...backend, savedSearchKeep: () => refuse(errorView("disk")) }) });
    await user.type(screen.getByTestId("sync-words"), "lampe");
    await user.click(screen.getByTestId("saved-searches"));
    await user.type(await screen.findByTestId("saved-search-name"), "Lampes{Enter}");
    expect(await screen.findByRole("alert")).toHaveAttribute("data-code", "disk");
  });
});
