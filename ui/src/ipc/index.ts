/** Chooses who answers: the desktop inside Tauri, otherwise the in-memory fake, which the window an owner gets is built without. */
import { isTauri } from "@tauri-apps/api/core";

import type { Backend } from "./backend";

export type { Backend } from "./backend";

export async function loadBackend(): Promise<Backend> {
  if (isTauri()) return (await import("./tauri")).tauri;
  if (import.meta.env.MODE === "production") throw new Error("this window opens in SmartLinks only");
  const { createFake, optionsFromUrl } = await import("./fake");
  return createFake(optionsFromUrl(window.location.search));
}
