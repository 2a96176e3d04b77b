/**
 * The rows of one list, by position, fetched as they come into sight.
 *
 * A chunk is asked for once it is seen or near; what a fast hand only flew over is not asked for at all, because the newest wish goes
 * first and no more than two questions are open. Chunks far away are let go. Not for React Query: it would remember each chunk
 * under a key of its own and draw the whole list anew for each.
 */
import { replaceEqualDeep } from "@tanstack/react-query";

import type { Places } from "@/ipc/bindings/Places";
import type { ProductQuery } from "@/ipc/bindings/ProductQuery";
import type { ProductRow } from "@/ipc/bindings/ProductRow";

export const CHUNK = 100;
/** Chunks kept: 6,000 rows, both ways from where the owner is. */
const KEPT = 60;
const OPEN = 2;

const chunkOf = (index: number) => Math.floor(index / CHUNK);

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
  #wish = { first: 0, last: 0 };
  #version = 0;
  /** Why the last question failed; asked again with the next wish. */
  #error: unknown = null;

  /** `before`: the same list as it was, shown until the new rows are here. */
  constructor(query: ProductQuery, { count, items }: Places, load: Load, before?: Rows) {
    this.query = query;
    this.count = count;
    this.#load = load;
    if (before) for (const [number, { rows }] of before.#chunks) this.#chunks.set(number, { rows, fresh: false });
    this.#keep(0, items.slice(0, CHUNK));
  }

  at(index: number): ProductRow | undefined {
    return this.#chunks.get(chunkOf(index))?.rows[index % CHUNK];
  }

  /** Rows `first` to `end` are seen: they are fetched first, then what is nearer than half a chunk. */
  want(first: number, end: number): void {
    this.#wish = { first, last: Math.max(first, end - 1) };
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
    const { first, last } = this.#wish;
    const [from, to] = [chunkOf(first), chunkOf(last)];
    const order = [...Array.from({ length: to - from + 1 }, (_, step) => from + step), chunkOf(last + CHUNK / 2), chunkOf(first - CHUNK / 2)];
    return order.find((chunk) => chunk >= 0 && chunk <= chunkOf(this.count - 1) && !this.#chunks.get(chunk)?.fresh && !this.#open.has(chunk)) ?? null;
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
    this.#keep(chunk, rows);
    if (this.#chunks.size > KEPT) {
      const at = chunkOf(this.#wish.first);
      const far = [...this.#chunks.keys()].sort((a, b) => Math.abs(b - at) - Math.abs(a - at))[0];
      if (far !== undefined) this.#chunks.delete(far);
    }
    this.#tell();
    this.#next();
  }

  /** A row that says the same stays the same object, and is not drawn again. */
  #keep(chunk: number, rows: ProductRow[]): void {
    this.#chunks.set(chunk, { rows: replaceEqualDeep(this.#chunks.get(chunk)?.rows, rows), fresh: true });
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
