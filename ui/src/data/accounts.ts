/** How an account's state is shown, decided once. */
import type { AccountState } from "@/ipc/bindings/AccountState";
import type { AccountStatus } from "@/ipc/bindings/AccountStatus";
import type { Supplier } from "@/ipc/bindings/Supplier";
import type { Tone } from "@/ui/Badge";

export const SUPPLIERS: readonly Supplier[] = ["aliexpress", "cj"];

/** Names of companies: the same in every language. */
export const SUPPLIER_NAMES: Record<Supplier, string> = { aliexpress: "AliExpress", cj: "CJ Dropshipping" };
export const SUPPLIER_SHORT: Record<Supplier, string> = { aliexpress: "AliExpress", cj: "CJ" };

export const STATE_TONES: Record<AccountState, Tone> = {
  not_connected: "neutral",
  connected: "good",
  connected_expiring: "warn",
  reconnect_needed: "bad",
  suspended: "bad",
  keychain_unavailable: "warn",
};

export const isConnected = (account: AccountStatus | undefined): boolean =>
  account?.state === "connected" || account?.state === "connected_expiring";

/** Whole days until the owner has to do something: consent ends with the refresh token, or else with the access token. */
export function daysLeft(account: AccountStatus, now = Date.now()): number | null {
  const ends = account.refresh_expires_at ?? account.access_expires_at;
  if (!isConnected(account) || ends === null) return null;
  return Math.max(0, Math.floor((new Date(ends).getTime() - now) / 86_400_000));
}
