import { useCallback, useMemo, useState } from "react";

import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import type { Day } from "@/ipc/bindings/Day";
import { Card } from "@/ui/Card";
import { Chart, type ChartSeries } from "@/ui/Chart";
import { ErrorNote, Skeleton } from "@/ui/Feedback";
import { Tabs } from "@/ui/Tabs";

import { useDays } from "./use-days";

const VIEWS = ["growth", "prices", "points"] as const;
type View = (typeof VIEWS)[number];

/** How the catalogue grew, how prices moved, what syncs cost: one at a time, in one place. */
export function Charts() {
  const { t } = useTranslation();
  const days = useDays();
  const [view, setView] = useState<View>("growth");
  const alive = days.data?.some((day) => day.products > 0 || day.points > 0) === true;
  return (
    <Card aria-label={t("charts.title")} className="overflow-hidden">
      <Tabs label={t("charts.title")} value={view} onChange={setView} tabs={VIEWS.map((value) => ({ value, text: t(`charts.views.${value}`) }))}>
        <div className="px-4.5 pt-2 pb-3">
          {days.isError ? (
            <ErrorNote error={toErrorView(days.error)} />
          ) : days.data === undefined ? (
            <Skeleton className="h-46 rounded-md" />
          ) : alive ? (
            <Drawn key={view} view={view} days={days.data} />
          ) : (
            <p className="py-4 text-muted">{t("charts.none")}</p>
          )}
        </div>
      </Tabs>
    </Card>
  );
}

function Drawn({ view, days }: { view: View; days: readonly Day[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const at = useMemo(() => days.map((day) => new Date(day.at).getTime()), [days]);
  const series = useMemo((): ChartSeries[] => {
    if (view === "growth") return [{ name: t("charts.products"), values: days.map((day) => day.products) }];
    if (view === "points") return [{ name: t("charts.spent"), shape: "bars", tone: "info", values: days.map((day) => day.points) }];
    return [
      { name: t("charts.dearer"), shape: "bars", tone: "bad", values: days.map((day) => day.dearer) },
      // Below the line, so that a day's two numbers stand apart.
      { name: t("charts.cheaper"), shape: "bars", tone: "good", values: days.map((day) => -day.cheaper) },
    ];
  }, [days, view, t]);
  const day = useCallback((moment: number) => format.date(new Date(moment).toISOString()), [format]);
  const say = useCallback((value: number) => (Number.isInteger(value) ? format.number(Math.abs(value)) : ""), [format]);
  return <Chart label={t(`charts.${view}`)} at={at} series={series} say={say} day={day} fromZero={view !== "growth"} className="h-41" testId={`chart-${view}`} />;
}
