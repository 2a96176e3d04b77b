import type { Backend } from "../backend";
import type { SyncReceipt } from "../bindings/SyncReceipt";
import { at, errorView, receipt, refuse, type World } from "./world";

type Methods = Pick<Backend, "syncPlan" | "syncStart" | "syncStop" | "syncResume" | "syncCurrent" | "syncFailures" | "syncRetry">;

function size(scope: string, world: World): { pages: number; products: number } {
  if (scope === "imported") return { pages: world.imported.length, products: world.imported.length };
  if (scope === "all") return { pages: 4800, products: 960_000 };
  if (scope === "my-products") return { pages: 7, products: 1284 };
  if (scope.startsWith("product:")) return { pages: 0, products: scope.split(",").length };
  return { pages: 3, products: 512 };
}

export function syncMethods(world: World): Methods {
  const control = { stopped: false };
  const mended = new Set<string>();
  const stopRequested = () => control.stopped;
  const copy = () => structuredClone(world.sync);
  const end = (state: SyncReceipt["state"]) => {
    if (!world.sync) return;
    Object.assign(world.sync, { state, finished_at: at(0), error: state === "interrupted" ? errorView("interrupted") : null });
    const ended = structuredClone(world.sync);
    world.receipts = [ended, ...world.receipts.filter((one) => one.run !== ended.run)];
    if (state === "done") {
      world.products = Math.max(world.products, ended.rows);
      world.sync = null;
    }
    world.tell({ event: "sync_ended", receipt: ended });
  };
  const run = async () => {
    control.stopped = false;
    for (;;) {
      await world.wait(250);
      const { sync } = world;
      if (sync?.state !== "running") return;
      if (stopRequested()) {
        end("interrupted");
        return;
      }
      const total = sync.total ?? 0;
      sync.done = Math.min(total, sync.done + Math.max(1, Math.ceil(total / 40)));
      sync.calls = sync.done;
      sync.points = sync.details && sync.scope !== "imported" ? sync.done * 10 : 0;
      sync.rows = Math.round((size(sync.scope, world).products * sync.done) / Math.max(1, total));
      world.tell({ event: "progress", done: sync.done, total, eta_s: Math.ceil((total - sync.done) * 1.1), receipt: structuredClone(sync) });
      if (sync.done >= total) {
        if (sync.retry_of === null) {
          Object.assign(sync, { changed: 14, failed: sync.details && sync.scope !== "imported" ? 2 : 0, repeats: [{ reason: "empty_answer", count: 4 }, { reason: "network", count: 1 }] });
        }
        end("done");
        return;
      }
    }
  };
  return {
    async syncPlan(scope, details, olderThanH = null) {
      await world.wait(350);
      const { pages, products } = size(scope, world);
      const imported = scope === "imported";
      const fresh = details && scope === "my-products" && olderThanH !== 0 ? 412 : 0;
      const opened = details && !imported ? products - fresh : 0;
      const calls = pages + opened;
      const points = opened * 10;
      const seconds = Math.ceil(calls * 1.1);
      return { calls, points, seconds, fresh, exact: true, fits_today: points <= 38_400, starts: at(0), ends: at(seconds * 1000) };
    },
    async syncStart(scope, details) {
      await world.wait(150);
      if (world.sync?.state === "running") return refuse(errorView("supplier_refused", { message: "a sync is running" }));
      const { pages, products } = size(scope, world);
      const number = Math.max(0, ...world.receipts.map((one) => one.run)) + 1;
      world.sync = receipt(number, 0, { scope, details, state: "running", finished_at: null, calls: 0, rows: 0, changed: 0, done: 0, total: pages + (details && scope !== "imported" ? products : 0), ...(scope === "imported" ? { supplier: "aliexpress" as const, account: "aliexpress" } : {}) });
      void run();
      return structuredClone(world.sync);
    },
    syncStop() {
      control.stopped = true;
      return Promise.resolve();
    },
    async syncResume() {
      await world.wait(150);
      if (!world.sync) return null;
      Object.assign(world.sync, { state: "running", error: null, finished_at: null, continues_at: null });
      void run();
      return copy();
    },
    syncCurrent: () => Promise.resolve(copy()),
    async syncFailures() {
      await world.wait(80);
      return [
        { product_id: "1610000041-9F21", mended: mended.has("1610000041-9F21"), error: errorView("not_found", { supplier: { code: "1602002", message: "Product removed from shelves", request_id: null } }) },
        { product_id: "1610000077-9F21", mended: mended.has("1610000077-9F21"), error: errorView("supplier_answer") },
      ];
    },
    async syncRetry(run_, products) {
      await world.wait(150);
      const again = products.length > 0 ? products : ["1610000041-9F21", "1610000077-9F21"].filter((id) => !mended.has(id));
      if (again.length === 0) return refuse(errorView("not_found"));
      again.forEach((id) => mended.add(id));
      const number = Math.max(0, ...world.receipts.map((one) => one.run)) + 1;
      world.sync = receipt(number, 0, { scope: `product:${again.join(",")}`, details: true, state: "running", finished_at: null, calls: 0, rows: 0, changed: 0, done: 0, total: again.length, retry_of: run_ });
      void run();
      return structuredClone(world.sync);
    },
  };
}
