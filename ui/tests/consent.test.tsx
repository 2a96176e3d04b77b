/** A consent that ends, is over, is denied or cannot be waited for: what an owner reads, and the one button that helps. */
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { CJ_API_PAGE } from "@/data/accounts";
import type { Backend } from "@/ipc/backend";
import type { Code } from "@/ipc/bindings/Code";
import type { Event as CoreEvent } from "@/ipc/bindings/Event";
import { errorView } from "@/ipc/fake/world";

import { openWindow } from "./open-window";

const inAuthentication = { preferences: { tab: "authentication" as const } };
const note = (code: string) => waitFor(() => {
  const found = document.querySelector<HTMLElement>(`[data-code=${code}]`);
  if (!found) throw new Error(`no ${code}`);
  return found;
});

describe("a port that cannot be listened on", () => {
  it.each([["fr", "Continuer en collant l’adresse"], ["en", "Continue by pasting the address"]] as const)("still leads to a connection by pasting, in %s", async (language, words) => {
    const begun = vi.fn();
    const { user } = await openWindow({
      situation: "port_taken", language, ...inAuthentication,
      change: (backend) => ({ ...backend, aliexpressBegin: (browser, listen) => { begun(browser, listen); return backend.aliexpressBegin(browser, listen); } }),
    });
    await user.click(await screen.findByTestId("open-aliexpress"));
    await user.click(await screen.findByTestId("ali-authorize"));
    await user.click(within(await note("port_taken")).getByRole("button", { name: words }));
    expect(begun.mock.calls).toEqual([[true, true], [true, false]]);
    expect(await screen.findByTestId("ali-paste")).toHaveFocus();
    expect(document.querySelector("[data-door=paste_only]")).toBeVisible();
    await user.paste("http://127.0.0.1:8765/aliexpress/callback?code=3_500000_MadeUp&state=s");
    await user.click(screen.getByTestId("ali-paste-submit"));
    await waitFor(() => expect(screen.getByTestId("account-aliexpress")).toHaveAttribute("data-state", "connected"));
  });

  it("offers pasting for a port the system reserves too, and a retry beside it", async () => {
    const refused: Backend["aliexpressBegin"] = () => {
      const error = errorView("port_reserved");
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what Tauri rejects with is a plain value
      return Promise.reject({ code: error.code, message: "", hint: "", error });
    };
    const { user } = await openWindow({ situation: "reconnect", ...inAuthentication, change: (backend) => ({ ...backend, aliexpressBegin: refused }) });
    await user.click(await screen.findByTestId("open-aliexpress"));
    await user.click(await screen.findByTestId("ali-authorize"));
    const error = await note("port_reserved");
    expect(within(error).getByTestId("ali-begin-paste")).toBeEnabled();
    expect(within(error).getByRole("button", { name: "Réessayer" })).toBeEnabled();
  });
});

describe("a door where the owner may have to bring the answer", () => {
  it.each([["https://shop.example/aliexpress", "bridge", /est sur le web/], ["app.smartlinks.desktop:/aliexpress/callback", "deep_link", /peut ouvrir SmartLinks/]] as const)("says why at once for %s", async (callback_url, door, why) => {
    const { user } = await openWindow({
      situation: "reconnect", pace: 1, ...inAuthentication,
      change: (backend) => {
        const app = async () => { const known = await backend.aliexpressApp(); return known && { ...known, callback_url, door }; };
        return { ...backend, aliexpressApp: app, aliexpressBegin: async (browser, listen) => ({ ...(await backend.aliexpressBegin(browser, listen)), door }) };
      },
    });
    await user.click(await screen.findByTestId("open-aliexpress"));
    await user.click(await screen.findByTestId("ali-authorize"));
    expect(await screen.findByText(why)).toBeVisible();
    expect(screen.getByTestId("ali-paste")).toBeVisible();
    expect(screen.getByTestId("ali-paste")).toHaveAttribute("placeholder", `${callback_url}?code=…`);
  });
});

describe("an authorization that failed", () => {
  it.each<[Code, string]>([
    ["attempt_expired", "Cette demande est terminée."],
    ["consent_denied", "Vous avez répondu non sur la page du fournisseur."],
    ["code_refused", "AliExpress a refusé le code."],
  ])("says %s in its own sentence and starts again with one button", async (code, sentence) => {
    let tell: ((event: CoreEvent) => void) | undefined;
    const { user } = await openWindow({
      situation: "reconnect", pace: 1, ...inAuthentication,
      change: (backend) => ({ ...backend, listen: (handler) => { tell = handler; return backend.listen(handler); }, aliexpressPending: () => Promise.resolve(null) }),
    });
    await user.click(await screen.findByTestId("open-aliexpress"));
    await user.click(await screen.findByTestId("ali-authorize"));
    await screen.findByTestId("ali-cancel");
    tell?.({ event: "authorization", account: "aliexpress", phase: "failed", code_masked: null, error: errorView(code) });
    const error = await note(code);
    expect(error).toHaveTextContent(sentence);
    await user.click(within(error).getByRole("button", { name: "Relancer l’autorisation" }));
    expect(await screen.findByTestId("ali-cancel")).toBeVisible();
    expect(document.querySelector(`[data-code=${code}]`)).toBeNull();
  });

  it("shows a denial that came from the browser", async () => {
    const { user } = await openWindow({ situation: "denied", ...inAuthentication });
    await user.click(await screen.findByTestId("open-aliexpress"));
    await user.click(await screen.findByTestId("ali-authorize"));
    expect(await note("consent_denied")).toHaveTextContent("rien n’a changé");
  });
});

describe("a consent", () => {
  it.each([
    ["fr", "Renouveler mon accord", /^Votre accord AliExpress prend fin le .+\s: renouvelez-le maintenant$/],
    ["en", "Renew my consent", /^Your AliExpress consent ends on .+: renew it now$/],
  ] as const)("that ends soon is said with its day and renewed from the overview in one click, in %s", async (language, button, title) => {
    const { user } = await openWindow({ situation: "expiring", language });
    expect(await screen.findByRole("heading", { name: title })).toBeVisible();
    const [first] = screen.getAllByRole("button", { name: button });
    if (!first) throw new Error("no button");
    await user.click(first);
    await waitFor(() => expect(screen.getByTestId("ali-authorize")).toHaveFocus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByTestId("account-aliexpress")).toHaveAttribute("data-state", "connected"));
  });

  it("that is over says since when, on the overview and on the card", async () => {
    const { user } = await openWindow({ situation: "reconnect" });
    expect(await screen.findByRole("heading", { name: /^Votre accord AliExpress a pris fin le .+\s: redonnez-le maintenant$/ })).toBeVisible();
    await user.click(screen.getByTestId("tab-authentication"));
    const card = await screen.findByTestId("account-aliexpress");
    expect(within(card).getByText(/^Votre accord a pris fin le /)).toBeVisible();
    expect(within(card).getAllByRole("button", { name: /accord|Reconnecter/ })).toHaveLength(1);
  });

  it("does not send the owner to the guide for what CJ suspended, but to CJ's page and a test", async () => {
    const opened = vi.fn(() => Promise.resolve());
    const { user } = await openWindow({ situation: "suspended", ...inAuthentication, change: (backend) => ({ ...backend, openLink: opened }) });
    const card = await screen.findByTestId("account-cj");
    await user.click(within(card).getByRole("button", { name: "Ouvrir la page API de CJ" }));
    expect(opened).toHaveBeenCalledWith(CJ_API_PAGE);
    expect(screen.queryByTestId("cj-key")).toBeNull();
    await user.click(within(card).getByRole("button", { name: "Tester la connexion" }));
    await waitFor(() => expect(screen.getByTestId("account-cj")).toHaveAttribute("data-state", "connected"));
  });
});

describe("the drawings of the guides", () => {
  it("stand beside words that say the same, and are not read aloud", async () => {
    const { user } = await openWindow({ situation: "empty", ...inAuthentication });
    await screen.findByTestId("cj-key");
    const drawn = () => [...document.querySelectorAll("[data-drawing]")].map((drawing) => drawing.getAttribute("data-drawing"));
    expect(drawn()).toEqual(["cj-menu", "key-halves"]);
    expect(screen.getByText(/deux moitiés autour de @api@/)).toBeVisible();
    await user.click(screen.getByTestId("open-aliexpress"));
    await screen.findByTestId("ali-app-key");
    expect(drawn()).toEqual(["app-console", "way-back"]);
    expect([...document.querySelectorAll("[data-drawing]")].every((drawing) => drawing.getAttribute("aria-hidden") === "true")).toBe(true);
  });
});
