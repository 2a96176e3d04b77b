import { useQuery } from "@tanstack/react-query";

import { SUPPLIER_SHORT } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import { Card, CardHead } from "@/ui/Card";
import { ErrorNote, Loading } from "@/ui/Feedback";

import { ChangeLine } from "./ChangeLine";
import { useDays } from "./use-days";

const SHOWN = 6;

/** What moved at the suppliers since the owner last looked. */
export function Changes() {
  const { t } = useTranslation();
  const backend = useBackend();
  const changes = useQuery({ queryKey: keys.changes, queryFn: () => backend.recentChanges(undefined, SHOWN) });
  return (
    <Card aria-label={t("changes.title")} className="overflow-hidden">
      <CardHead title={t("changes.title")} note={<Since />} />
      {changes.isError ? (
        <ErrorNote className="mx-4.5 mb-4" error={toErrorView(changes.error)} />
      ) : changes.data === undefined ? (
        <Loading rows={4} />
      ) : changes.data.items.length === 0 ? (
        <p className="px-4.5 pb-4 text-muted">{t("changes.none")}</p>
      ) : (
        <ul>
          {changes.data.items.map((change) => (
            <ChangeLine key={`${change.product_id}${change.variant_id ?? ""}${change.what}${change.at}`} change={change} why={SUPPLIER_SHORT[change.supplier]} />
          ))}
        </ul>
      )}
    </Card>
  );
}

const COUNTED = ["dearer", "cheaper", "sold_out", "gone"] as const;

/** Yesterday and today in a line. */
function Since() {
  const { t } = useTranslation();
  const format = useFormat();
  const days = useDays().data?.slice(-2);
  if (!days || days.every((day) => day.products === 0)) return null;
  const parts = COUNTED.flatMap((what) => {
    const count = days.reduce((sum, day) => sum + day[what], 0);
    return count === 0 ? [] : [t(`changes.count.${what}`, { count, n: format.number(count) })];
  });
  return parts.length === 0 ? t("changes.quiet") : t("changes.since", { list: format.list(parts) });
}
