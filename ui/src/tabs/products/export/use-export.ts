/** The one export at work. What it tells lives beside the views, so that a closed dialog loses nothing. */
import { useCallback } from "react";

import { useBackend } from "@/data/backend";
import { useLive, useLiveSet, useWatching } from "@/data/live-context";
import type { ExportRequest } from "@/ipc/bindings/ExportRequest";
import { toErrorView } from "@/ipc/error";

export function useExport() {
  const backend = useBackend();
  const set = useLiveSet();
  useWatching("export");
  const running = useLive((live) => live.exporting);
  const ended = useLive((live) => live.exported);
  const start = useCallback(
    (request: ExportRequest) => {
      set({ exporting: { done: 0, total: null, rows: 0, etaSeconds: null }, exported: null });
      backend.exportStart(request).then(
        (receipt) => set({ exporting: null, exported: { receipt, error: null } }),
        (error: unknown) => set({ exporting: null, exported: { receipt: null, error: toErrorView(error) } }),
      );
    },
    [backend, set],
  );
  const dismiss = useCallback(() => set({ exported: null }), [set]);
  return { running, ended, start, dismiss, stop: () => void backend.exportStop() };
}
