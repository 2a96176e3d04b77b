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
    let end: (() => void) | undefined;
    let gone = false;
    void backend.listen((event) => applyEvent(event, live, client)).then((stop) => {
      if (gone) stop();
      else end = stop;
    });
    return () => {
      gone = true;
      end?.();
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
