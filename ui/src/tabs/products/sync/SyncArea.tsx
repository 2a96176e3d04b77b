import { memo } from "react";

import { useCurrentSync } from "@/data/queries";

import { SyncPlanner } from "./SyncPlanner";
import { SyncProgress } from "./SyncProgress";
import { SyncReceiptCard } from "./SyncReceiptCard";

/** Between the head and the list: what a sync would cost, how it goes, what it came to. */
export const SyncArea = memo(function SyncArea({ planOpen, onPlanClose }: { planOpen: boolean; onPlanClose: () => void }) {
  const current = useCurrentSync().data ?? null;
  const running = current !== null && current.state !== "interrupted";
  return (
    <>
      {current && <SyncProgress receipt={current} />}
      {!running && planOpen && <SyncPlanner onClose={onPlanClose} />}
      <SyncReceiptCard />
    </>
  );
});
