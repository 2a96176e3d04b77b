import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { useBackend } from "@/data/backend";
import { practiceQuery, targetsQuery } from "@/data/queries";
import { ordersQuery } from "@/tabs/orders/orders-query";
import { rememberedFilter, toQuery } from "@/tabs/products/filter";
import { rowsQuery } from "@/tabs/products/list/use-rows";

/** When the window is there and at rest, ms after its first picture. */
const AT_REST = 400;

/** Fetches what the other tabs begin with, so that a tab is there when it is pressed: their code, and their first rows. */
export function useAhead(views: readonly { fetch: () => Promise<unknown> }[]) {
  const backend = useBackend();
  const client = useQueryClient();
  useEffect(() => {
    const timer = setTimeout(() => {
      // Who really shows a view asks again, and is told why it cannot be shown.
      const rows = rowsQuery(backend, client, toQuery(rememberedFilter()));
      const orders = ordersQuery(backend, null);
      const targets = targetsQuery(backend);
      // What was fetched ahead is there at once, and asked again when it is looked at: much may have come since.
      const outdated = (queryKey: readonly unknown[]) => client.invalidateQueries({ queryKey, refetchType: "none" });
      const all = [
        ...views.map((view) => view.fetch()),
        client.query(rows).then(() => outdated(rows.queryKey)),
        client.infiniteQuery(orders).then(() => outdated(orders.queryKey)),
        client.query(targets).then(() => outdated(targets.queryKey)),
        client.query(practiceQuery(backend)),
      ];
      for (const one of all) one.catch(() => undefined);
    }, AT_REST);
    return () => clearTimeout(timer);
  }, [backend, client, views]);
}
