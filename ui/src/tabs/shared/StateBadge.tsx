
import { STATE_TONES } from "@/data/accounts";
import { useTranslation } from "@/i18n";
import type { AccountState } from "@/ipc/bindings/AccountState";
import type { RunState } from "@/ipc/bindings/RunState";
import type { SyncReceipt } from "@/ipc/bindings/SyncReceipt";
import { Badge, type Tone } from "@/ui/Badge";

export function AccountBadge({ state }: { state: AccountState }) {
  const { t } = useTranslation();
  return (
    <Badge tone={STATE_TONES[state]} dot>
      <span className="inline-block first-letter:uppercase">{t(`core:states.${state}`)}</span>
    </Badge>
  );
}

const RUNS: Record<RunState, Tone> = { running: "info", paused: "warn", interrupted: "warn", done: "good", failed: "bad" };

export function RunBadge({ receipt }: { receipt: SyncReceipt }) {
  const { t } = useTranslation();
  if (receipt.state === "done" && receipt.failed > 0) {
    return <Badge tone="warn">{t("sync.to_review", { count: receipt.failed })}</Badge>;
  }
  return <Badge tone={RUNS[receipt.state]}>{t(`sync.run.${receipt.state}`)}</Badge>;
}
