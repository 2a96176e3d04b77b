import "uplot/dist/uPlot.min.css";

import { useEffect, useRef } from "react";
import uPlot from "uplot";

/** A value that holds until it changes. `at` in seconds since 1970, as uPlot counts. */
export interface StepPoint {
  at: number;
  value: number;
}

interface Props {
  points: readonly StepPoint[];
  /** All that the picture shows, in words: it is a picture to everyone who does not see it. */
  label: string;
  /** A value and a day as they stand on the axes. */
  value: (value: number) => string;
  day: (at: number) => string;
  testId?: string;
}

const HEIGHT = 112;

/** What the chart takes from the tokens, by name, so that it follows the theme. */
function ink(of: HTMLElement) {
  const style = getComputedStyle(of);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return { line: token("--accent"), fill: token("--accent-soft"), text: token("--muted"), grid: token("--line-soft"), font: `11px ${style.fontFamily}` };
}

export function StepChart({ points, label, value, day, testId }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const here = box.current;
    if (!here) return undefined;
    let chart: uPlot | undefined;
    const draw = () => {
      chart?.destroy();
      const { line, fill, text, grid, font } = ink(here);
      const axis = { stroke: text, font, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
      chart = new uPlot(
        {
          width: here.clientWidth,
          height: HEIGHT,
          cursor: { show: false },
          legend: { show: false },
          padding: [8, 12, 0, 0],
          scales: { y: { range: (_chart, low, high) => [low - (high - low || 1) * 0.15, high + (high - low || 1) * 0.15] } },
          axes: [
            { ...axis, size: 26, space: 90, grid: { show: false }, values: (_chart, splits) => splits.map(day) },
            { ...axis, size: 66, space: 34, values: (_chart, splits) => splits.map(value) },
          ],
          series: [{}, { stroke: line, width: 1.75, fill, ...(uPlot.paths.stepped ? { paths: uPlot.paths.stepped({ align: 1 }) } : {}), points: { show: false } }],
        },
        [points.map(({ at }) => at), points.map(({ value: y }) => y)],
        here,
      );
    };
    draw();
    const resized = new ResizeObserver(() => chart && here.clientWidth !== chart.width && chart.setSize({ width: here.clientWidth, height: HEIGHT }));
    resized.observe(here);
    const themed = new MutationObserver(draw);
    themed.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      chart?.destroy();
    };
  }, [points, value, day]);
  return <div ref={box} role="img" aria-label={label} data-testid={testId} className="h-28 overflow-hidden rounded-md bg-sunken" />;
}
