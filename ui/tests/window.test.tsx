/** The window as an owner uses it, against the fake. */
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { SITUATIONS } from "@/ipc/fake/world";

import { openWindow } from "./open-window";

const GOOD_KEY = "CJ1234567@api@0123456789abcdef0123456789abcdef";

describe("the first start", () => {
  it("offers three ways in, and the first leads to the CJ guide", async () => {
    const { user } = await openWindow({ situation: "empty" });
    expect(await screen.findByRole("heading", { name: /Par quoi commence-t-on/ })).toBeVisible();
    expect(screen.getByTestId("start-aliexpress")).toBeVisible();
    expect(screen.getByTestId("start-practice")).toBeVisible();
    await user.click(screen.getByTestId("start-cj"));
    expect(await screen.findByTestId("cj-key")).toBeVisible();
  });

  it("does not offer practice in practice", async () => {
    await openWindow({ situation: "practice" });
    expect(await screen.findByTestId("start-cj")).toBeVisible();
    expect(screen.queryByTestId("start-practice")).toBeNull();
    expect(screen.getByText("Vous êtes en démonstration.")).toBeVisible();
  });
});

describe("connecting CJ", () => {
  it("recognises a pasted key, shows its secret half only masked, and connects", async () => {
    const { user } = await openWindow({ situation: "empty", preferences: { tab: "authentication" } });
    await user.click(await screen.findByTestId("cj-key"));
    await user.paste(GOOD_KEY);
    expect(await screen.findByText("Clé API CJ reconnue")).toBeVisible();
    expect(screen.getByText("0123…cdef")).toBeVisible();
    expect(document.body.textContent).not.toContain("0123456789abcdef");
    await user.click(screen.getByTestId("cj-connect"));
    await waitFor(() => expect(screen.getByTestId("account-cj")).toHaveAttribute("data-state", "connected"));
    expect(screen.getByText("Connecté : Blue Fox Store")).toBeVisible();
  });

  it("says of a wrong key what happened and what to do, with CJ's own words only under Details", async () => {
    const { user } = await openWindow({ situation: "empty", preferences: { tab: "authentication" } });
    await user.click(await screen.findByTestId("cj-key"));
    await user.paste("CJ1234567@api@ffffffffffffffffffffffffffffffff");
    await waitFor(() => expect(screen.getByTestId("cj-connect")).toBeEnabled());
    await user.click(screen.getByTestId("cj-connect"));
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveAttribute("data-code", "wrong_key");
    expect(alert).toHaveTextContent("Le fournisseur ne connaît pas cette clé.");
    expect(within(alert).getByText(/1600101/)).not.toBeVisible();
    expect(screen.getByTestId("account-cj")).toHaveAttribute("data-state", "not_connected");
  });

  it("asks for the client id when only the secret half was pasted", async () => {
    const { user } = await openWindow({ situation: "empty", preferences: { tab: "authentication" } });
    await user.click(await screen.findByTestId("cj-key"));
    await user.paste("0123456789abcdef0123456789abcdef");
    await user.type(await screen.findByTestId("cj-client-id"), "CJ1234567");
    expect(await screen.findByText("Paire client id et client secret")).toBeVisible();
  });
});

describe("authorizing AliExpress", () => {
  it("checks the pair, opens the browser, and the code fills itself in until connected", async () => {
    const { user } = await openWindow({ situation: "practice", preferences: { tab: "authentication" } });
    await user.click(await screen.findByTestId("open-aliexpress"));
    await user.click(await screen.findByTestId("practice-fill-ali"));
    await user.click(await screen.findByTestId("ali-save"));
    await waitFor(() => expect(screen.getByTestId("ali-authorize")).toBeEnabled());
    await user.click(screen.getByTestId("ali-authorize"));
    await waitFor(() => expect(screen.getByTestId("ali-code")).toHaveTextContent("3_500000_Ma…de42"));
    await waitFor(() => expect(screen.getByTestId("account-aliexpress")).toHaveAttribute("data-state", "connected"));
  });

  it("names the wrong one when the secret does not belong to the key", async () => {
    const { user } = await openWindow({ situation: "empty", preferences: { tab: "authentication" } });
    await user.click(await screen.findByTestId("open-aliexpress"));
    await user.type(await screen.findByTestId("ali-app-key"), "500000");
    await user.type(screen.getByTestId("ali-app-secret"), "not-it");
    await user.click(screen.getByTestId("ali-save"));
    expect(await screen.findByRole("alert")).toHaveAttribute("data-code", "wrong_secret");
  });

  it("says so when consent was denied, and lets the owner start again", async () => {
    const { user } = await openWindow({ situation: "stale", pace: 1, preferences: { tab: "authentication" } });
    await user.click(await screen.findByTestId("open-aliexpress"));
    await user.click(await screen.findByTestId("ali-authorize"));
    await user.click(await screen.findByTestId("ali-paste"));
    await user.paste("http://127.0.0.1:8765/aliexpress/callback?error=access_denied");
    await user.click(screen.getByTestId("ali-paste-submit"));
    await waitFor(() => expect(document.querySelector("[data-code=consent_denied]")).not.toBeNull());
    expect(await screen.findByRole("button", { name: "Relancer l’autorisation" })).toBeEnabled();
  });
});

describe("disconnecting", () => {
  it("asks first, saying what stops and what stays", async () => {
    const { user } = await openWindow({ preferences: { tab: "authentication" } });
    await user.click(await screen.findByTestId("account-menu-cj"));
    await user.click(await screen.findByTestId("disconnect-cj"));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog).toHaveTextContent("restent ici");
    await user.click(within(dialog).getByRole("button", { name: "Déconnecter" }));
    await waitFor(() => expect(screen.getByTestId("account-cj")).toHaveAttribute("data-state", "not_connected"));
  });
});

describe("products", () => {
  it("finds as the owner types, and opens a product with its variants", async () => {
    const { user } = await openWindow({ preferences: { tab: "products" } });
    expect((await screen.findAllByTestId("product-row")).length).toBeGreaterThan(5);
    await user.type(screen.getByTestId("products-search"), "gourde");
    expect(await screen.findByRole("heading", { level: 1, name: "25 produits" })).toBeVisible();
    await waitFor(() => expect(screen.getAllByTestId("product-row").every((row) => row.textContent.includes("Gourde"))).toBe(true));
    const [first] = screen.getAllByTestId("product-row");
    if (!first) throw new Error("no row");
    await user.click(first);
    const drawer = await screen.findByTestId("product-drawer");
    expect(await within(drawer).findByRole("heading", { name: /Variantes/ })).toBeVisible();
  });

  it("says what a sync costs before it starts, and hands over a receipt afterwards", async () => {
    const { user } = await openWindow({ preferences: { tab: "products" } });
    await user.click(await screen.findByTestId("sync-open"));
    expect(await screen.findByTestId("sync-cost")).toHaveTextContent(/879 appels · 8.720 points/);
    await user.click(screen.getByTestId("sync-start"));
    await waitFor(() => expect(screen.getByTestId("sync-receipt")).toHaveAttribute("data-state", "done"));
    expect(screen.getByText("2 produits ne sont pas arrivés complets")).toBeVisible();
  });

  it("asks for nothing but the keys of a catalogue it does not hold", async () => {
    const seen = vi.fn();
    await openWindow({
      preferences: { tab: "products" },
      change: (backend) => ({ ...backend, productsPage: (query) => { seen(query.limit); return backend.productsPage(query); } }),
    });
    await screen.findAllByTestId("product-row");
    expect(seen.mock.calls.every(([limit]) => limit === 100)).toBe(true);
    expect(screen.getAllByTestId("product-row").length).toBeLessThan(60);
  });
});

describe("orders", () => {
  it("filters by state and tells an order's story", async () => {
    const { user } = await openWindow({ preferences: { tab: "orders" } });
    await screen.findAllByTestId("order-row");
    await user.click(screen.getByRole("button", { name: "En route" }));
    await waitFor(() => expect(screen.getAllByTestId("order-row").every((row) => row.textContent.includes("en route"))).toBe(true));
    const [first] = screen.getAllByTestId("order-row");
    if (!first) throw new Error("no row");
    await user.click(first);
    const drawer = await screen.findByTestId("order-drawer");
    expect(await within(drawer).findByText("Commande payée")).toBeVisible();
    expect(within(drawer).getByText("SHIPPED")).toBeVisible();
  });
});

describe("the shell", () => {
  it("switches the language at once", async () => {
    const { user, backend } = await openWindow();
    await user.click(await screen.findByRole("button", { name: "Réglages" }));
    await user.click(await screen.findByTestId("settings-language"));
    await user.click(await screen.findByRole("option", { name: "English" }));
    expect(await screen.findByRole("heading", { name: "Settings" })).toBeVisible();
    expect(document.documentElement.lang).toBe("en");
    expect((await backend.preferences()).language).toBe("en");
  });

  it("opens the tabs with the keyboard, on a French one too", async () => {
    const { user } = await openWindow();
    await screen.findByRole("heading", { level: 1 });
    await user.keyboard("{Control>}[Digit4]{/Control}");
    expect(screen.getByTestId("tab-orders")).toHaveAttribute("aria-selected", "true");
    await user.keyboard("{Control>}f{/Control}");
    await waitFor(() => expect(screen.getByTestId("products-search")).toHaveFocus());
  });

  it("is made larger and smaller with the keys a browser has, and in the settings", async () => {
    const { user, backend } = await openWindow();
    const zoom = async () => (await backend.preferences()).zoom;
    await screen.findByRole("heading", { level: 1 });
    await user.keyboard("{Control>}+={/Control}");
    await waitFor(async () => expect(await zoom()).toBe(125));
    await user.keyboard("{Control>}-{/Control}");
    await waitFor(async () => expect(await zoom()).toBe(110));
    await user.keyboard("{Control>}[Digit0]{/Control}");
    await waitFor(async () => expect(await zoom()).toBe(100));
    await user.click(screen.getByRole("button", { name: "Réglages" }));
    await user.click(await screen.findByTestId("settings-zoom"));
    await user.click(await screen.findByRole("option", { name: /^200/ }));
    await waitFor(async () => expect(await zoom()).toBe(200));
  });

  it.each(SITUATIONS)("shows every tab in the situation %s without a broken view", async (situation) => {
    const complaints = vi.spyOn(console, "error");
    const { user } = await openWindow({ situation });
    for (const tab of ["authentication", "products", "orders", "overview"]) {
      await user.click(screen.getByTestId(`tab-${tab}`));
      await waitFor(() => expect(screen.getByRole("main").textContent + String(screen.queryAllByRole("status").length)).not.toBe("0"));
    }
    if (situation === "error") expect(await screen.findAllByText("Le fichier du catalogue est abîmé.")).not.toHaveLength(0);
    expect(complaints).not.toHaveBeenCalled();
    complaints.mockRestore();
  });
});

describe("what is fetched ahead", () => {
  it("is asked again when the owner looks, so that orders that came since are not missed", async () => {
    let pages = 0;
    const { user } = await openWindow({
      change: (backend) => ({
        ...backend,
        ordersPage: async (query) => {
          const page = await backend.ordersPage(query);
          // Overview asks for those of a state.
          if (query.state !== undefined) return page;
          return (pages += 1) === 1 ? { ...page, items: [], next: null } : page;
        },
      }),
    });
    await screen.findByRole("heading", { level: 1 });
    await waitFor(() => expect(pages).toBe(1), { timeout: 5_000 });
    await user.click(screen.getByTestId("tab-orders"));
    expect((await screen.findAllByTestId("order-row")).length).toBeGreaterThan(1);
  });
});
