/** What a product has cost and how much of it there was over time, read from its changes; pure. */
import type { ChangeKind } from "@/ipc/bindings/ChangeKind";
import type { ChangeRow } from "@/ipc/bindings/ChangeRow";
import { readPrice } from "@/lib/price-text";

export interface Point {
  /** Milliseconds. */
  at: number;
  value: number;
}

type Read = (text: string | null) => number | null;

const lowest: Read = (text) => {
  const price = readPrice(text);
  return price === null ? null : Number(price.low);
};
const pieces: Read = (text) => (text !== null && /^\d+$/.test(text) ? Number(text) : null);

/**
 * The value after each change, oldest first, ending now; before the first change the value it had then.
 * Changes of the product itself are taken, or where there are none those of the variant that has most of them. Empty: no change.
 */
function series(changes: readonly ChangeRow[], what: ChangeKind, read: Read, now: number): Point[] {
  const about = changes.filter((change) => change.what === what && read(change.new) !== null);
  const counts = new Map<string | null, number>();
  for (const { variant_id } of about) counts.set(variant_id, (counts.get(variant_id) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  const whose = counts.has(null) ? null : most?.[0];
  const told = about.filter((change) => change.variant_id === whose).sort((a, b) => a.at.localeCompare(b.at));
  const points = told.map((change) => ({ at: new Date(change.at).getTime(), value: read(change.new) ?? 0 }));
  const [first] = told;
  const [start] = points;
  const last = points.at(-1);
  if (!first || !start || !last) return [];
  const before = read(first.old);
  // The value before the first change was there for some time: shown as long as a third of what came after, a day at least.
  const lead = Math.max(86_400_000, (now - start.at) / 3);
  return [...(before === null ? [] : [{ at: start.at - lead, value: before }]), ...points, { at: now, value: last.value }];
}

/** The lowest price. */
export const priceSeries = (changes: readonly ChangeRow[], now: number) => series(changes, "price", lowest, now);
/** Pieces that can be sold. */
export const stockSeries = (changes: readonly ChangeRow[], now: number) => series(changes, "stock", pieces, now);
