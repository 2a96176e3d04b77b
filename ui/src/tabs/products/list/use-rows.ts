import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import type { Backend } from "@/ipc";
import type { ProductQuery } from "@/ipc/bindings/ProductQuery";

import { Rows } from "./rows";

/** How the rows of a query are fetched; what is here of them already is shown until they are. */
export function rowsQuery(backend: Backend, client: QueryClient, query: ProductQuery) {
  const queryKey = keys.productsPlaces(query);
  return queryOptions({
    queryKey,
    queryFn: async () => {
      const before = client.getQueryData<Rows>(queryKey);
      const places = await backend.productsPlaces(query);
      return new Rows(query, places, (from, limit) => backend.productsAt(query, places.stamp, from, limit), before);
    },
    structuralSharing: false,
  });
}

/** The rows of a query; those of the query before it are shown until they are here. */
export function useRows(query: ProductQuery) {
  const backend = useBackend();
  const client = useQueryClient();
  return useQuery({ ...rowsQuery(backend, client, query), placeholderData: (before: Rows | undefined) => before });
}
