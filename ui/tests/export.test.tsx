/** From the catalogue to a file for the shop, and the prices in it. */
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { ExportRequest } from "@/ipc/bindings/ExportRequest";
import type { PriceRules } from "@/ipc/bindings/PriceRules";
import { toForm, toRules, withRange } from "@/tabs/products/export/rules-form";

import { openWindow } from "./open-window";

const RULES: PriceRules = {
  currency: "EUR",
  rates: [{ currency: "USD", rate: "0.92" }],
  ranges: [{ up_to: "5", multiplier: "3", add: "1.5" }, { up_to: null, multiplier: "2", add: "0" }],
  rounding: "point99",
  freight: "3.5",
  least_profit: "0",
  compare_at: null,
};

async function open() {
  const started = vi.fn<(request: ExportRequest) => void>();
  const revealed = vi.fn<(file: string) => void>();
  const kept = vi.fn<(rules: PriceRules | null) => void>();
  const { user } = await openWindow({
    preferences: { tab: "products" },
    change: (backend) => ({
      ...backend,
      exportStart: (request) => { started(request); return backend.exportStart(request); },
      exportReveal: (file) => { revealed(file); return backend.exportReveal(file); },
      setPriceRules: (rules) => { kept(rules); return backend.setPriceRules(rules); },
    }),
  });
  await screen.findAllByTestId("product-row");
  return { user, started, revealed, kept };
}

describe("exporting", () => {
  it("writes what the filter shows, says where it is and opens the folder", async () => {
    const { user, started, revealed } = await open();
    await user.click(screen.getByRole("button", { name: "CJ" }));
    await user.click(screen.getByTestId("shop-menu"));
    await user.click(await screen.findByTestId("export-open"));
    const rows = await screen.findByTestId("export-rows");
    expect(within(rows).getByRole("columnheader", { name: "URL handle" })).toBeVisible();
    await user.click(screen.getByTestId("export-woocommerce"));
    await waitFor(() => expect(screen.getByRole("columnheader", { name: "Regular price" })).toBeVisible());
    await user.click(screen.getByTestId("export-start"));
    const done = await screen.findByTestId("export-done");
    expect(done).toHaveTextContent("smartlinks-woocommerce.csv");
    expect(started).toHaveBeenCalledWith({ format: "woocommerce", selection: { kind: "query", query: { sort: "relevance", supplier: "cj" } }, prices: true });
    await user.click(screen.getByTestId("export-reveal"));
    expect(revealed).toHaveBeenCalledWith("/home/vous/Téléchargements/smartlinks-woocommerce.csv");
  });

  it("stops when asked, and says that nothing was left half done", async () => {
    const { user } = await openWindow({
      preferences: { tab: "products" },
      change: (backend) => {
        let stop: () => void = () => undefined;
        const stopped = new Promise<void>((done) => { stop = done; });
        return {
          ...backend,
          exportStop: () => { stop(); return Promise.resolve(); },
          exportStart: async () => {
            await stopped;
            // eslint-disable-next-line @typescript-eslint/only-throw-error -- what Tauri rejects with is no Error
            throw { code: "stopped", message: "", hint: "", error: { code: "stopped", message: "", retry_at: null, supplier: null } };
          },
        };
      },
    });
    await screen.findAllByTestId("product-row");
    await user.click(screen.getByTestId("shop-menu"));
    await user.click(await screen.findByTestId("export-open"));
    await screen.findByTestId("export-rows");
    await user.click(screen.getByTestId("export-start"));
    await user.click(await screen.findByTestId("export-stop"));
    expect(await screen.findByText("Vous avez arrêté.")).toBeVisible();
  });
});

describe("an export whose dialog was closed", () => {
  it("is announced where the owner is now, with the way to its folder", async () => {
    let go: () => void = () => undefined;
    const allowed = new Promise<void>((done) => { go = done; });
    const revealed = vi.fn<(file: string) => void>();
    const { user } = await openWindow({
      preferences: { tab: "products" },
      change: (backend) => ({
        ...backend,
        exportStart: async (request) => { await allowed; return backend.exportStart(request); },
        exportReveal: (file) => { revealed(file); return backend.exportReveal(file); },
      }),
    });
    await screen.findAllByTestId("product-row");
    await user.click(screen.getByTestId("shop-menu"));
    await user.click(await screen.findByTestId("export-open"));
    await screen.findByTestId("export-rows");
    await user.click(screen.getByTestId("export-start"));
    await screen.findByTestId("export-progress");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("export-dialog")).toBeNull());
    go();
    const toast = await screen.findByTestId("toast");
    expect(toast).toHaveTextContent("Votre fichier est prêt");
    await user.click(within(toast).getByRole("button", { name: "Ouvrir le dossier" }));
    expect(revealed).toHaveBeenCalledWith("/home/vous/Téléchargements/smartlinks-shopify.csv");
  });
});

describe("price rules", () => {
  it("show what an owner would keep on real products before they are saved", async () => {
    const { user, kept } = await open();
    await user.click(screen.getByTestId("shop-menu"));
    await user.click(await screen.findByTestId("export-open"));
    await user.click(await screen.findByTestId("price-rules-open"));
    const tried = await screen.findByTestId("tried-prices");
    const before = tried.textContent;
    const multiplier = screen.getByTestId("rule-multiplier-0");
    await user.clear(multiplier);
    expect(screen.getByTestId("price-rules-save")).toBeDisabled();
    await user.type(multiplier, "9,5");
    await waitFor(() => expect(screen.getByTestId("tried-prices").textContent).not.toBe(before));
    await user.click(screen.getByTestId("price-rules-save"));
    await waitFor(() => expect(kept.mock.lastCall?.[0]?.ranges[0]?.multiplier).toBe("9.5"));
    await waitFor(() => expect(screen.queryByTestId("price-rules")).toBeNull());
  });

  it("come back from the form as they went in, typed with a comma or a point", () => {
    for (const comma of [true, false]) expect(toRules(toForm(RULES, comma))).toEqual(RULES);
  });

  it("are none while something typed is no figure", () => {
    const form = toForm(RULES, true);
    for (const wrong of [
      { ...form, currency: "euro" },
      { ...form, freight: "-1" },
      { ...form, compareAt: "1" },
      { ...form, rates: [{ currency: "USD", rate: "" }] },
      withRange(form),
      { ...form, ranges: form.ranges.map((range) => ({ ...range, multiplier: "0" })) },
    ]) expect(toRules(wrong)).toBeNull();
    expect(toRules({ ...form, rates: [...form.rates, { currency: "", rate: "" }] })).toEqual(RULES);
  });
});
