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

export interface AccountPlace {
  supplier: Supplier;
  account: AccountStatus | undefined;
  /** How many accounts of this supplier are shown. */
  of: number;
}

/** The one account to speak of where there is room for one: what needs its owner first, then what works. */
export function foremost(accounts: readonly AccountStatus[], supplier: Supplier): AccountStatus | undefined {
  const all = accounts.filter((account) => account.supplier === supplier);
  const troubled = all.find((account) => account.state === "reconnect_needed" || account.state === "suspended");
  return troubled ?? all.find(isConnected) ?? all[0];
}

/** The cards to show: one an account, and one for a supplier that has none; of several, those that never connected are left out. */
export function cardsOf(accounts: readonly AccountStatus[]): AccountPlace[] {
  return SUPPLIERS.flatMap((supplier): AccountPlace[] => {
    const all = accounts.filter((account) => account.supplier === supplier);
    // One that was let go has its data here still, and a way back.
    const known = all.filter((account) => account.state !== "not_connected" || account.last_success_at !== null);
    const shown = known.length > 0 ? known : all.slice(0, 1);
    return shown.length === 0 ? [{ supplier, account: undefined, of: 0 }] : shown.map((account) => ({ supplier, account, of: shown.length }));
  });
}

/** The supplier, and which of its accounts where there are several. */
export const accountTitle = (account: AccountStatus, several: boolean): string => (several ? `${SUPPLIER_SHORT[account.supplier]} · ${account.name}` : SUPPLIER_NAMES[account.supplier]);

/** Where CJ gives out keys and turns its API back on. */
export const CJ_API_PAGE = "https://www.cjdropshipping.com/my.html#/authorize/API";

/** How far ahead a consent that ends is announced, as the core does. */
const NOTICE = 7 * 86_400_000;

/**
 * When the owner's consent ends, if that is what the account asks attention for. AliExpress only: CJ's key buys a new access at
 * any time. Without a renewal ahead the access itself is all there is.
 */
export function consentEnds(account: AccountStatus, now = Date.now()): string | null {
  if (account.supplier !== "aliexpress") return null;
  const ends = account.renews_at === null ? (account.access_expires_at ?? account.refresh_expires_at) : account.refresh_expires_at;
  if (account.state !== "connected_expiring" || ends === null) return null;
  return new Date(ends).getTime() - now <= NOTICE ? ends : null;
}

/** What an account asks its owner to do, if anything. */
export type Attention =
  | { kind: "consent_ends"; at: string }
  | { kind: "consent_over"; at: string | null }
  | { kind: "key_refused" }
  | { kind: "suspended" };

export function attentionOf(account: AccountStatus, now = Date.now()): Attention | null {
  const ends = consentEnds(account, now);
  if (ends !== null) return { kind: "consent_ends", at: ends };
  if (account.state === "suspended") return { kind: "suspended" };
  if (account.state !== "reconnect_needed") return null;
  if (account.supplier === "cj") return { kind: "key_refused" };
  // The day is only said where it is past: a consent may also be taken back before its time.
  const over = account.refresh_expires_at ?? account.access_expires_at;
  return { kind: "consent_over", at: over !== null && new Date(over).getTime() <= now ? over : null };
}

/** Whole days until the owner has to do something: consent ends with the refresh token, or else with the access token. */
export function daysLeft(account: AccountStatus, now = Date.now()): number | null {
  const ends = account.refresh_expires_at ?? account.access_expires_at;
  if (!isConnected(account) || ends === null) return null;
  return Math.max(0, Math.floor((new Date(ends).getTime() - now) / 86_400_000));
}
