/** Prices as the core writes them into changes: one decimal, or `2.10-4.85` where variants differ; pure. */
export interface PriceText {
  low: string;
  high: string;
}

export function readPrice(text: string | null): PriceText | null {
  const found = /^(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?$/.exec(text ?? "");
  const low = found?.[1];
  return low === undefined ? null : { low, high: found?.[2] ?? low };
}

/** A price as typed, with a comma or a point, as the core reads it; null where it is none. */
export function typedPrice(text: string): string | null {
  const tidy = text.trim().replace(",", ".");
  return /^\d{1,9}(\.\d{1,4})?$/.test(tidy) ? tidy : null;
}
