import { useQuery } from "@tanstack/react-query";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";

/** The last days as the desktop counted them; several cards of the overview read them. */
export function useDays() {
  const backend = useBackend();
  return useQuery({ queryKey: keys.days, queryFn: () => backend.overviewCharts() });
}
