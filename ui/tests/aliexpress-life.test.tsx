/** Life after the consent: is AliExpress well, until when, what does freight cost, and which orders are followed. */
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { Backend } from "@/ipc/backend";
import { errorView } from "@/ipc/fake/world";

import { openWindow } from "./open-window";

const DAY = 86_400_000;
const at = (offset: number) => new Date(Date.now() + offset).toISOString();
const inAuthentication = { preferences: { tab: "authentication" as const } };

describe("the health check of AliExpress", () => {
  it("ticks off step by step and says that all is well", async () => {
    const { user } = await openWindow(inAuthentication);
    const card = await screen.findByTestId("account-aliexpress");
    await user.click(within(card).getByTestId("test-aliexpress"));
    const steps = await within(card).findByTestId("test-steps");
    await waitFor(() => expect(steps.querySelectorAll("[data-tick=done]")).toHaveLength(5));
    expect(await within(card).findByText("Tout fonctionne.")).toBeVisible();
    expect(within(card).getByText("en ligne")).toBeVisible();
  });

  it.each([
    ["fr", "L’heure de cet ordinateur n’est pas juste.", /retarde de 3.h.05 sur celle du fournisseur/, /date et l’heure automatiques/],
    ["en", "This computer's clock is wrong.", /3.h.05.min behind the supplier's/, /automatic date and time/],
  ] as const)("says how far the clock is off and what to do, in %s", async (language, what, off, next) => {
    const { user } = await openWindow({ situation: "clock", language, ...inAuthentication });
    const card = await screen.findByTestId("account-aliexpress");
    await user.click(within(card).getByTestId("test-aliexpress"));
    await waitFor(() => expect(card.querySelectorAll("[data-tick=failed]")).toHaveLength(1));
    expect(card.querySelectorAll("[data-tick]")).toHaveLength(2);
    const note = await within(card).findByRole("alert");
    expect(note).toHaveTextContent(what);
    expect(note).toHaveTextContent(off);
    expect(note).toHaveTextContent(next);
  });

  it.each([["fr", /ne dure que deux jours/], ["en", /lasts two days only/]] as const)("says what an app still in test means, in %s", async (language, words) => {
    await openWindow({ situation: "app_test", language, ...inAuthentication });
    expect(within(await screen.findByTestId("account-aliexpress")).getByText(words)).toBeVisible();
  });
});

describe("a consent that comes to its end", () => {
  const left = (days: number) => (backend: Backend): Backend => ({
    ...backend,
    status: async () => {
      const status = await backend.status();
      const accounts = status.accounts.map((account) =>
        account.supplier === "aliexpress"
          ? { ...account, state: days < 0 ? ("reconnect_needed" as const) : days <= 7 ? ("connected_expiring" as const) : ("connected" as const), access_expires_at: at((days < 0 ? -1 : 0.5) * DAY), refresh_expires_at: at((days + 0.2) * DAY) }
          : account,
      );
      return { ...status, accounts };
    },
  });
  it.each([
    ["fr", 8, "8 j", null],
    ["fr", 6, "6 j", /^Votre accord AliExpress prend fin le /],
    ["fr", 1, "1 j", /^Votre accord AliExpress prend fin le /],
    ["fr", -1, "à reconnecter", /^Votre accord AliExpress a pris fin le /],
    ["en", 8, "8 d", null],
    ["en", 6, "6 d", /^Your AliExpress consent ends on /],
    ["en", 1, "1 d", /^Your AliExpress consent ends on /],
    ["en", -1, "reconnect", /^Your AliExpress consent ended on /],
  ] as const)("is counted in the strip and said on the overview, in %s with %i days left", async (language, days, strip, heading) => {
    await openWindow({ language, change: left(days) });
    const status = await screen.findByRole("region", { name: language === "fr" ? "Où vous en êtes" : "Where you stand" });
    const line = within(status).getByRole("button", { name: /AliExpress/ });
    await waitFor(() => expect(line).toHaveTextContent(strip));
    if (heading) expect(await screen.findByRole("heading", { name: heading })).toBeVisible();
    else expect(screen.queryByRole("heading", { name: /accord|consent/ })).toBeNull();
  });
});

describe("freight of a product", () => {
  const open = async (change?: (backend: Backend) => Backend) => {
    const { user, backend } = await openWindow({ preferences: { tab: "products" as const, ship_to: "CD" }, ...(change ? { change } : {}) });
    const [row] = await screen.findAllByTestId("product-row");
    if (!row) throw new Error("no product");
    await user.click(row);
    const section = within(await screen.findByTestId("product-drawer")).getByTestId("freight");
    return { user, backend, section };
  };

  it("is asked for on demand, for the country of the settings, and shown cheapest first", async () => {
    const asked = vi.fn();
    const { user, section } = await open((backend) => ({ ...backend, freightQuotes: (...all) => { asked(...all); return backend.freightQuotes(...all); } }));
    expect(asked).not.toHaveBeenCalled();
    await user.click(within(section).getByTestId("freight-ask"));
    expect(asked).toHaveBeenCalledWith(expect.any(String), expect.any(String), null, "CD", 1);
    const quotes = await within(section).findAllByTestId("freight-quote");
    expect(quotes.length).toBeGreaterThan(1);
    await user.click(within(section).getByTestId("freight-country"));
    await user.click(await screen.findByRole("option", { name: "Australie" }));
    await user.click(within(section).getByTestId("freight-ask"));
    expect(await within(section).findByText(/Aucun transporteur.*Australie/)).toBeVisible();
  });

  it("says what is free, what cannot be followed, and why there is no answer", async () => {
    const { user, section } = await open((backend) => ({
      ...backend,
      freightQuotes: (...all) => {
        if (all[4] === 3) return Promise.reject(Object.assign(new Error("down"), { code: "supplier_down", hint: "", error: errorView("supplier_down") }));
        return backend.freightQuotes("aliexpress", all[1], all[2], all[3], all[4]);
      },
    }));
    await user.click(within(section).getByTestId("freight-ask"));
    const [first, second] = await within(section).findAllByTestId("freight-quote");
    expect(first).toHaveTextContent("Gratuit");
    expect(second).toHaveTextContent("sans suivi");
    const pieces = within(section).getByLabelText("Pièces");
    await user.clear(pieces);
    expect(within(section).getByTestId("freight-ask")).toBeDisabled();
    await user.type(pieces, "3");
    await user.click(within(section).getByTestId("freight-ask"));
    expect(await within(section).findByRole("alert")).toHaveAttribute("data-code", "supplier_down");
  });
});

describe("orders named by their numbers", () => {
  const open = async (language: "fr" | "en" = "fr") => {
    const { user } = await openWindow({ language, preferences: { tab: "orders" as const } });
    await user.click(await screen.findByTestId("orders-add"));
    return { user, dialog: await screen.findByTestId("add-orders") };
  };

  it("are found in whatever is pasted, added one by one, and each says what became of it", async () => {
    const { user, dialog } = await open();
    await user.click(within(dialog).getByTestId("add-orders-field"));
    await user.paste("8190000000000001\nCommande 8190000000000002, 12,40 €\nla lampe bleue\n8190000000000019");
    await waitFor(() => expect(within(dialog).getByTestId("add-orders-found")).toHaveTextContent("3 numéros de commande trouvés · 1 ligne sans numéro"));
    await user.click(within(dialog).getByRole("button", { name: "Ajouter 3 commandes" }));
    const results = await within(dialog).findByTestId("add-orders-results");
    await waitFor(() => expect(results.querySelectorAll("[data-tick=done]")).toHaveLength(2));
    await waitFor(() => expect(results.querySelectorAll("[data-tick=failed]")).toHaveLength(2));
    expect(results).toHaveTextContent("aucun numéro de commande");
    expect(results).toHaveTextContent("AliExpress ne connaît pas cette commande");
    expect(within(dialog).getByTestId("add-orders-summary")).toHaveTextContent("2 commandes ajoutées · 2 ne sont pas arrivées");
  });

  it("stop at a ban, with its time and what is left to add", async () => {
    const { user, dialog } = await open("en");
    await user.click(within(dialog).getByTestId("add-orders-field"));
    await user.paste("8190000000000001\n8190000000000008\n8190000000000002\n8190000000000003");
    await user.click(await within(dialog).findByRole("button", { name: "Add 4 orders" }));
    expect(await within(dialog).findByRole("alert")).toHaveAttribute("data-code", "rate_limited");
    expect(within(dialog).getByRole("alert")).toHaveTextContent("2 orders left: add them again later.");
    expect(within(dialog).getByTestId("add-orders-field")).toHaveValue("8190000000000001\n8190000000000008\n8190000000000002\n8190000000000003");
  });

  it("come from a file, too", async () => {
    const { user, dialog } = await open();
    const csv = "order id\n8190000000000001\n8190000000000002\n";
    // jsdom's files cannot be read by the way browsers have had for years.
    const file = Object.assign(new File([csv], "orders.csv", { type: "text/csv" }), { text: () => Promise.resolve(csv) });
    await user.upload(within(dialog).getByTestId("add-orders-file"), file);
    expect(await within(dialog).findByRole("button", { name: "Ajouter 2 commandes" })).toBeEnabled();
  });
});
