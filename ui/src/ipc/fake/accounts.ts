import type { Backend } from "../backend";
import { at, BLANK, DAY, type World } from "./world";
import { recentChanges } from "./changes";

export function accountMethods(world: World): Pick<Backend, "status" | "recentChanges" | "syncReceipts" | "refreshAccount" | "disconnect"> {
  return {
    async status() {
      await world.wait(60);
      const shown = Math.max(world.products, world.imported.length);
      return structuredClone({
        accounts: [world.aliexpress, world.cj],
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
    async refreshAccount(supplier) {
      await world.wait(900);
      const account = world[supplier];
      Object.assign(account, { state: "connected", last_error: null, last_success_at: at(0), access_expires_at: at(15 * DAY), renews_at: at(12 * DAY) });
      world.tell({ event: "account_changed", supplier, account: account.account });
      return structuredClone(account);
    },
    async disconnect(supplier) {
      await world.wait(300);
      world[supplier] = { ...BLANK, supplier, account: supplier, name: world[supplier].name };
      world.connected[supplier] = false;
      if (supplier === "aliexpress") world.app = null;
      world.tell({ event: "account_changed", supplier, account: supplier });
      return structuredClone(world[supplier]);
    },
  };
}
