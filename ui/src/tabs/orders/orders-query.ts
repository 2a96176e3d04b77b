import { infiniteQueryOptions } from "@tanstack/react-query";

import { keys } from "@/data/keys";
import type { Backend } from "@/ipc";
import type { OrderQuery } from "@/ipc/bindings/OrderQuery";
import type { OrderState } from "@/ipc/bindings/OrderState";

const PAGE = 100;

/** The orders of a state, or all of them, page by page. */
export function ordersQuery(backend: Backend, state: OrderState | null) {
  const query: OrderQuery = { limit: PAGE, ...(state ? { state } : {}) };
  return infiniteQueryOptions({
    queryKey: keys.ordersPage(query),
    queryFn: ({ pageParam }) => backend.ordersPage({ ...query, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}
