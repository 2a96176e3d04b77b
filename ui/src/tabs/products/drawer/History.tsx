import { useCallback, useMemo } from "react";

import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { ProductDetail } from "@/ipc/bindings/ProductDetail";
import { useMinutes } from "@/lib/use-now";
import { Chart, type ChartSeries } from "@/ui/Chart";

import { type Point, priceSeries, stockSeries } from "./history";

/** Price and stock over time, each only where it ever changed. */
export function History({ detail }: { detail: ProductDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinutes();
  const currency = detail.changes.find((change) => change.what === "price")?.currency ?? detail.currency;
  const money = useCallback((value: number) => format.money(value.toFixed(2), currency) ?? "–", [format, currency]);
  const prices = useMemo(() => priceSeries(detail.changes, now), [detail.changes, now]);
  const stocks = useMemo(() => stockSeries(detail.changes, now), [detail.changes, now]);
  return (
    <>
      <OverTime title={t("product.history")} points={prices} say={money} line="product.history_line" testId="price-history" />
      <OverTime title={t("product.stock_history")} points={stocks} say={format.number} line="product.stock_line" testId="stock-history" />
    </>
  );
}

interface Props {
  title: string;
  points: Point[];
  say: (value: number) => string;
  line: "product.history_line" | "product.stock_line";
  testId: string;
}

function OverTime({ title, points, say, line, testId }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const day = useCallback((at: number) => format.date(new Date(at).toISOString()), [format]);
  const at = useMemo(() => points.map((point) => point.at), [points]);
  const series = useMemo((): ChartSeries[] => [{ name: title, values: points.map(({ value }) => value), shape: "steps" }], [points, title]);
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 3) return null;
  const values = points.map(({ value }) => value);
  // The first point stands before the first change, whose day is the first one known.
  const from = points[1]?.at ?? first.at;
  const label = t(line, {
    first: say(first.value), from: day(from), last: say(last.value), to: day(last.at), low: say(Math.min(...values)), high: say(Math.max(...values)),
  });
  return (
    <section aria-label={title}>
      <h3 className="mb-1.5">{title}</h3>
      <Chart label={label} at={at} series={series} say={say} day={day} className="h-28" testId={testId} />
    </section>
  );
}
