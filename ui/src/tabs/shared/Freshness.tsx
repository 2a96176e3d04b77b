import type { ReactNode } from "react";

import { SUPPLIER_SHORT } from "@/data/accounts";
import { freshness } from "@/data/freshness";
import { useNavigation } from "@/data/navigation";
import { useStatus } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { useMinutes } from "@/lib/use-now";

/** A line under the title of a list: when it was true, and what to do where that is not enough. */
export function useFreshness(of: "products" | "orders", at: string | null): ReactNode {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const format = useFormat();
  const now = useMinutes();
  const status = useStatus().data;
  const found = status ? freshness(status, at, now) : null;
  if (found === null) return undefined;
  if (found.kind === "fine") return t(`freshness.${of}`, { ago: format.ago(found.at, now) });
  const values = { ago: "at" in found ? format.ago(found.at, now) : "", supplier: "supplier" in found ? SUPPLIER_SHORT[found.supplier] : "" };
  const lost = found.kind === "lost" ? found : null;
  return (
    <span role="status" data-testid="freshness" className="text-warn">
      {t(`freshness.${found.kind}`, values)}
      {lost && (
        <button type="button" className="ml-2 rounded-sm font-medium text-accent-text underline underline-offset-2" onClick={() => go("authentication", { guide: lost.supplier, renew: true, account: lost.account })}>
          {t("account.reconnect")}
        </button>
      )}
    </span>
  );
}
