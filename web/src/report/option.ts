import type { GridComponentOption } from "echarts/components";
import type { ComposeOption } from "echarts/core";
import type { AxisData, FigureData } from "./data";
import { type SeriesOption, seriesOf } from "./marks";
import { type Range, type Tick, ticks } from "./scale";

export type ChartOption = ComposeOption<GridComponentOption | SeriesOption>;

/** The part of the plot that is shown, as drawn. */
export interface View {
  x: Range;
  y: Range;
}

const font = 12;

/** How much of a figure's width the labels of its categories take at most. */
const labelShare = 0.36;

/** What draws the figure with the series that are not hidden. wide tells how many pixels a text takes, width how many there are. */
export function optionOf(
  f: FigureData,
  view: View,
  hidden: (name: string, colour: number) => boolean,
  wide: (text: string) => number,
  width: number,
): ChartOption {
  const [across, up] = [ticks(f.x, view.x), ticks(f.y, view.y)];
  const most = Math.max(12, Math.floor((labelShare * width) / 7));
  if (f.y.labels) for (const t of up) t.label = shorten(t.label, most);
  const left = Math.ceil(Math.max(24, ...up.map((t) => wide(t.label)))) + 12;
  return {
    animation: false,
    textStyle: { fontFamily: "inherit" },
    grid: { left, right: 18, top: f.y.name && !f.y.labels ? 30 : 10, bottom: f.x.name ? 48 : 28, outerBoundsMode: "none" },
    xAxis: {
      ...axisOf(f.x, view.x, across),
      name: f.x.log ? `${f.x.name}, log scale` : f.x.name,
      nameLocation: "middle",
      nameGap: 30,
      splitLine: { show: !upright(f), lineStyle: { color: "var(--grid)", width: 1 }, ...customValues(across) },
    },
    yAxis: {
      ...axisOf(f.y, view.y, up),
      name: f.y.labels ? "" : f.y.log ? `${f.y.name}, log scale` : f.y.name,
      nameLocation: "end",
      nameGap: 12,
      nameTextStyle: { color: "var(--soft)", fontSize: font, align: "left", padding: [0, 0, 0, 4 - left] },
      splitLine: { show: !f.y.labels, lineStyle: { color: "var(--grid)", width: 1 }, ...customValues(up) },
    },
    series: [...f.series]
      .sort((a, b) => Number(a.colour !== -1) - Number(b.colour !== -1))
      .filter((s) => !hidden(s.name, s.colour))
      .flatMap((s) => seriesOf(f, s)),
  };
}

/** Values over trials have no vertical grid, which would only distract. */
function upright(f: FigureData): boolean {
  return f.series.some((s) => s.mark === "band" || s.mark === "stair");
}

function axisOf(a: AxisData, [min, max]: Range, list: Tick[]) {
  const labels = new Map(list.map((t) => [key(t.at), t.label]));
  return {
    type: "value" as const,
    min,
    max,
    axisLine: { show: true, onZero: false, lineStyle: { color: "var(--muted)" } },
    axisTick: { show: !a.labels, lineStyle: { color: "var(--muted)" }, ...customValues(list) },
    axisLabel: {
      color: a.labels ? "var(--ink)" : "var(--soft)",
      fontSize: font,
      hideOverlap: !a.labels,
      formatter: (v: number) => labels.get(key(v)) ?? "",
      ...customValues(list),
    },
    nameTextStyle: { color: "var(--soft)", fontSize: font },
    minorTick: { show: false },
  };
}

function customValues(list: Tick[]) {
  return { customValues: list.map((t) => t.at) };
}

function key(v: number): string {
  return v.toPrecision(10);
}

/** A label of at most so many letters. */
export function shorten(label: string, most: number): string {
  return label.length <= most ? label : `${label.slice(0, most - 1)}…`;
}
