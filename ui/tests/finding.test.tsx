/** Narrowing the catalogue, syncing what was imported, and doing everything from the keyboard. */
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { ProductQuery } from "@/ipc/bindings/ProductQuery";

import { openWindow } from "./open-window";

/** Opens the products and keeps what was asked last. */
async function products(options: Parameters<typeof openWindow>[0] = {}) {
  const asked = vi.fn<(query: ProductQuery) => void>();
  const { user } = await openWindow({
    preferences: { tab: "products" },
    ...options,
    change: (backend) => ({ ...backend, productsPlaces: (query) => { asked(query); return backend.productsPlaces(query); } }),
  });
  await screen.findAllByTestId("product-row");
  return { user, last: () => asked.mock.lastCall?.[0] };
}

describe("filtering the catalogue", () => {
  it("finds a category without its accents and narrows to it, and back", async () => {
    const { user, last } = await products();
    await user.click(screen.getByTestId("filter-category"));
    await user.type(await screen.findByTestId("category-search"), "etuis");
    expect(within(screen.getByRole("listbox")).getAllByRole("option")).toHaveLength(1);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(last()?.category).toBe("Bagages / Accessoires / Étuis"));
    expect(screen.getByTestId("filter-category")).toHaveTextContent("Catégorie : Étuis");
    await waitFor(() => expect(screen.getAllByTestId("product-row").every((row) => row.textContent.includes("Étui"))).toBe(true));
    await user.click(screen.getByTestId("filter-category"));
    await user.click(await screen.findByRole("option", { name: /Toutes les catégories/ }));
    await waitFor(() => expect(screen.getAllByTestId("product-row").some((row) => row.textContent.includes("Gourde"))).toBe(true));
    expect(screen.getByTestId("filter-category")).toHaveTextContent(/^Catégorie$/);
  });

  it("takes a whole branch, so that one choice covers all below it", async () => {
    const { user, last } = await products();
    await user.click(screen.getByTestId("filter-category"));
    await user.type(await screen.findByTestId("category-search"), "maison");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(last()?.category).toBe("Maison"));
  });

  it("reads prices as they are typed in French, and holds back what is none", async () => {
    const { user, last } = await products();
    await user.click(screen.getByTestId("filter-price"));
    await user.type(await screen.findByTestId("price-min"), "12,5");
    await user.type(screen.getByTestId("price-max"), "20");
    await waitFor(() => expect(last()).toMatchObject({ price_min: "12.5", price_max: "20" }));
    await user.type(screen.getByTestId("price-max"), "x");
    expect(screen.getByText("Un nombre, comme 12,50.")).toBeVisible();
    await user.clear(screen.getByTestId("price-max"));
    await user.type(screen.getByTestId("price-max"), "13");
    await user.clear(screen.getByTestId("price-min"));
    await user.type(screen.getByTestId("price-min"), "14");
    expect(screen.getByText("Le plus bas dépasse le plus haut.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Effacer" }));
    expect(await screen.findByRole("heading", { level: 1, name: "300 produits" })).toBeVisible();
    expect(screen.getByTestId("filter-price")).toHaveTextContent(/^Prix$/);
  });

  it("says in English too what a price looks like", async () => {
    const { user } = await products({ language: "en" });
    await user.click(screen.getByTestId("filter-price"));
    await user.type(await screen.findByTestId("price-min"), "cheap");
    expect(screen.getByText("A number, such as 12.50.")).toBeVisible();
  });
});

describe("syncing what was imported", () => {
  it("is offered once AliExpress is connected, in calls alone, and runs", async () => {
    const { user } = await products();
    await user.click(screen.getByTestId("sync-open"));
    await user.click(await screen.findByTestId("scope-imported"));
    await waitFor(() => expect(screen.getByTestId("sync-cost")).toHaveTextContent(/3 appels · environ/));
    expect(screen.getByTestId("sync-cost")).not.toHaveTextContent("point");
    await user.click(screen.getByTestId("sync-start"));
    await waitFor(() => expect(screen.getByTestId("sync-receipt")).toHaveTextContent("Produits importés d’AliExpress"));
  });

  it("is not offered while AliExpress is not connected", async () => {
    const { user } = await products({ situation: "reconnect" });
    await user.click(screen.getByTestId("sync-open"));
    expect(await screen.findByTestId("scope-my_products")).toBeInTheDocument();
    expect(screen.queryByTestId("scope-imported")).toBeNull();
  });
});

describe("the price over time", () => {
  it("is drawn and said in words in the drawer of a product", async () => {
    const { user } = await products();
    const [first] = screen.getAllByTestId("product-row");
    if (!first) throw new Error("no row");
    await user.click(first);
    const drawing = await within(await screen.findByTestId("product-drawer")).findByTestId("price-history");
    expect(drawing.getAttribute("aria-label")?.replace(/\s/g, " ")).toMatch(/^De 1,62 \$US le .+ à 1,50 \$US le .+, entre 1,38 \$US et 1,62 \$US\.$/);
  });
});

describe("the actions by keyboard", () => {
  it.each([["fr", "reglages", "Réglages"], ["en", "settings", "Settings"]] as const)("finds an action by a few letters in %s", async (language, typed, title) => {
    const { user } = await openWindow({ language });
    await screen.findByRole("heading", { level: 1 });
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-search"), `${typed}{Enter}`);
    expect(await screen.findByRole("heading", { name: title })).toBeVisible();
    expect(screen.queryByTestId("palette")).toBeNull();
  });

  const run = async (typed: string, situation: "connected" | "empty" | "expiring" = "connected") => {
    const opened = await openWindow({ situation });
    await screen.findByRole("heading", { level: 1 });
    await opened.user.keyboard("{Control>}k{/Control}");
    await opened.user.type(await screen.findByTestId("palette-search"), `${typed}{Enter}`);
    return opened;
  };

  it("opens a tab", async () => {
    await run("aller commandes");
    await waitFor(() => expect(screen.getByTestId("tab-orders")).toHaveAttribute("aria-selected", "true"));
  });
  it("shows what a sync costs rather than starting one", async () => {
    await run("synchroniser");
    expect(await screen.findByTestId("sync-cost")).toBeVisible();
  });
  it("puts the cursor into the search of the products", async () => {
    await run("chercher dans");
    await waitFor(() => expect(screen.getByTestId("products-search")).toHaveFocus());
  });
  it("refreshes the orders and says how many were checked", async () => {
    await run("actualiser");
    expect(await screen.findByText("24 commandes vérifiées")).toBeVisible();
  });
  it("switches the language", async () => {
    await run("english");
    await waitFor(() => expect(document.documentElement.lang).toBe("en"));
  });
  it("leads to the guide of a supplier that is not connected", async () => {
    await run("connecter cj", "empty");
    expect(await screen.findByTestId("cj-key")).toBeVisible();
  });
  it("leads to the consent that ends soon", async () => {
    await run("renouveler", "expiring");
    await waitFor(() => expect(screen.getByTestId("ali-authorize")).toHaveFocus());
  });
  it("says so when nothing is called that, and closes with Escape", async () => {
    const { user } = await run("zzz");
    expect(screen.getByText("Aucune action de ce nom")).toBeVisible();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("palette")).toBeNull());
  });
});
