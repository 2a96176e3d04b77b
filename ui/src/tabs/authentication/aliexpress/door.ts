import type { Door } from "@/ipc/bindings/Door";

/** How the answer will be caught for an address still being typed; the core decides once it is saved. Null: not an address yet. */
export function guessDoor(callback: string): Door | null {
  let url: URL;
  try {
    url = new URL(callback.trim());
  } catch {
    return null;
  }
  if (url.protocol === "https:") return "bridge";
  if (url.protocol === "http:") return ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname) ? "loopback" : null;
  return url.protocol.includes(".") ? "deep_link" : null;
}
