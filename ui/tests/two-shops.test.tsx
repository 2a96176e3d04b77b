/** An owner with two AliExpress shops: each is connected, renewed and asked by its own account. */
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { Backend } from "@/ipc/backend";

import { openWindow } from "./open-window";

describe("a second AliExpress shop", () => {
  it("is added beside the first, with the first app as a suggestion, and shown once it consents", async () => {
    const configured = vi.fn();
    const begun = vi.fn();
    const { user } = await openWindow({
      preferences: { tab: "authentication" },
      change: (backend) => ({
        ...backend,
        aliexpressConfigure: (...asked) => { configured(...asked); return backend.aliexpressConfigure(...asked); },
        aliexpressBegin: (...asked) => { begun(...asked); return backend.aliexpressBegin(...asked); },
      }),
    });
    await user.click(await screen.findByTestId("add-aliexpress"));
    expect(await screen.findByTestId("ali-app-key")).toHaveValue("500000");
    await user.click(screen.getByTestId("ali-save"));
    await user.click(await screen.findByTestId("ali-authorize"));
    expect(configured).toHaveBeenCalledWith("500000", null, "http://127.0.0.1:8765/aliexpress/callback", null);
    expect(begun).toHaveBeenCalledWith(true, true, "aliexpress-2");
    const second = await screen.findByTestId("account-aliexpress-2");
    await waitFor(() => expect(second).toHaveAttribute("data-state", "connected"));
    expect(await within(second).findByRole("heading", { name: "AliExpress · lumiere.bxl@exemple.be" })).toBeVisible();
    expect(screen.getByTestId("account-aliexpress")).toHaveAttribute("data-state", "connected");
  });

  it("is the one whose guide the next step opens, not the first shop's", async () => {
    const begun = vi.fn();
    const status: (backend: Backend) => Backend["status"] = (backend) => async () => {
      const known = await backend.status();
      const accounts = known.accounts.map((one) => (one.account === "aliexpress-2" ? { ...one, state: "reconnect_needed" as const } : one.account === "cj-3" ? { ...one, state: "connected" as const } : one));
      return { ...known, accounts };
    };
    const { user } = await openWindow({
      situation: "several",
      change: (backend) => ({ ...backend, status: status(backend), aliexpressBegin: (...asked) => { begun(...asked); return backend.aliexpressBegin(...asked); } }),
    });
    await user.click(await screen.findByRole("button", { name: /Renouveler|Reconnecter/ }));
    await user.click(await screen.findByTestId("ali-authorize"));
    expect(begun).toHaveBeenCalledWith(true, true, "aliexpress-2");
  });

  it("keeps its card once it is let go, with a way back to its own data", async () => {
    const { user } = await openWindow({ situation: "several", preferences: { tab: "authentication" } });
    await user.click(await screen.findByTestId("account-menu-aliexpress-2"));
    await user.click(await screen.findByTestId("disconnect-aliexpress-2"));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Déconnecter" }));
    await waitFor(() => expect(screen.getByTestId("account-aliexpress-2")).toHaveAttribute("data-state", "not_connected"));
    expect(screen.getByTestId("open-aliexpress-2")).toBeEnabled();
  });

  it("is not connected again by the button of the first shop, once that one was let go", async () => {
    const begun = vi.fn();
    const status: (backend: Backend) => Backend["status"] = (backend) => async () => {
      const known = await backend.status();
      return { ...known, accounts: known.accounts.map((one) => (one.account === "aliexpress" ? { ...one, state: "not_connected" as const } : one)) };
    };
    const { user } = await openWindow({
      situation: "several",
      preferences: { tab: "authentication" },
      change: (backend) => ({ ...backend, status: status(backend), aliexpressBegin: (...asked) => { begun(...asked); return backend.aliexpressBegin(...asked); } }),
    });
    await user.click(await screen.findByTestId("open-aliexpress"));
    await user.click(await screen.findByTestId("ali-authorize"));
    expect(begun).toHaveBeenCalledWith(true, true, "aliexpress");
  });

  it("can be the one that imports, and whose orders are added", async () => {
    const imported = vi.fn();
    const added = vi.fn();
    const { user } = await openWindow({
      situation: "several",
      preferences: { tab: "products" },
      change: (backend) => ({
        ...backend,
        productsImport: (...asked) => { imported(...asked); return backend.productsImport(...asked); },
        ordersAdd: (...asked) => { added(...asked); return backend.ordersAdd(...asked); },
      }),
    });
    const choose = async () => {
      await user.click(await screen.findByTestId("account-choice"));
      await user.click(await screen.findByRole("option", { name: /lumiere/ }));
    };
    await user.click(await screen.findByTestId("import-open"));
    await choose();
    await user.type(screen.getByTestId("import-field"), "1005006000000001{Enter}");
    await waitFor(() => expect(imported).toHaveBeenCalledWith(["1005006000000001"], "FR", "aliexpress-2"));
    await user.keyboard("{Escape}");
    await user.click(screen.getByTestId("tab-orders"));
    await user.click(await screen.findByTestId("orders-add"));
    await choose();
    await user.type(screen.getByTestId("add-orders-field"), "8190000000000001");
    await waitFor(() => expect(screen.getByTestId("add-orders-submit")).toBeEnabled());
    await user.click(screen.getByTestId("add-orders-submit"));
    await waitFor(() => expect(added).toHaveBeenCalledWith(["8190000000000001"], "aliexpress-2"));
  });
});
