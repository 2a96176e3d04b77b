import { useMutation, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";

import { useBackend } from "@/data/backend";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import type { BridgeKind } from "@/ipc/bindings/BridgeKind";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/Copy";
import { ErrorNote } from "@/ui/Feedback";

const TO_COPY: readonly BridgeKind[] = ["edge_function", "nginx"];

/** For an https callback: what to put there, so that the answer comes back to this computer by itself. */
export function BridgeKit() {
  const { t } = useTranslation();
  const backend = useBackend();
  const save = useMutation({ mutationFn: () => backend.saveBridgePage() });
  return (
    <div className="mt-3 grid gap-2" data-testid="bridge-kit">
      <p className="text-muted">{t("ali.bridge_why")}</p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" icon={<Download aria-hidden />} busy={save.isPending} onClick={() => save.mutate()}>
          {t("ali.bridge_save")}
        </Button>
        {TO_COPY.map((kind) => (
          <CopyBridge key={kind} kind={kind} />
        ))}
      </div>
      <p aria-live="polite">{save.isSuccess && t("ali.bridge_saved", { path: save.data })}</p>
      {save.isError && <ErrorNote error={toErrorView(save.error)} />}
    </div>
  );
}

function CopyBridge({ kind }: { kind: BridgeKind }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const text = useQuery({ queryKey: ["bridge", kind], queryFn: () => backend.aliexpressBridge(kind) }).data;
  return <CopyButton text={text ?? ""} label={t(`ali.bridge_copy.${kind === "nginx" ? "nginx" : "edge_function"}`)} disabled={text === undefined} />;
}
