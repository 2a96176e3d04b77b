/** What the page says to a benchmark that started the window; see `src/bench`. */
import { invoke, isTauri } from "@tauri-apps/api/core";

/** What is to be played, or null in every owner's window. */
export function asked(): string | null {
  const play = (globalThis as { __SMARTLINKS_BENCH__?: unknown }).__SMARTLINKS_BENCH__;
  return typeof play === "string" && isTauri() ? play : null;
}

/** `ago` in milliseconds. */
export const tell = (name: string, ago: number, facts?: object) => invoke("bench_line", { name, ago, facts: facts ?? null });
