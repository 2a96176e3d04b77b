/** The branches a catalogue can be narrowed to: every category, and every level above it; pure. */
import type { Category } from "@/ipc/bindings/Category";

const SEPARATOR = " / ";

export function branches(categories: readonly Category[]): string[] {
  const paths = new Set<string>();
  for (const { path } of categories) {
    const parts = path.split(SEPARATOR);
    parts.forEach((_, depth) => paths.add(parts.slice(0, depth + 1).join(SEPARATOR)));
  }
  return [...paths].sort((a, b) => a.localeCompare(b));
}

/** The last name of a path, and what stands before it. */
export function leaf(path: string): { name: string; above: string } {
  const parts = path.split(SEPARATOR);
  return { name: parts.at(-1) ?? path, above: parts.slice(0, -1).join(" › ") };
}
