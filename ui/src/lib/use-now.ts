import { useSyncExternalStore } from "react";

/** One clock for every countdown: ticks only while something listens, so that an idle window costs nothing. */
function makeClock(period: number) {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let now = Date.now();
  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      timer ??= setInterval(() => {
        now = Date.now();
        listeners.forEach((tell) => tell());
      }, period);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      };
    },
    read: () => {
      // While nothing listens it stands still. Set once a period and not by each who comes: whoever reads it would be drawn again.
      if (timer === undefined && Math.abs(Date.now() - now) >= period) now = Date.now();
      return now;
    },
  };
}

const seconds = makeClock(1000);
const minutes = makeClock(60_000);

/** Now, a second exact: for countdowns. */
export const useSeconds = () => useSyncExternalStore(seconds.subscribe, seconds.read);
/** Now, a minute exact: for "three minutes ago". */
export const useMinutes = () => useSyncExternalStore(minutes.subscribe, minutes.read);
