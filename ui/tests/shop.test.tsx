/** On to the shop: connecting its database and project, naming secrets before they go, deploying, publishing. */
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { errorView, refuse } from "@/ipc/fake/world";

import { openWindow } from "./open-window";

const shop = (options: Parameters<typeof openWindow>[0] = {}) => openWindow({ preferences: { tab: "authentication" }, ...options });

describe("the shop", () => {
  it("takes a connection string once, says why a wrong one is refused, and keeps no password on the page", async () => {
    const { user } = await shop({ situation: "expiring" });
    const card = within(await screen.findByTestId("shop-postgres"));
    await user.type(card.getByTestId("shop-postgres-string"), "postgresql://me:wrong@db.example/shop");
    await user.click(card.getByTestId("shop-postgres-connect"));
    expect(await card.findByRole("alert")).toHaveAttribute("data-code", "shop_login");
    await user.clear(card.getByTestId("shop-postgres-string"));
    await user.type(card.getByTestId("shop-postgres-string"), "postgresql://me:hunter2@db.example/shop");
    await user.click(card.getByTestId("shop-postgres-connect"));
    expect(await screen.findByText("smartlinks_publisher@db.exemple.cd:5432/boutique")).toBeInTheDocument();
    expect(document.body.innerHTML).not.toContain("hunter2");
  });

  it("names each secret and where it goes before anything is sent, and sends only what was left chosen", async () => {
    const sent = vi.fn<(names: string[]) => void>();
    const { user } = await shop({
      change: (backend) => ({ ...backend, supabaseSend: (names) => { sent(names); return backend.supabaseSend(names); } }),
    });
    await user.click(await screen.findByTestId("shop-secrets"));
    const dialog = within(await screen.findByTestId("secrets-dialog"));
    expect(await dialog.findByText("CJ_CLIENT_SECRET")).toBeInTheDocument();
    expect(dialog.getByText(/abcdefghijklmnopqrst/)).toBeInTheDocument();
    expect(sent).not.toHaveBeenCalled();
    await user.click(dialog.getByRole("checkbox", { name: /ALIEXPRESS_APP_KEY/ }));
    await user.click(dialog.getByTestId("secrets-send"));
    await dialog.findByTestId("secrets-sent");
    expect(sent).toHaveBeenCalledWith(["CJ_CLIENT_ID", "CJ_CLIENT_SECRET", "ALIEXPRESS_APP_SECRET"]);
  });

  it("shows what the deploying program says as it comes, then what the function answers", async () => {
    const { user } = await shop();
    await user.click(await screen.findByTestId("shop-invoke"));
    expect(await screen.findByRole("alert")).toHaveAttribute("data-code", "not_found");
    await user.click(screen.getByTestId("shop-deploy"));
    expect(await screen.findByTestId("shop-output")).toHaveTextContent("Bundling Function: sync-cj-products");
    await user.click(screen.getByTestId("shop-invoke"));
    expect(await screen.findByTestId("shop-answer")).toHaveTextContent('"products":120');
  });

  it("gives the commands to type where the program is not installed", async () => {
    const { user } = await shop({
      change: (backend) => ({ ...backend, supabaseDeploy: (name) => Promise.resolve({ function: name, ran: false, commands: ["supabase login"] }) }),
    });
    await user.click(await screen.findByTestId("shop-deploy"));
    expect(await screen.findByTestId("shop-commands")).toHaveTextContent("supabase login");
  });
});

describe("publishing", () => {
  it("says where to and what, sends it, and a second time finds nothing new", async () => {
    const { user } = await openWindow({ preferences: { tab: "products" } });
    await user.click(await screen.findByTestId("shop-menu"));
    await user.click(await screen.findByTestId("publish-open"));
    const dialog = within(await screen.findByTestId("publish-dialog"));
    expect(await dialog.findByText(/db\.exemple\.cd/)).toBeInTheDocument();
    await user.click(dialog.getByTestId("publish-start"));
    expect(await dialog.findByTestId("publish-done")).toHaveTextContent("300");
    await user.keyboard("{Escape}");
    await user.click(screen.getByTestId("shop-menu"));
    await user.click(await screen.findByTestId("publish-open"));
    await user.click(await screen.findByTestId("publish-start"));
    expect(await screen.findByTestId("publish-done")).toHaveTextContent("Rien de nouveau");
  });

  it("leads an owner without a shop to where it is connected", async () => {
    const { user } = await openWindow({ situation: "expiring", preferences: { tab: "products" } });
    await user.click(await screen.findByTestId("shop-menu"));
    await user.click(await screen.findByTestId("publish-open"));
    await user.click(await screen.findByTestId("publish-connect"));
    await waitFor(() => expect(screen.getByTestId("shop-postgres-string")).toBeInTheDocument());
  });

  it("can be stopped, and says what became of what was sent", async () => {
    const asked = vi.fn();
    let stopIt: () => void = () => undefined;
    const stopped = new Promise<void>((done) => { stopIt = done; });
    const { user } = await openWindow({
      preferences: { tab: "products" },
      change: (backend) => ({
        ...backend,
        postgresPublish: () => stopped.then(() => refuse(errorView("interrupted"))),
        postgresPublishStop: () => { asked(); stopIt(); return Promise.resolve(); },
      }),
    });
    await user.click(await screen.findByTestId("shop-menu"));
    await user.click(await screen.findByTestId("publish-open"));
    const dialog = within(await screen.findByTestId("publish-dialog"));
    await user.click(await dialog.findByTestId("publish-start"));
    await user.click(await dialog.findByTestId("publish-stop"));
    expect(asked).toHaveBeenCalledOnce();
    expect(await dialog.findByTestId("publish-stopped")).toHaveTextContent("reprendra de là");
    expect(dialog.queryByRole("alert")).toBeNull();
    expect(dialog.getByTestId("publish-start")).toBeEnabled();
  });
});
