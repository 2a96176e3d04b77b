/** How our charts look, said to uPlot: quiet axes, one accent, everything from the tokens. Knows nothing of what is drawn. */
import type uPlot from "uplot";

import type { Tone } from "./Badge";

export interface ChartSeries {
  /** What the line is, as the table and the reading beside the chart call it. */
  name: string;
  /** One value for each moment of the chart; null where nothing is known. */
  values: readonly (number | null)[];
  tone?: Tone;
  /** A price or a stock holds until it changes: `steps`. What happened in a day: `bars`. */
  shape?: "line" | "steps" | "bars";
}

export interface ChartLook {
  series: readonly ChartSeries[];
  /** A value in words, for the axis. */
  say: (value: number) => string;
  /** A moment (in milliseconds) in words, for the axis. */
  day: (at: number) => string;
  /** Whether the axis has to begin at nothing: bars and amounts do, prices need not. */
  fromZero?: boolean;
  onPoint: (index: number | null) => void;
}

const STROKES: Record<Tone, string> = { accent: "--accent", good: "--good", warn: "--dot-warn", bad: "--dot-bad", info: "--info", neutral: "--dot-off" };
const FILLS: Record<Tone, string> = { accent: "--accent-soft", good: "--good-soft", warn: "--warn-soft", bad: "--bad-soft", info: "--info-soft", neutral: "--neutral-soft" };

/** Read at every drawing, so that a change of theme needs no more than another drawing. */
const token = (name: string) => () => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Room for the words of an axis, by how long the longest of them is in the font of the window. */
function wordsWidth(plot: uPlot, words: readonly string[] | null): number {
  const context = plot.ctx;
  const longest = (words ?? []).reduce((most, word) => (word.length > most.length ? word : most), "");
  return Math.ceil(context.measureText(longest).width / devicePixelRatio) + AXIS_GAP * 2;
}

const AXIS_GAP = 6;
const LABEL_HEIGHT = 22;

export function chartOptions(Plot: typeof uPlot, look: ChartLook, width: number, height: number): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const font = `${style.getPropertyValue("--text-xs").trim() || "11px"} ${getComputedStyle(document.body).fontFamily}`;
  const paths = { line: Plot.paths.linear?.(), steps: Plot.paths.stepped?.({ align: 1, extend: true }), bars: Plot.paths.bars?.({ size: [0.72, 22], radius: 0.2 }) };
  const axis = { font, gap: AXIS_GAP, stroke: token("--muted"), ticks: { show: false }, border: { show: false } } satisfies uPlot.Axis;
  return {
    width,
    height,
    padding: [8, 22, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      // A bar stands around its moment: the first and the last need as much room as the others.
      x: {
        range: (plot, low, high) => {
          const step = look.series.some(({ shape }) => shape === "bars") ? (high - low) / Math.max(1, plot.data[0].length - 1) / 2 : 0;
          return [low - step, high + step];
        },
      },
      y: {
        range: (_plot, low: number | null, high: number | null) => {
          if (low === null || high === null) return [0, 1];
          const room = (high - low || Math.abs(high) || 1) * 0.12;
          const floor = look.fromZero === true ? Math.min(0, low) : Math.max(low - room, low >= 0 ? 0 : -Infinity);
          return [floor, high + room];
        },
      },
    },
    axes: [
      { ...axis, size: LABEL_HEIGHT, space: 76, grid: { show: false }, values: (_plot, splits) => splits.map((second) => look.day(second * 1000)) },
      { ...axis, space: 34, grid: { stroke: token("--line-soft"), width: 1 }, size: (plot, words) => wordsWidth(plot, words), values: (_plot, splits) => splits.map((value) => look.say(value)) },
    ],
    series: [
      {},
      ...look.series.map(({ name, tone = "accent", shape = "line" }): uPlot.Series => ({
        label: name,
        paths: paths[shape],
        width: shape === "bars" ? 0 : 1.75,
        stroke: token(STROKES[tone]),
        fill: shape === "bars" ? token(STROKES[tone]) : look.series.length === 1 ? token(FILLS[tone]) : undefined,
        points: { show: false },
        spanGaps: shape === "steps",
      })),
    ],
    hooks: { setCursor: [(plot) => look.onPoint(plot.cursor.idx ?? null)] },
  };
}
