/** When something is on the screen: what is in the DOM is not painted yet. Shared with the window that the start is measured beside. */
import { tell } from "@/ipc/bench";

import { began } from "./began";

export const frame = () => new Promise<number>((seen) => requestAnimationFrame(seen));

/** The first frame in which `shown` answers something is painted after its script, and surely was once the next one begins. */
export async function painted<T>(shown: () => T | null | undefined | false, patience = 30_000): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    await frame();
    const found = shown();
    if (found !== null && found !== undefined && found !== false) {
      await frame();
      return found;
    }
    if (performance.now() > end) throw new Error(`waited in vain for ${String(shown)}`);
  }
}

/** Says when the first script ran, and when the page had something on the screen. */
export async function sayPainted() {
  await painted(() => document.getElementById("root")?.firstElementChild);
  const then = performance.now();
  await tell("script", performance.now() - began);
  await tell("painted", performance.now() - then);
}
