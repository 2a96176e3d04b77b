
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { AliexpressApp } from "@/ipc/bindings/AliexpressApp";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { CopyField } from "@/ui/Copy";
import { Step } from "@/ui/Stepper";

import { BridgeKit } from "./BridgeKit";

/** Steps 2 and 3 once they are done: what is kept, and a way back. */
export function AppSummary({ app, onEdit }: { app: AliexpressApp; onEdit: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Step
        number={2}
        state="done"
        title={t("ali.pair")}
        note={app.checked_at === null ? t("ali.pair_unchecked") : t("ali.pair_checked", { ago: format.ago(app.checked_at) })}
      >
        <div className="mt-2 flex min-h-9 items-center gap-2 rounded-md border border-line-soft bg-sunken pr-1.5 pl-2.75">
          <span className="min-w-0 flex-1 truncate font-mono text-sm">{app.app_key}</span>
          <Badge tone="good">{t("ali.app_key")}</Badge>
          <Badge tone={app.secret_stored ? "good" : "warn"}>{app.secret_stored ? t("ali.secret_stored") : t("ali.secret_missing")}</Badge>
          <Button size="sm" look="quiet" data-testid="ali-edit" onClick={onEdit}>
            {t("common.edit")}
          </Button>
        </div>
      </Step>
      <Step number={3} state="done" title={t("ali.callback")} note={t(`core:guide.aliexpress.door_${app.door}`)}>
        <div className="mt-2">
          <CopyField text={app.callback_url} />
        </div>
        {app.door === "bridge" && <BridgeKit />}
      </Step>
    </>
  );
}
