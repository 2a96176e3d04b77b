/** Reading from the desktop: what several views ask for. What one view asks for alone is asked there. */
import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { isConnected } from "@/data/accounts";
import type { Backend } from "@/ipc";
import type { Preferences } from "@/ipc/bindings/Preferences";
import type { Supplier } from "@/ipc/bindings/Supplier";

import { useBackend } from "./backend";
import { keys } from "./keys";

export function useStatus() {
  const backend = useBackend();
  return useQuery({ queryKey: keys.status, queryFn: () => backend.status() });
}

/** The supplier's account that works, or else the first. */
export function useAccount(supplier: Supplier) {
  const accounts = useStatus().data?.accounts.filter((account) => account.supplier === supplier);
  return accounts?.find(isConnected) ?? accounts?.[0];
}

export function usePreferences() {
  const backend = useBackend();
  return useQuery({ queryKey: keys.preferences, queryFn: () => backend.preferences(), staleTime: Infinity });
}

/** One of them: the view is not drawn again when another one changes. `pick` answers something that stays the same with it. */
export function usePreference<T>(pick: (preferences: Preferences) => T): T | undefined {
  const backend = useBackend();
  return useQuery({ queryKey: keys.preferences, queryFn: () => backend.preferences(), staleTime: Infinity, select: pick }).data;
}

async function setPreferences(backend: Backend, client: QueryClient, change: Partial<Preferences>) {
  const before = client.getQueryData<Preferences>(keys.preferences);
  if (!before || Object.entries(change).every(([name, value]) => before[name as keyof Preferences] === value)) return;
  const after = { ...before, ...change };
  client.setQueryData(keys.preferences, after);
  try {
    await backend.setPreferences(after);
  } catch (error) {
    // What was refused is shown as it was before.
    void client.invalidateQueries({ queryKey: keys.preferences });
    throw error;
  }
}

export function useSetPreferences() {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation({ mutationFn: (change: Partial<Preferences>) => setPreferences(backend, client, change) });
}

/** The same for who does not wait for it and says nothing of it, and so is not drawn again when it is done. */
export function usePrefer() {
  const backend = useBackend();
  const client = useQueryClient();
  return useCallback((change: Partial<Preferences>) => void setPreferences(backend, client, change).catch(() => undefined), [backend, client]);
}

export function useAbout() {
  const backend = useBackend();
  return useQuery({ queryKey: keys.about, queryFn: () => backend.about(), staleTime: Infinity });
}

export const practiceQuery = (backend: Backend) =>
  queryOptions({ queryKey: keys.practice, queryFn: () => backend.practiceCredentials(), staleTime: Infinity });

export const usePractice = () => useQuery(practiceQuery(useBackend()));

/** Where the catalogue goes. */
export const targetsQuery = (backend: Backend) => queryOptions({ queryKey: keys.shop, queryFn: () => backend.shopTargets() });

export const useTargets = () => useQuery(targetsQuery(useBackend()));

/** The running, paused or interrupted run; kept up to date by events, asked for only once. */
export function useCurrentSync() {
  const backend = useBackend();
  return useQuery({ queryKey: keys.sync, queryFn: () => backend.syncCurrent() });
}
