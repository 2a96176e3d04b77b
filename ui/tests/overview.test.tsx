/** The morning look: what moved, what waits, which of several accounts needs its owner, and what ended elsewhere. */
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { typeset } from "@/i18n";
import type { Event as CoreEvent } from "@/ipc/bindings/Event";
import { receipt } from "@/ipc/fake/world";
import { keyHint, secretHint } from "@/tabs/authentication/aliexpress/pair";

import { openWindow } from "./open-window";

describe("the overview", () => {
  it("leads from the number of sold-out products to just these", async () => {
    const { user } = await openWindow();
    await user.click(await screen.findByRole("button", { name: /Produits épuisés/ }));
    await waitFor(() => expect(screen.getByTestId("tab-products")).toHaveAttribute("aria-selected", "true"));
    expect((await screen.findAllByText("épuisé")).length).toBeGreaterThan(3);
  });

  it("tells the numbers of a chart to who cannot see it", async () => {
    const { user } = await openWindow();
    await user.click(await screen.findByTestId("view-points"));
    const table = await screen.findByRole("table", { name: "Points CJ dépensés, jour par jour" });
    expect(within(table).getAllByRole("row")).toHaveLength(31);
  });

  it("shows each of several accounts by its own name, and the one that lost its key with its button", async () => {
    const { user } = await openWindow({ situation: "several" });
    await user.click(await screen.findByTestId("tab-authentication"));
    expect(await screen.findByRole("heading", { name: "CJ · Atelier Lumière" })).toBeVisible();
    expect(screen.getByTestId("account-cj-3")).toHaveAttribute("data-state", "reconnect_needed");
    await user.click(screen.getByTestId("account-menu-cj-2"));
    await user.click(await screen.findByTestId("rename-cj-2"));
    const field = await screen.findByTestId("rename-field");
    await user.clear(field);
    await user.type(field, "Lyon");
    await user.click(screen.getByTestId("rename-save"));
    expect(await screen.findByRole("heading", { name: "CJ · Lyon" })).toBeVisible();
    expect(await screen.findByTestId("toast")).toHaveTextContent("C’est noté : Lyon");
  });

  it("adds another CJ account beside the ones there are", async () => {
    const { user } = await openWindow({ preferences: { tab: "authentication" } });
    await user.click(await screen.findByTestId("add-cj"));
    await user.click(await screen.findByTestId("cj-key"));
    await user.paste("CJ1234567@api@0123456789abcdef0123456789abcdef");
    await waitFor(() => expect(screen.getByTestId("cj-connect")).toBeEnabled());
    await user.click(screen.getByTestId("cj-connect"));
    expect(await screen.findByTestId("account-cj-2")).toHaveAttribute("data-state", "connected");
    expect(screen.getByTestId("account-cj")).toHaveAttribute("data-state", "connected");
  });
});

describe("work that ends while the owner looks at another tab", () => {
  it("is said once, with a way to it", async () => {
    let tell: ((event: CoreEvent) => void) | undefined;
    const { user } = await openWindow({ change: (backend) => ({ ...backend, listen: (handler) => { tell = handler; return backend.listen(handler); } }) });
    await screen.findByRole("heading", { level: 1 });
    tell?.({ event: "sync_ended", receipt: receipt(14, 0, { rows: 512, changed: 9 }) });
    const toast = await screen.findByTestId("toast");
    expect(toast).toHaveTextContent("Synchronisation CJ terminée");
    expect(toast).toHaveTextContent("512 produits vus, 9 changements");
    // The place of the toasts takes the pointer a moment after the first one is in it.
    await waitFor(() => user.click(within(toast).getByRole("button", { name: "Voir les produits" })));
    await waitFor(() => expect(screen.getByTestId("tab-products")).toHaveAttribute("aria-selected", "true"));
    expect(screen.queryByTestId("toast")).toBeNull();
  });
});

describe("settings", () => {
  it("keep whether the system may notify", async () => {
    const { user, backend } = await openWindow();
    await user.click(await screen.findByTestId("settings-open"));
    await user.click(await screen.findByTestId("settings-notify"));
    await waitFor(async () => expect((await backend.preferences()).notifications).toBe(false));
  });
});

describe("what is said while typing", () => {
  it.each([["500000", "key_good"], ["12", null], ["ab12", "key_text"], ["", null]] as const)("an App Key %s is %s", (typed, hint) => expect(keyHint(typed)).toBe(hint));
  it.each([["500000", "secret_is_key"], ["made up", "secret_space"], ["made-up-secret-0001", null]] as const)("an App Secret %s is %s", (typed, hint) => expect(secretHint(typed)).toBe(hint));
});

describe("French", () => {
  it("never begins a line with a colon or a question mark", () => {
    expect(typeset("Déconnecter « CJ » ? Oui : tout reste.")).toBe("Déconnecter «\u202fCJ\u202f»\u202f? Oui\u202f: tout reste.");
  });
});
