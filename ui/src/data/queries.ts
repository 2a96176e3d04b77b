/** Reading from the desktop: what several views ask for. What one view asks for alone is asked there. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { isConnected } from "@/data/accounts";
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

export function useSetPreferences() {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: Partial<Preferences>) => {
      const before = client.getQueryData<Preferences>(keys.preferences);
      if (!before) return;
      const after = { ...before, ...change };
      client.setQueryData(keys.preferences, after);
      await backend.setPreferences(after);
    },
    // What was refused is shown as it was before.
    onError: () => client.invalidateQueries({ queryKey: keys.preferences }),
  });
}

export function useAbout() {
  const backend = useBackend();
  return useQuery({ queryKey: keys.about, queryFn: () => backend.about(), staleTime: Infinity });
}

export function usePractice() {
  const backend = useBackend();
  return useQuery({ queryKey: keys.practice, queryFn: () => backend.practiceCredentials(), staleTime: Infinity });
}

/** The running, paused or interrupted run; kept up to date by events, asked for only once. */
export function useCurrentSync() {
  const backend = useBackend();
  return useQuery({ queryKey: keys.sync, queryFn: () => backend.syncCurrent() });
}
