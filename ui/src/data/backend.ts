import { createContext, useContext } from "react";

import type { Backend } from "@/ipc";

export const BackendContext = createContext<Backend | null>(null);

export function useBackend(): Backend {
  const backend = useContext(BackendContext);
  if (!backend) throw new Error("the window was started without a backend");
  return backend;
}
