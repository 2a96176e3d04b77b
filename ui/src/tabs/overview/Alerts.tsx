import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useNavigation } from "@/data/navigation";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import { leadTo } from "@/lib/into-view";
import { Button } from "@/ui/Button";
import { Card, CardHead } from "@/ui/Card";
import { ErrorNote } from "@/ui/Feedback";

import { ChangeLine } from "./ChangeLine";

const SHOWN = 6;

/** A notification led here. */
function show(card: HTMLElement | null): void {
  if (card) leadTo(() => (card.isConnected ? card : null), { button: true });
}

/** What met the owner's rules and was not looked at yet; nothing where there is nothing. */
export function Alerts() {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const { wish } = useNavigation();
  const [shown, setShown] = useState(SHOWN);
  const alerts = useQuery({ queryKey: [...keys.alerts, shown], queryFn: () => backend.alerts(undefined, shown), placeholderData: keepPreviousData });
  const seen = useMutation({
    mutationFn: (through: number) => backend.alertsSeen(through),
    onSettled: () => {
      setShown(SHOWN);
      return client.invalidateQueries({ queryKey: keys.alerts });
    },
  });
  if (alerts.isError) return <ErrorNote error={toErrorView(alerts.error)} />;
  const items = alerts.data?.items ?? [];
  const fresh = items.filter((alert) => !alert.seen);
  const newest = fresh[0];
  if (newest === undefined) return null;
  // The newest come first: where the last one shown is new, so may be those after it.
  const more = alerts.data?.next != null && items.at(-1)?.seen === false;
  return (
    <Card ref={wish.alerts === true ? show : undefined} tabIndex={-1} aria-label={t("alerts.title")} data-testid="alerts" className="overflow-hidden">
      <CardHead
        title={t("alerts.title")}
        action={
          <Button size="sm" look="quiet" icon={<Check aria-hidden />} busy={seen.isPending} onClick={() => seen.mutate(newest.id)} data-testid="alerts-seen">
            {t(more ? "alerts.all_seen" : "alerts.seen")}
          </Button>
        }
      />
      <ul>
        {fresh.map((alert) => (
          <ChangeLine key={alert.id} change={alert.change} why={t(`alerts.kind.${alert.what}`)} />
        ))}
      </ul>
      {more && (
        <div className="border-t border-line-soft px-2.5 py-1.5">
          <Button size="sm" look="quiet" busy={alerts.isPlaceholderData} onClick={() => setShown(shown + 3 * SHOWN)} data-testid="alerts-more">
            {t("alerts.more")}
          </Button>
        </div>
      )}
    </Card>
  );
}
