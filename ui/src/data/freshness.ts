/** Until when the figures of a list were true, and what keeps them from being newer; pure, so that every case is a line of a test. */
import type { AccountStatus } from "@/ipc/bindings/AccountStatus";
import type { Status } from "@/ipc/bindings/Status";
import type { Supplier } from "@/ipc/bindings/Supplier";

export type Freshness =
  | { kind: "lost"; supplier: Supplier; account: string }
  | { kind: "suspended" }
  | { kind: "offline"; at: string }
  | { kind: "down"; supplier: Supplier; at: string }
  | { kind: "old"; at: string }
  | { kind: "fine"; at: string };

/** A price this old is not sold by without a look. */
const OLD = 3 * 86_400_000;

/** `at` is when what is shown was last asked for; null when it never was. */
export function freshness(status: Status, at: string | null, now: number): Freshness | null {
  if (at === null) return null;
  const { accounts } = status;
  const lost = accounts.find(({ state }) => state === "reconnect_needed");
  if (lost) return { kind: "lost", supplier: lost.supplier, account: lost.account };
  if (accounts.some(({ state }) => state === "suspended")) return { kind: "suspended" };
  const failing = (codes: readonly string[]) => accounts.find(({ last_error }: AccountStatus) => last_error !== null && codes.includes(last_error.code));
  if (failing(["network"])) return { kind: "offline", at };
  const down = failing(["supplier_down", "supplier_answer"]);
  if (down) return { kind: "down", supplier: down.supplier, at: down.last_success_at ?? at };
  return { kind: now - new Date(at).getTime() > OLD ? "old" : "fine", at };
}
