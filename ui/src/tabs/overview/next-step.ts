/** The one thing most worth doing now, decided from what is known; pure, so that every case is a line of a test. */
import { attentionOf, isConnected } from "@/data/accounts";
import type { AccountStatus } from "@/ipc/bindings/AccountStatus";
import type { Status } from "@/ipc/bindings/Status";
import type { Supplier } from "@/ipc/bindings/Supplier";
import type { SyncReceipt } from "@/ipc/bindings/SyncReceipt";

export type NextStep =
  | { kind: "reconnect"; supplier: Supplier; account: string }
  | { kind: "consent_over"; at: string; account: string }
  | { kind: "consent_ends"; at: string; account: string }
  | { kind: "reactivate" }
  | { kind: "resume" }
  | { kind: "first_sync" }
  | { kind: "first_import" }
  | { kind: "connect"; supplier: Supplier }
  | { kind: "sync_again"; at: string };

const DAY = 86_400_000;

export function nextStep(status: Status, current: SyncReceipt | null, now: number): NextStep | null {
  const lost = status.accounts.find((account) => account.state === "reconnect_needed");
  const over = lost && attentionOf(lost, now);
  if (lost && over?.kind === "consent_over" && over.at !== null) return { kind: "consent_over", at: over.at, account: lost.account };
  if (lost) return { kind: "reconnect", supplier: lost.supplier, account: lost.account };
  if (status.accounts.some((account) => account.state === "suspended")) return { kind: "reactivate" };
  for (const account of status.accounts) {
    const due = attentionOf(account, now);
    if (due?.kind === "consent_ends") return { kind: "consent_ends", at: due.at, account: account.account };
  }
  if (current?.state === "interrupted") return { kind: "resume" };
  const connected = (supplier: Supplier) => status.accounts.some((account) => account.supplier === supplier && isConnected(account));
  const cj = connected("cj");
  const aliexpress = connected("aliexpress");
  if (current === null && status.catalog.products === 0) {
    if (cj) return { kind: "first_sync" };
    if (aliexpress) return { kind: "first_import" };
  }
  if (!cj) return { kind: "connect", supplier: "cj" };
  if (!aliexpress) return { kind: "connect", supplier: "aliexpress" };
  const last = status.last_sync?.finished_at;
  if (current === null && last && now - new Date(last).getTime() > DAY) return { kind: "sync_again", at: last };
  return null;
}

/** Whether the step is what this account waits for. */
export function tells(step: NextStep, account: AccountStatus | undefined): boolean {
  if (account === undefined) return false;
  return step.kind === "reactivate" ? account.state === "suspended" : "account" in step && step.account === account.account;
}

/** Nothing was ever connected: the first start. */
export function isFirstStart(status: Status): boolean {
  return status.accounts.every((account) => account.state === "not_connected") && status.catalog.products === 0 && status.last_sync === null;
}
