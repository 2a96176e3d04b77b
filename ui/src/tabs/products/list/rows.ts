/**
 * The rows of one list, by position, fetched as they come into sight.
 *
 * A chunk is asked for once it is near; what a fast hand only flew over is not asked for at all, because the newest wish goes
 * first and no more than two questions are open. Chunks far away are let go. Not for React Query: it would remember each chunk
 * under a key of its own and draw the whole list anew for each.
 */
import type { Places } from "@/ipc/bindings/Places";
import type { ProductQuery } from "@/ipc/bindings/ProductQuery";
import type { ProductRow } from "@/ipc/bindings/ProductRow";

export const CHUNK = 100;
/** Chunks kept: 6,000 rows, both ways from where the owner is. */
const KEPT = 60;
const OPEN = 2;

type Load = (from: number, limit: number) => Promise<ProductRow[]>;

interface Chunk {
  rows: ProductRow[];
  /** Of this order, not of the one before it. */
  fresh: boolean;
}

export class Rows {
  readonly query: ProductQuery;
  readonly count: number;
  readonly #load: Load;
  readonly #chunks = new Map<number, Chunk>();
  readonly #open = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #wish = { from: 0, to: 0 };
  #version = 0;
  /** Why the last question failed; asked again with the next wish. */
  #error: unknown = null;

  /** `before`: the same list as it was, shown until the new rows are here. */
  constructor(query: ProductQuery, { count, items }: Places, load: Load, before?: Rows) {
    this.query = query;
    this.count = count;
    this.#load = load;
    if (before) for (const [number, { rows }] of before.#chunks) this.#chunks.set(number, { rows, fresh: false });
    this.#chunks.set(0, { rows: items.slice(0, CHUNK), fresh: true });
  }

  at(index: number): ProductRow | undefined {
    return this.#chunks.get(Math.floor(index / CHUNK))?.rows[index % CHUNK];
  }

  /** Rows `first` to `end` are seen: they are fetched first, then those that come next. */
  want(first: number, end: number): void {
    this.#wish = { from: Math.floor(first / CHUNK), to: Math.floor(Math.max(first, end - 1) / CHUNK) };
    this.#next();
  }

  /** Rows of a range, from here or asked for; for choosing many at once. */
  async range(from: number, end: number): Promise<ProductRow[]> {
    const all: ProductRow[] = [];
    for (let at = from; at < end; at += 5 * CHUNK) all.push(...(await this.#load(at, Math.min(5 * CHUNK, end - at))));
    return all;
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  readonly version = () => this.#version;
  get error(): unknown {
    return this.#error;
  }

  #missing(): number | null {
    const { from, to } = this.#wish;
    const last = Math.ceil(this.count / CHUNK) - 1;
    const order = [...Array.from({ length: to - from + 1 }, (_, step) => from + step), to + 1, from - 1];
    return order.find((chunk) => chunk >= 0 && chunk <= last && !this.#chunks.get(chunk)?.fresh && !this.#open.has(chunk)) ?? null;
  }

  #next(): void {
    while (this.#open.size < OPEN) {
      const chunk = this.#missing();
      if (chunk === null) return;
      this.#open.add(chunk);
      this.#load(chunk * CHUNK, CHUNK).then(
        (rows) => this.#arrived(chunk, rows),
        (error: unknown) => this.#failed(chunk, error),
      );
    }
  }

  #arrived(chunk: number, rows: ProductRow[]): void {
    this.#open.delete(chunk);
    this.#error = null;
    this.#chunks.set(chunk, { rows, fresh: true });
    if (this.#chunks.size > KEPT) {
      const far = [...this.#chunks.keys()].sort((a, b) => Math.abs(b - this.#wish.from) - Math.abs(a - this.#wish.from))[0];
      if (far !== undefined) this.#chunks.delete(far);
    }
    this.#tell();
    this.#next();
  }

  #failed(chunk: number, error: unknown): void {
    this.#open.delete(chunk);
    this.#error = error;
    this.#tell();
  }

  #tell(): void {
    this.#version += 1;
    this.#listeners.forEach((listener) => listener());
  }
}
