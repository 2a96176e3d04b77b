import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Check } from "lucide-react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useNavigation } from "@/data/navigation";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import type { Alert } from "@/ipc/bindings/Alert";
import { useMinutes } from "@/lib/use-now";
import { ChangeWords } from "@/tabs/shared/ChangeWords";
import { Button } from "@/ui/Button";
import { Card, CardHead } from "@/ui/Card";
import { ErrorNote } from "@/ui/Feedback";

const SHOWN = 6;

/** A notification led here. */
function show(card: HTMLElement | null): void {
  card?.scrollIntoView({ block: "center" });
  card?.focus({ preventScroll: true });
}

/** What met the owner's rules and was not looked at yet; nothing where there is nothing. */
export function Alerts() {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const { wish } = useNavigation();
  const alerts = useQuery({ queryKey: keys.alerts, queryFn: () => backend.alerts(undefined, SHOWN) });
  const seen = useMutation({
    mutationFn: (through: number) => backend.alertsSeen(through),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.alerts }),
  });
  if (alerts.isError) return <ErrorNote error={toErrorView(alerts.error)} />;
  const fresh = (alerts.data?.items ?? []).filter((alert) => !alert.seen);
  const newest = fresh[0];
  if (newest === undefined) return null;
  return (
    <Card ref={wish.alerts === true ? show : undefined} tabIndex={-1} aria-label={t("alerts.title")} data-testid="alerts" className="overflow-hidden">
      <CardHead
        title={t("alerts.title")}
        action={
          <Button size="sm" look="quiet" icon={<Check aria-hidden />} busy={seen.isPending} onClick={() => seen.mutate(newest.id)} data-testid="alerts-seen">
            {t("alerts.seen")}
          </Button>
        }
      />
      <ul>
        {fresh.map((alert) => (
          <Line key={alert.id} alert={alert} />
        ))}
      </ul>
    </Card>
  );
}

function Line({ alert }: { alert: Alert }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const format = useFormat();
  const now = useMinutes();
  const { change } = alert;
  return (
    <li className="border-t border-line-soft">
      <button
        type="button"
        onClick={() => go("products", { product: { supplier: change.supplier, id: change.product_id } })}
        className="flex w-full items-center gap-3 px-4.5 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate">{change.title}</span>
          <span className="block text-sm text-muted">
            {t(`alerts.kind.${alert.what}`)} · {format.ago(change.at, now)}
          </span>
        </span>
        <ChangeWords change={change} icons={{ up: <ArrowUp aria-hidden />, down: <ArrowDown aria-hidden /> }} />
      </button>
    </li>
  );
}
