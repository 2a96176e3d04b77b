import type { Backend } from "../backend";
import { recentChanges } from "./changes";
import { lastDays } from "./days";
import { accountOf, accountsOf, at, BLANK, DAY, type World } from "./world";

export function accountMethods(world: World): Pick<Backend, "status" | "recentChanges" | "syncReceipts" | "overviewCharts" | "refreshAccount" | "renameAccount" | "disconnect"> {
  return {
    async status() {
      await world.wait(60);
      const shown = Math.max(world.products, world.imported.length);
      return structuredClone({
        accounts: accountsOf(world),
        catalog: { products: shown, variants: Math.round(shown * 3.4) },
        last_sync: world.receipts[0] ?? null,
        keychain: world.options.situation === "keychain" ? "unavailable" : "available",
        practice: world.practice,
      });
    },
    async recentChanges(_after, limit = 50) {
      await world.wait(90);
      return { items: world.products === 0 ? [] : recentChanges().slice(0, limit), next: null };
    },
    async syncReceipts(limit = 20) {
      await world.wait(70);
      return structuredClone(world.receipts.slice(0, limit));
    },
    async overviewCharts(days = 30) {
      await world.wait(110);
      return lastDays(world, days);
    },
    async renameAccount(supplier, id, name) {
      await world.wait(120);
      const account = accountOf(world, supplier, id);
      account.name = name.trim() || supplier;
      world.tell({ event: "account_changed", supplier, account: account.account });
      return structuredClone(account);
    },
    async refreshAccount(supplier, id) {
      await world.wait(900);
      const account = accountOf(world, supplier, id);
      Object.assign(account, { state: "connected", last_error: null, last_success_at: at(0), access_expires_at: at(15 * DAY), renews_at: at(12 * DAY) });
      world.tell({ event: "account_changed", supplier, account: account.account });
      return structuredClone(account);
    },
    async disconnect(supplier, id) {
      await world.wait(300);
      const account = accountOf(world, supplier, id);
      Object.assign(account, { ...BLANK, last_success_at: account.last_success_at });
      if (account === world[supplier]) world.connected[supplier] = false;
      if (supplier === "aliexpress") world.app = null;
      world.tell({ event: "account_changed", supplier, account: account.account });
      return structuredClone(account);
    },
  };
}
