/** A notification of the system that was clicked: what it was about is what the owner sees. */
import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { Lead } from "@/ipc/bindings/Lead";
import type { FakeOptions } from "@/ipc/fake";

import { openWindow } from "./open-window";

async function open(options: Partial<FakeOptions> = {}) {
  let tell: (lead: Lead) => void = () => undefined;
  const connected = vi.fn<(account: string | undefined) => void>();
  const opened = await openWindow({
    ...options,
    change: (backend) => ({
      ...backend,
      cjConnect: (pasted, id, account) => {
        connected(account);
        return backend.cjConnect(pasted, id, account);
      },
      listenLead: (handler) => {
        tell = handler;
        return Promise.resolve(() => undefined);
      },
    }),
  });
  await screen.findByTestId("settings-open");
  return { ...opened, connected, click: (lead: Lead) => act(() => tell(lead)) };
}

const tab = (name: string) => screen.getByRole("main", { name });

describe("a clicked notification", () => {
  it("opens the guide of the very account that needs its owner, at its last step", async () => {
    const { click, user, connected } = await open({ situation: "several" });
    click({ about: "account", supplier: "cj", account: "cj-3" });
    await user.type(await screen.findByTestId("cj-key"), "CJ1234567@api@0123456789abcdef0123456789abcdef");
    await waitFor(() => expect(screen.getByTestId("cj-connect")).toBeEnabled());
    await user.click(screen.getByTestId("cj-connect"));
    await waitFor(() => expect(connected).toHaveBeenCalledWith("cj-3"));
  });

  it("leads to the card and not to a guide where CJ suspended the account", async () => {
    const { click } = await open({ situation: "suspended" });
    click({ about: "account", supplier: "cj", account: "cj" });
    expect(await screen.findByTestId("account-cj")).toHaveAttribute("data-state", "suspended");
    expect(document.getElementById("guide")).toBeNull();
  });

  it("shows what the sync came to, with what failed in it", async () => {
    const { click } = await open({ situation: "partial" });
    click({ about: "sync", run: 13 });
    const receipt = await screen.findByTestId("sync-receipt");
    expect(receipt).toHaveTextContent("bocal verre");
    expect(tab("Produits")).toContainElement(receipt);
  });

  it("opens the product of one alert, and the list of several", async () => {
    const { click, backend } = await open({ preferences: { tab: "orders" } });
    const { product_id: id, supplier } = (await backend.alerts()).items[0]?.change ?? { product_id: "", supplier: "cj" as const };
    click({ about: "product", supplier, product_id: id });
    expect(await screen.findByTestId("product-drawer")).toBeVisible();
    click({ about: "alerts" });
    await waitFor(() => expect(screen.getByTestId("alerts")).toHaveFocus());
    expect(screen.queryByTestId("product-drawer")).toBeNull();
  });

  it("shows where the file is that was just written, and closes what lies over it", async () => {
    const { click, user } = await open({ preferences: { tab: "products" } });
    await user.click(await screen.findByTestId("shop-menu"));
    await user.click(await screen.findByTestId("export-open"));
    await screen.findByTestId("export-rows");
    await user.click(screen.getByTestId("export-start"));
    await screen.findByTestId("export-done");
    await user.keyboard("{Control>},{/Control}");
    click({ about: "export" });
    const dialog = await screen.findByTestId("export-dialog");
    expect(within(dialog).getByTestId("export-reveal")).toBeEnabled();
    await waitFor(() => expect(screen.queryByTestId("settings")).toBeNull());
  });
});
