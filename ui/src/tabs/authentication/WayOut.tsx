import { ExternalLink, RotateCw } from "lucide-react";

import { useBackend } from "@/data/backend";
import { useTranslation } from "@/i18n";
import type { ErrorView } from "@/ipc/bindings/ErrorView";
import { Button } from "@/ui/Button";

/** What the supplier's own page puts right. */
const AT_THE_SUPPLIER: readonly ErrorView["code"][] = ["wrong_key", "wrong_secret", "suspended", "permission_missing", "supplier_refused"];
/** What passes by itself. */
const AGAIN: readonly ErrorView["code"][] = ["network", "supplier_down", "supplier_answer", "rate_limited", "too_soon", "keychain_unavailable", "disk", "unexpected"];

/** The button under a failed connection: to where the cause is, or once more. What only typing mends has none. */
export function WayOut({ error, page, pageName, onRetry }: { error: ErrorView; page: string; pageName: string; onRetry: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  if (AT_THE_SUPPLIER.includes(error.code)) {
    return (
      <Button size="sm" icon={<ExternalLink aria-hidden />} onClick={() => void backend.openLink(page)}>
        {pageName}
      </Button>
    );
  }
  if (!AGAIN.includes(error.code)) return null;
  return (
    <Button size="sm" icon={<RotateCw aria-hidden />} onClick={onRetry}>
      {t("common.retry")}
    </Button>
  );
}
