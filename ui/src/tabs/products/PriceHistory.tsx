import { useTranslation } from "react-i18next";

import { useFormat } from "@/i18n/format";
import type { ProductDetail } from "@/ipc/bindings/ProductDetail";
import { useMinutes } from "@/lib/use-now";

import { priceSeries } from "./price-series";

const WIDTH = 440;
const HEIGHT = 64;
const EDGE = 6;

/** The price over time as a line of steps: a price holds until it changes. Nothing while it never changed. */
export function PriceHistory({ detail }: { detail: ProductDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinutes();
  const points = priceSeries(detail.changes, now);
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 3) return null;
  const prices = points.map((point) => point.price);
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  const x = (at: number) => EDGE + ((at - first.at) / (last.at - first.at)) * (WIDTH - 2 * EDGE);
  const y = (price: number) => (high === low ? HEIGHT / 2 : EDGE + ((high - price) / (high - low)) * (HEIGHT - 2 * EDGE));
  const line = points.map((point, index) => (index === 0 ? `M${x(point.at)} ${y(point.price)}` : `H${x(point.at)}V${y(point.price)}`)).join("");
  const currency = detail.changes.find((change) => change.what === "price")?.currency ?? detail.currency;
  const say = (price: number) => format.money(String(price), currency) ?? "–";
  const day = (at: number) => format.date(new Date(at).toISOString());
  // The first point stands before the first change, whose day is the first one known.
  const from = points[1]?.at ?? first.at;
  return (
    <section aria-label={t("product.history")}>
      <h3 className="mb-1.5">{t("product.history")}</h3>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3">
        <svg
          role="img"
          data-testid="price-history"
          aria-label={t("product.history_line", { first: say(first.price), from: day(from), last: say(last.price), to: day(now), low: say(low), high: say(high) })}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          className="block w-full rounded-md bg-sunken"
        >
          <path d={`${line}V${HEIGHT}H${x(first.at)}Z`} className="fill-accent-soft" />
          <path d={line} className="fill-none stroke-accent" strokeWidth="1.75" strokeLinejoin="round" />
          <circle cx={x(last.at)} cy={y(last.price)} r="3" className="fill-accent" />
        </svg>
        <div aria-hidden className="flex flex-col justify-between text-right text-xs text-muted">
          <span>{say(high)}</span>
          {high !== low && <span>{say(low)}</span>}
        </div>
        <div aria-hidden className="flex justify-between text-xs text-muted">
          <span>{day(from)}</span>
          <span>{day(now)}</span>
        </div>
      </div>
    </section>
  );
}
