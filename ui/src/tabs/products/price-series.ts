/** What a product has cost over time, read from its changes; pure. */
import type { ChangeRow } from "@/ipc/bindings/ChangeRow";
import { readPrice } from "@/lib/price-text";

export interface PricePoint {
  /** Milliseconds. */
  at: number;
  price: number;
}

/**
 * The lowest price of the product after each change, oldest first, ending now; before the first change the price it had then.
 * Changes of the product itself are taken, or where there are none those of the variant that has most of them. Empty: no change.
 */
export function priceSeries(changes: readonly ChangeRow[], now: number): PricePoint[] {
  const prices = changes.filter((change) => change.what === "price" && readPrice(change.new) !== null);
  const counts = new Map<string | null, number>();
  for (const { variant_id } of prices) counts.set(variant_id, (counts.get(variant_id) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  const about = counts.has(null) ? null : most?.[0];
  const told = prices.filter((change) => change.variant_id === about).sort((a, b) => a.at.localeCompare(b.at));
  const points = told.map((change) => ({ at: new Date(change.at).getTime(), price: Number(readPrice(change.new)?.low) }));
  const [first] = told;
  const [start] = points;
  const last = points.at(-1);
  if (!first || !start || !last) return [];
  const before = readPrice(first.old);
  // The price before the first change was there for some time: shown as long as a third of what came after, a day at least.
  const lead = Math.max(86_400_000, (now - start.at) / 3);
  return [...(before ? [{ at: start.at - lead, price: Number(before.low) }] : []), ...points, { at: now, price: last.price }];
}
