import { createContext, useContext, useEffect } from "react";

import { type Live, type LiveAuthorization, type LiveStore, makeLive, useLiveStore } from "./live";

export const LiveContext = createContext<LiveStore>(makeLive());

export function useLive<T>(pick: (live: Live) => T): T {
  return useLiveStore(useContext(LiveContext), pick);
}

/** Where the authorization of this account is; without one, of whichever is under way. Another shop's is none of its business. */
export function useAuthorization(account: string | undefined): LiveAuthorization | null {
  return useLive(({ authorization }) => {
    const other = account !== undefined && authorization !== null && authorization.account !== null && authorization.account !== account;
    return other ? null : authorization;
  });
}

/** Calls `arrived` when the answer to an authorization comes in, with the account it is for. */
export function useArrival(arrived: (account: string | null) => void): void {
  const store = useContext(LiveContext);
  useEffect(() => {
    let before = store.read().authorization?.phase;
    return store.subscribe(() => {
      const now = store.read().authorization;
      if (now?.phase === "received" && before !== "received") arrived(now.account);
      before = now?.phase;
    });
  }, [store, arrived]);
}

/** While a view is open that shows how this ends, no toast says it a second time. */
export function useWatching(what: "export" | "publish"): void {
  const store = useContext(LiveContext);
  useEffect(() => {
    store.set({ watched: what });
    return () => store.set({ watched: null });
  }, [store, what]);
}

/** Says something as a toast. */
export function useTell(): LiveStore["tell"] {
  return useContext(LiveContext).tell;
}

export function useForget(): LiveStore["forget"] {
  return useContext(LiveContext).forget;
}

export function useLiveSet(): LiveStore["set"] {
  return useContext(LiveContext).set;
}
