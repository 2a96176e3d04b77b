import { useContext, useEffect } from "react";

import { useBackend } from "@/data/backend";
import type { LiveStore } from "@/data/live";
import { LiveContext } from "@/data/live-context";
import type { Navigation } from "@/data/navigation";
import type { Lead } from "@/ipc/bindings/Lead";

/** Goes where a notification led that the owner clicked. */
export function useLeads(go: Navigation["go"]): void {
  const backend = useBackend();
  const live = useContext(LiveContext);
  useEffect(() => {
    let gone = false;
    let stop: (() => void) | undefined;
    void backend
      .listenLead((lead) => follow(lead, go, live))
      .then((end) => {
        if (gone) end();
        else stop = end;
      });
    return () => {
      gone = true;
      stop?.();
    };
  }, [backend, live, go]);
}

function follow(lead: Lead, go: Navigation["go"], live: LiveStore): void {
  switch (lead.about) {
    case "account":
      go("authentication", { guide: lead.supplier, account: lead.account, renew: true });
      break;
    case "sync":
      live.set({ endedRun: lead.run });
      go("products");
      break;
    case "product":
      go("products", { product: { supplier: lead.supplier, id: lead.product_id } });
      break;
    case "alerts":
      go("overview", { alerts: true });
      break;
    case "export":
      // Once its end was looked at, there is nothing left to show.
      go("products", { export: live.read().exported !== null });
      break;
    case "publish":
      go("products", { publish: true });
      break;
  }
}
