/** Chooses who answers: the desktop inside Tauri, otherwise the in-memory fake, which is loaded only then. */
import { isTauri } from "@tauri-apps/api/core";

import type { Backend } from "./backend";

export type { Backend } from "./backend";

export async function loadBackend(): Promise<Backend> {
  if (isTauri()) return (await import("./tauri")).tauri;
  const { createFake, optionsFromUrl } = await import("./fake");
  return createFake(optionsFromUrl(window.location.search));
}
