/** Choosing products by mouse and keyboard, what can be done with them, how they are shown; as an owner does it. */
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { openWindow } from "./open-window";

async function products(options: Parameters<typeof openWindow>[0] = {}) {
  const opened = await openWindow({ preferences: { tab: "products" }, ...options });
  const rows = await screen.findAllByTestId("product-row");
  return { ...opened, rows, id: (at: number) => rows[at]?.dataset.id };
}
const bar = () => screen.getByTestId("selection-bar");
const chosen = () => screen.getAllByTestId("product-row").filter((row) => row.getAttribute("aria-selected") === "true").map((row) => row.dataset.index);

describe("choosing products", () => {
  it("takes a range with Shift, one more with Ctrl, and lets one go again", async () => {
    const { user, rows } = await products();
    const [, second, , fourth, , sixth] = rows as [HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement];
    await user.click(within(second).getByRole("checkbox"));
    await user.keyboard("{Shift>}");
    await user.click(fourth);
    await user.keyboard("{/Shift}");
    await waitFor(() => expect(chosen()).toEqual(["1", "2", "3"]));
    await user.keyboard("{Control>}");
    await user.click(sixth);
    await user.click(second);
    await user.keyboard("{/Control}");
    await waitFor(() => expect(chosen()).toEqual(["2", "3", "5"]));
    expect(bar()).toHaveTextContent("3 choisis");
    expect(screen.queryByTestId("product-drawer")).toBeNull();
  });

  it("works by keyboard alone: arrows, space, everything, and back to nothing", async () => {
    const { user } = await products();
    screen.getByTestId("products-list").focus();
    await user.keyboard("{ArrowDown} {Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    await waitFor(() => expect(chosen()).toEqual(["1", "2", "3"]));
    await user.keyboard("{Control>}a{/Control}");
    await waitFor(() => expect(bar()).toHaveTextContent("300 choisis"));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("selection-bar")).toBeNull());
    await user.keyboard("{Enter}");
    expect(await screen.findByTestId("product-drawer")).toBeVisible();
  });

  it("leaves one out of everything, and refreshes those that are chosen", async () => {
    const refreshed = vi.fn<(id: string) => void>();
    const { user, id } = await products({
      products: 6,
      change: (backend) => ({ ...backend, productRefresh: (supplier, product) => { refreshed(product); return backend.productRefresh(supplier, product); } }),
    });
    await user.click(screen.getByTestId("choose-all"));
    await user.click(within(screen.getAllByTestId("product-row")[0] as HTMLElement).getByRole("checkbox"));
    await waitFor(() => expect(bar()).toHaveTextContent("5 choisis"));
    await user.click(screen.getByTestId("selection-refresh"));
    await waitFor(() => expect(bar()).toHaveTextContent("· 5 actualisés"));
    expect(refreshed.mock.calls.map(([one]) => one)).toEqual([1, 2, 3, 4, 5].map(id));
  });

  it("hands the chosen products on to the export", async () => {
    const asked = vi.fn<(request: unknown) => void>();
    const { user, id, rows } = await products({ change: (backend) => ({ ...backend, exportPreview: (request) => { asked(request); return backend.exportPreview(request); } }) });
    await user.click(within(rows[2] as HTMLElement).getByRole("checkbox"));
    await user.click(await screen.findByTestId("selection-shop"));
    await user.click(await screen.findByTestId("export-open"));
    await waitFor(() => expect(asked.mock.lastCall?.[0]).toMatchObject({ selection: { kind: "products", products: [{ product_id: id(2) }] } }));
  });
});

describe("handing chosen products on to the shop's database", () => {
  it("sends them alone, or everything when the owner prefers that", async () => {
    const sent = vi.fn<(full: boolean, selection: unknown) => void>();
    const { user, id, rows } = await products({
      change: (backend) => ({ ...backend, postgresPublish: (full, selection) => { sent(full, selection); return backend.postgresPublish(full, selection); } }),
    });
    await user.click(within(rows[2] as HTMLElement).getByRole("checkbox"));
    await user.click(await screen.findByTestId("selection-shop"));
    await user.click(await screen.findByTestId("publish-open"));
    const dialog = within(await screen.findByTestId("publish-dialog"));
    expect(await dialog.findByText(/Votre sélection.*1 produit/)).toBeVisible();
    await user.click(dialog.getByTestId("publish-start"));
    expect(await dialog.findByTestId("publish-done")).toHaveTextContent("1");
    expect(sent.mock.lastCall).toMatchObject([false, { kind: "products", products: [{ product_id: id(2) }] }]);
    await user.click(dialog.getByTestId("publish-again"));
    await user.click(await dialog.findByTestId("publish-all"));
    await user.click(dialog.getByTestId("publish-start"));
    await dialog.findByTestId("publish-done");
    expect(sent.mock.lastCall).toEqual([false, { kind: "all" }]);
  });
});

describe("how products are shown", () => {
  it("is sorted by a heading, the other way round by pressing it again", async () => {
    const { user } = await products();
    await user.click(screen.getByTestId("sort-stock"));
    await waitFor(() => expect(screen.getByTestId("sort-stock").parentElement).toHaveAttribute("aria-sort", "descending"));
    await user.click(screen.getByTestId("sort-stock"));
    await waitFor(() => expect(screen.getByTestId("sort-stock").parentElement).toHaveAttribute("aria-sort", "ascending"));
  });

  it("keeps columns and layout with the preferences", async () => {
    const { user, backend } = await products();
    await user.click(screen.getByTestId("columns"));
    await user.click(await screen.findByTestId("column-variants"));
    await waitFor(async () => expect((await backend.preferences()).products.columns).toEqual(["price", "stock", "status"]));
    await user.keyboard("{Escape}");
    await user.click(screen.getByTestId("layout-grid"));
    await waitFor(async () => expect((await backend.preferences()).products.layout).toBe("grid"));
    expect((await screen.findAllByTestId("product-row"))[0]).toHaveAttribute("role", "gridcell");
  });

  it("is found again by the name it was kept under", async () => {
    const { user } = await products();
    await user.click(screen.getByTestId("filter-stock"));
    await user.click(await screen.findByTestId("filter-stock-sold_out"));
    await user.click(screen.getByTestId("views"));
    await user.type(await screen.findByTestId("view-name"), "Ruptures{Enter}");
    await user.click(await screen.findByTestId("filters-clear"));
    expect(await screen.findByRole("heading", { level: 1, name: "300 produits" })).toBeVisible();
    await user.click(screen.getByTestId("views"));
    await user.click(await screen.findByRole("button", { name: "Ruptures" }));
    await waitFor(() => expect(screen.getByTestId("filter-stock")).toHaveTextContent("Épuisés"));
  });
});
