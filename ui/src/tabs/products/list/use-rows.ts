import { useQuery, useQueryClient } from "@tanstack/react-query";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import type { ProductQuery } from "@/ipc/bindings/ProductQuery";

import { Rows } from "./rows";

/** The rows of a query; those of the query before it are shown until they are here. */
export function useRows(query: ProductQuery) {
  const backend = useBackend();
  const client = useQueryClient();
  const queryKey = keys.productsPlaces(query);
  return useQuery({
    queryKey,
    queryFn: async () => {
      const before = client.getQueryData<Rows>(queryKey);
      const places = await backend.productsPlaces(query);
      return new Rows(query, places, (from, limit) => backend.productsAt(query, places.stamp, from, limit), before);
    },
    placeholderData: (before: Rows | undefined) => before,
    structuralSharing: false,
  });
}
