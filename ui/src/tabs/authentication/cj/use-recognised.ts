import { useEffect, useState } from "react";

import { useBackend } from "@/data/backend";
import type { Recognised } from "@/ipc/bindings/Recognised";

/** What the pasted text is, asked again while typing. The text is kept nowhere else: it may be a secret. */
export function useRecognised(pasted: string, clientId: string): Recognised | null {
  const backend = useBackend();
  const [found, setFound] = useState<{ of: string; what: Recognised } | null>(null);
  const text = pasted.trim();
  const id = clientId.trim();
  useEffect(() => {
    if (text === "") return;
    let late = false;
    const timer = setTimeout(() => {
      void backend.cjRecognise(text, id || undefined).then((what) => {
        if (!late) setFound({ of: text, what });
      }).catch(() => {
        // Not being able to say what it is only hides a hint; connecting gives the real answer.
        if (!late) setFound(null);
      });
    }, 60);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [backend, text, id]);
  return text === "" ? null : (found?.what ?? null);
}
