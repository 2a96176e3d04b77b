import { lazy, Suspense, useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "@/i18n/format";
import type { ProductDetail } from "@/ipc/bindings/ProductDetail";
import { useMinutes } from "@/lib/use-now";
import { Skeleton } from "@/ui/Feedback";

import { type Point, priceSeries, stockSeries } from "./history";

// Needed once a product that changed is opened: kept out of what the first paint waits for.
const StepChart = lazy(() => import("@/ui/StepChart").then((module) => ({ default: module.StepChart })));

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
      <Chart title={t("product.history")} points={prices} say={money} line="product.history_line" testId="price-history" />
      <Chart title={t("product.stock_history")} points={stocks} say={format.number} line="product.stock_line" testId="stock-history" />
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

function Chart({ title, points, say, line, testId }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const day = useCallback((at: number) => format.date(new Date(at * 1000).toISOString()), [format]);
  const drawn = useMemo(() => points.map(({ at, value }) => ({ at: at / 1000, value })), [points]);
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 3) return null;
  const values = points.map(({ value }) => value);
  // The first point stands before the first change, whose day is the first one known.
  const from = points[1]?.at ?? first.at;
  const label = t(line, {
    first: say(first.value), from: day(from / 1000), last: say(last.value), to: day(last.at / 1000), low: say(Math.min(...values)), high: say(Math.max(...values)),
  });
  return (
    <section aria-label={title}>
      <h3 className="mb-1.5">{title}</h3>
      <Suspense fallback={<Skeleton className="h-28 rounded-md" />}>
        <StepChart points={drawn} label={label} value={say} day={day} testId={testId} />
      </Suspense>
    </section>
  );
}
