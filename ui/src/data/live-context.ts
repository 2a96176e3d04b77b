import { createContext, useContext } from "react";

import { type Live, type LiveStore, makeLive, useLiveStore } from "./live";

export const LiveContext = createContext<LiveStore>(makeLive());

export function useLive<T>(pick: (live: Live) => T): T {
  return useLiveStore(useContext(LiveContext), pick);
}

export function useLiveSet(): LiveStore["set"] {
  return useContext(LiveContext).set;
}
