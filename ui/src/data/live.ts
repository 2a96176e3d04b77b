/**
 * What events said and no question can answer: where an authorization is, the ticks of a connection test, the time left of a sync.
 * Everything else an event only marks as out of date, and the views ask again.
 */
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import type { AuthorizationPhase } from "@/ipc/bindings/AuthorizationPhase";
import type { ErrorView } from "@/ipc/bindings/ErrorView";
import type { Event as CoreEvent } from "@/ipc/bindings/Event";
import type { SignIn } from "@/ipc/bindings/SignIn";
import type { Published } from "@/ipc/bindings/Published";
import type { ExportReceipt } from "@/ipc/bindings/ExportReceipt";
import type { Step } from "@/ipc/bindings/Step";
import type { Supplier } from "@/ipc/bindings/Supplier";
import type { SyncReceipt } from "@/ipc/bindings/SyncReceipt";

import { keys } from "./keys";

export interface LiveAuthorization {
  /** Whose; not known before its first word. */
  account: string | null;
  phase: AuthorizationPhase;
  code: string | null;
  error: ErrorView | null;
  /** The last hit that was not ours; the attempt went on. */
  ignored: ErrorView | null;
}

/** An export at work; how much there is, is not known in its first moment. */
export interface LiveExport {
  done: number;
  total: number | null;
  rows: number;
  etaSeconds: number | null;
}

export interface LiveExportEnd {
  receipt: ExportReceipt | null;
  error: ErrorView | null;
}

/** A publish at work; how much there is to send, is not known in its first moment. */
export interface LivePublish {
  done: number;
  total: number | null;
}

export interface LivePublishEnd {
  published: Published | null;
  error: ErrorView | null;
}

/** Something that ended while the owner may have looked elsewhere; said once, as a toast. */
export type News =
  | { kind: "sync"; receipt: SyncReceipt }
  | ({ kind: "export" } & LiveExportEnd)
  | ({ kind: "publish" } & LivePublishEnd)
  | { kind: "connected"; supplier: Supplier }
  | { kind: "disconnected"; name: string }
  | { kind: "renamed"; name: string };

export interface Live {
  authorization: LiveAuthorization | null;
  /** The attempt listens at no port of its own: its address has to be pasted. */
  pasteOnly: boolean;
  /** The embedded sign-in window, once it was opened for this attempt. */
  signIn: SignIn | null;
  /** An authorization was answered before the window was there to hear it. */
  arrived: boolean;
  cjSteps: Step[];
  aliexpressSteps: Step[];
  etaSeconds: number | null;
  waiting: { supplier: Supplier; until: string; error: ErrorView } | null;
  /** The run that ended last while the window was open; its receipt is shown until closed. */
  endedRun: number | null;
  exporting: LiveExport | null;
  /** How the last export ended, until the owner has seen it. */
  exported: LiveExportEnd | null;
  news: readonly (News & { id: number })[];
  publishing: LivePublish | null;
  /** How the last publish ended, until the owner has seen it. */
  published: LivePublishEnd | null;
  /** The one whose end is in sight anyway, because its dialog is open. */
  watched: "export" | "publish" | null;
  /** What the program that deploys a function said, line by line. */
  deployLines: string[];
}

const START: Live = {
  authorization: null, pasteOnly: false, signIn: null, arrived: false, cjSteps: [], aliexpressSteps: [], etaSeconds: null, waiting: null, endedRun: null,
  exporting: null, exported: null, news: [], publishing: null, published: null, watched: null, deployLines: [],
};

export function makeLive() {
  let state = START;
  const listeners = new Set<() => void>();
  const set = (change: Partial<Live>) => {
    state = { ...state, ...change };
    listeners.forEach((tell) => tell());
  };
  let count = 0;
  return {
    read: () => state,
    set,
    tell: (news: News) => {
      count += 1;
      // More than three are no news any more but a wall.
      set({ news: [...state.news.slice(-2), { ...news, id: count }] });
    },
    forget: (id: number) => set({ news: state.news.filter((one) => one.id !== id) }),
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export type LiveStore = ReturnType<typeof makeLive>;

export function useLiveStore<T>(store: LiveStore, pick: (live: Live) => T): T {
  return useSyncExternalStore(store.subscribe, () => pick(store.read()));
}

const ARRIVALS_EVERY = 3000;
let lastArrivals = 0;

/** Products come in while a sync runs: every few seconds counts follow, and a list that is shown is put in order anew. */
function arrivals(client: QueryClient): void {
  const now = Date.now();
  if (now - lastArrivals < ARRIVALS_EVERY) return;
  lastArrivals = now;
  void client.invalidateQueries({ queryKey: keys.status });
  void client.invalidateQueries({ queryKey: keys.products, predicate: ({ queryKey }) => queryKey[1] === "count" || queryKey[1] === "places" });
}

export function applyEvent(event: CoreEvent, live: LiveStore, client: QueryClient): void {
  const stale = (...names: readonly (readonly string[])[]) => {
    for (const queryKey of names) void client.invalidateQueries({ queryKey });
  };
  switch (event.event) {
    case "authorize_url":
      live.set({ authorization: { account: null, phase: "waiting", code: null, error: null, ignored: null } });
      stale(keys.attempt);
      break;
    case "authorization": {
      const before = live.read().authorization;
      const ignored = event.phase === "ignored";
      live.set({
        authorization: {
          account: event.account,
          phase: ignored ? (before?.phase ?? "waiting") : event.phase,
          code: event.code_masked ?? (event.phase === "waiting" ? null : (before?.code ?? null)),
          error: ignored ? null : event.error,
          ignored: ignored ? event.error : (before?.ignored ?? null),
        },
      });
      if (event.phase === "connected") live.tell({ kind: "connected", supplier: "aliexpress" });
      if (event.phase === "connected" || event.phase === "failed") stale(keys.attempt, keys.status);
      break;
    }
    case "connect_step":
      if (event.supplier === "cj") live.set({ cjSteps: [...live.read().cjSteps, event.step] });
      else live.set({ aliexpressSteps: [...live.read().aliexpressSteps, event.step] });
      break;
    case "progress":
      live.set({ etaSeconds: event.eta_s, waiting: null });
      client.setQueryData(keys.sync, event.receipt);
      arrivals(client);
      break;
    case "sync_ended": {
      const over = event.receipt.state === "done" || event.receipt.state === "failed";
      live.set({ etaSeconds: null, waiting: null, endedRun: event.receipt.run });
      client.setQueryData(keys.sync, over ? null : event.receipt);
      live.tell({ kind: "sync", receipt: event.receipt });
      stale(keys.status, keys.products, keys.receipts, keys.changes, keys.schedule, keys.days);
      break;
    }
    case "waiting":
      live.set({ waiting: { supplier: event.supplier, until: event.until, error: event.error } });
      break;
    case "account_changed":
      stale(keys.status, keys.aliexpressApp);
      break;
    case "publishing":
      if (live.read().published === null) live.set({ publishing: { done: event.done, total: event.total } });
      break;
    case "publish_ended": {
      const { published, error } = event;
      live.set({ publishing: null, published: { published, error } });
      if (live.read().watched !== "publish") live.tell({ kind: "publish", published, error });
      break;
    }
    case "deploying":
      live.set({ deployLines: [...live.read().deployLines, event.line] });
      break;
    case "alerts":
      stale(keys.alerts);
      break;
    case "orders_changed":
      stale(keys.orders);
      break;
    case "export_progress":
      // One that comes after the answer is old news.
      if (live.read().exported === null) live.set({ exporting: { done: event.done, total: event.total, rows: event.rows, etaSeconds: event.eta_s } });
      break;
    case "export_ended": {
      const { receipt, error } = event;
      live.set({ exporting: null, exported: { receipt, error } });
      if (live.read().watched !== "export") live.tell({ kind: "export", receipt, error });
      break;
    }
  }
}
