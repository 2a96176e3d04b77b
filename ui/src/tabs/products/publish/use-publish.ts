/** The one publish at work. What it tells lives beside the views, so that a closed dialog loses nothing. */
import { useCallback } from "react";

import { useBackend } from "@/data/backend";
import { useLive, useLiveSet, useWatching } from "@/data/live-context";
import type { ExportSelection } from "@/ipc/bindings/ExportSelection";
import { toErrorView } from "@/ipc/error";

export function usePublish() {
  const backend = useBackend();
  const set = useLiveSet();
  useWatching("publish");
  const running = useLive((live) => live.publishing);
  const ended = useLive((live) => live.published);
  const start = useCallback(
    (full: boolean, selection: ExportSelection) => {
      set({ publishing: { done: 0, total: null }, published: null });
      backend.postgresPublish(full, selection).then(
        (published) => set({ publishing: null, published: { published, error: null } }),
        (error: unknown) => set({ publishing: null, published: { published: null, error: toErrorView(error) } }),
      );
    },
    [backend, set],
  );
  const dismiss = useCallback(() => set({ published: null }), [set]);
  return { running, ended, start, dismiss, stop: () => void backend.postgresPublishStop() };
}
