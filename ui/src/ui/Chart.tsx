import "uplot/dist/uPlot.min.css";

import { useEffect, useId, useRef, useState } from "react";
import type uPlot from "uplot";

import { useTranslation } from "@/i18n";
import { cx } from "@/lib/cx";

import { type ChartSeries, chartOptions } from "./chart-options";

export type { ChartSeries } from "./chart-options";

interface Props {
  /** What is shown, for who does not see it. */
  label: string;
  /** The moments, oldest first, in milliseconds. */
  at: readonly number[];
  series: readonly ChartSeries[];
  /** A value in words: money, a number of products. */
  say: (value: number) => string;
  /** A moment in words: a day, or a day and an hour. */
  day: (at: number) => string;
  /** Whether the axis begins at nothing. */
  fromZero?: boolean;
  /** Give it a height. */
  className?: string;
  testId?: string;
}

const toSeconds = (at: readonly number[], series: readonly ChartSeries[]): uPlot.AlignedData => [
  at.map((ms) => ms / 1000),
  ...series.map(({ values }) => [...values]),
];

/**
 * Values over time. Drawn by uPlot, which is only loaded where a chart is shown; in the theme of the window, as wide as its place,
 * with the reading under the pointer. The same numbers are a table for who cannot see a picture.
 */
export function Chart({ label, at, series, say, day, fromZero = false, className, testId }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [point, setPoint] = useState<number | null>(null);
  // What the drawing calls back to: kept apart from it, so that new words need no new drawing.
  const words = useRef({ say, day });
  useEffect(() => {
    words.current = { say, day };
    plot.current?.redraw(false, true);
  }, [say, day]);

  const shape = series.map(({ name, tone, shape: drawn }) => `${name} ${tone ?? ""} ${drawn ?? ""}`).join("\n");
  const given = useRef({ at, series });
  useEffect(() => {
    given.current = { at, series };
    plot.current?.setData(toSeconds(at, series));
  }, [at, series]);

  useEffect(() => {
    const box = place.current;
    if (!box) return;
    let gone = false;
    const resized = new ResizeObserver(() => plot.current?.setSize({ width: box.clientWidth, height: box.clientHeight }));
    const themed = new MutationObserver(() => plot.current?.redraw(false));
    void import("uplot").then(({ default: Plot }) => {
      if (gone) return;
      const look = {
        series: given.current.series,
        fromZero,
        say: (value: number) => words.current.say(value),
        day: (moment: number) => words.current.day(moment),
        onPoint: setPoint,
      };
      plot.current = new Plot(chartOptions(Plot, look, box.clientWidth, box.clientHeight), toSeconds(given.current.at, given.current.series), box);
      resized.observe(box);
      themed.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    });
    return () => {
      gone = true;
      resized.disconnect();
      themed.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
    // `shape` stands for the series: their values come through `setData`.
  }, [shape, fromZero]);

  return (
    <figure aria-label={label} data-testid={testId} className="relative min-w-0">
      <Reading at={at} series={series} index={point} say={say} day={day} />
      <div ref={place} aria-hidden className={cx("min-w-0 overflow-hidden", className)} />
      <Numbers label={label} at={at} series={series} say={say} day={day} />
    </figure>
  );
}

type Shown = Pick<Props, "at" | "series" | "say" | "day">;

/** What the pointer is on, above the chart; the newest values while it is on nothing. */
function Reading({ at, series, index, say, day }: Shown & { index: number | null }) {
  const shown = index ?? at.length - 1;
  const moment = at[shown];
  if (moment === undefined) return null;
  return (
    <p aria-hidden className="flex min-h-5 flex-wrap gap-x-3 text-sm text-muted">
      <span>{day(moment)}</span>
      {series.map(({ name, values }) => {
        const value = values[shown] ?? null;
        return (
          <span key={name}>
            {series.length > 1 && `${name} `}
            <span className="font-medium text-text">{value === null ? "–" : say(value)}</span>
          </span>
        );
      })}
    </p>
  );
}

/** The same numbers as a table: read aloud, never seen. */
function Numbers({ label, at, series, say, day }: Shown & { label: string }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="sr-only">
      <table aria-labelledby={id}>
        <caption id={id}>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t("chart.when")}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {at.map((moment, index) => (
            <tr key={moment}>
              <th scope="row">{day(moment)}</th>
              {series.map(({ name, values }) => {
                const value = values[index] ?? null;
                return <td key={name}>{value === null ? "–" : say(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
