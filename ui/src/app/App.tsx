import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { BackendContext } from "@/data/backend";
import { applyEvent, makeLive } from "@/data/live";
import { LiveContext } from "@/data/live-context";
import { keys } from "@/data/keys";
import type { Backend } from "@/ipc";
import type { Preferences } from "@/ipc/bindings/Preferences";
import { Shell } from "@/shell/Shell";

/** The desktop is in the same computer: asking it twice costs little, and asking it again on focus costs nothing worth saving. */
function makeClient(preferences: Preferences) {
  const client = new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { networkMode: "always" },
    },
  });
  client.setQueryData(keys.preferences, preferences);
  return client;
}

export function App({ backend, preferences }: { backend: Backend; preferences: Preferences }) {
  const [client] = useState(() => makeClient(preferences));
  const [live] = useState(makeLive);

  useEffect(() => {
    const ends: (() => void)[] = [];
    let gone = false;
    const keep = (stop: () => void) => {
      if (gone) stop();
      else ends.push(stop);
    };
    const hear = async () => {
      keep(await backend.listen((event) => applyEvent(event, live, client)));
      const told = await backend.authorizationTold();
      // What was heard meanwhile is newer.
      if (gone || told === null || live.read().authorization !== null) return;
      applyEvent(told, live, client);
      live.set({ arrived: true });
    };
    // Without an answer there is nothing to catch up with.
    hear().catch(() => undefined);
    void backend.listenSignIn((signIn) => live.set({ signIn })).then(keep);
    return () => {
      gone = true;
      ends.forEach((stop) => stop());
    };
  }, [backend, client, live]);

  return (
    <BackendContext value={backend}>
      <LiveContext value={live}>
        <QueryClientProvider client={client}>
          <Shell />
        </QueryClientProvider>
      </LiveContext>
    </BackendContext>
  );
}
