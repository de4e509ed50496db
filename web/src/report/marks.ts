import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from "echarts/charts";
import { type AxisData, type FigureData, type SeriesData, uncoloured, type Values } from "./data";
import { place, type Range } from "./scale";
import { colourOf, lineOf, symbolOf } from "./style";

export type SeriesOption = LineSeriesOption | ScatterSeriesOption | CustomSeriesOption;

/** Half heights in a category, which is 1 high, as in still figures. */
const violinHalf = 0.4;
const barHalf = 0.3;
const boxHalf = 0.06;

const bandOpacity = 0.18;

/** Fewer values than these have no shape worth drawing: the dots say all. */
const leastShaped = 5;

/** What draws a series of the figure, in the part of the plot that is shown. */
export function seriesOf(f: FigureData, s: SeriesData): SeriesOption[] {
  const at = (x: number | null | undefined, y: number | null | undefined): [number, number] => [point(f.x, x), point(f.y, y)];
  switch (s.mark) {
    case "band":
      return s.colour === uncoloured ? [line(f, s, "end")] : [band(f, s), line(f, s, "end")];
    case "stair":
    case "border-up":
      return [line(f, s, "end")];
    case "border-down":
      return [line(f, s, "start")];
    case "points":
      return [
        {
          ...plain(s),
          ...symbolOf(s.colour),
          type: "scatter",
          data: s.x.map((x, i) => at(x, s.y[i])),
          itemStyle: { color: colourOf(s.colour), opacity: 0.85 },
        },
      ];
    case "rule":
      return s.y.map((y) => rule(s, place(f.y, y ?? 0)));
    case "interval":
      return [custom(s, [...s.x.keys()], (i, to) => interval(f, s, i, to))];
    case "violin":
      return s.shape ? [custom(s, [0], (_, to) => violin(f, s, to)), strip(f, s)] : [];
    case "bar":
      return [
        custom(s, [...s.x.keys()], (i, to) => {
          const y = s.y[i] ?? 0;
          const [left, top] = to([0, y + barHalf]);
          const [right, bottom] = to([s.x[i] ?? 0, y - barHalf]);
          return [
            {
              type: "rect",
              shape: { x: left, y: top, width: right - left, height: bottom - top, r: 2 },
              style: { fill: colourOf(s.colour), opacity: 0.75 },
            },
          ];
        }),
      ];
  }
  return [];
}

function point(a: AxisData, v: number | null | undefined): number {
  return v === null || v === undefined ? Number.NaN : place(a, v);
}

function plain(s: SeriesData) {
  return { name: s.name, animation: false, silent: true, clip: true };
}

function line(f: FigureData, s: SeriesData, step: "start" | "end"): LineSeriesOption {
  return {
    ...plain(s),
    type: "line",
    step,
    symbol: "none",
    lineStyle: lineOf(s.colour),
    z: s.colour === uncoloured ? 1 : 3,
    data: s.x.map((x, i) => [point(f.x, x), point(f.y, s.y[i])]),
  };
}

type Pixel = (at: [number, number]) => [number, number];
// biome-ignore lint/suspicious/noExplicitAny: shapes are checked where echarts draws them; its own type is not exported.
type Shape = any;

/** A series of shapes of our own: one set an item. */
function custom(s: SeriesData, items: number[], draw: (item: number, to: Pixel) => Shape[]): CustomSeriesOption {
  return {
    ...plain(s),
    type: "custom",
    z: 2,
    data: items.map((i) => [i]),
    dimensions: ["item"],
    encode: { tooltip: [] },
    renderItem: (params, api) => {
      const to: Pixel = (at) => api.coord(at) as [number, number];
      return { type: "group", children: draw(items[params.dataIndex] ?? 0, to) };
    },
  };
}

/** From the lower to the upper quartile. An infinite one runs off the plot. */
function band(f: FigureData, s: SeriesData): CustomSeriesOption {
  const known = (i: number) => (s.low?.[i] ?? null) !== null || (s.high?.[i] ?? null) !== null;
  return custom(s, [0], (_, to) =>
    stretches(s.x.length, known).map(([first, beyond]) => {
      const low = stairs(f, s.x, s.low ?? [], f.y.low, first, beyond);
      const high = stairs(f, s.x, s.high ?? [], f.y.high, first, beyond);
      const points = [...low, ...high.reverse()].map(to);
      return { type: "polygon", shape: { points }, style: { fill: colourOf(s.colour), opacity: bandOpacity } };
    }),
  );
}

/** The outline of values that hold until they change. */
function stairs(f: FigureData, x: Values, values: Values, otherwise: number, first: number, beyond: number): [number, number][] {
  const corners: [number, number][] = [];
  let previous = Number.NaN;
  for (let i = first; i < beyond; i++) {
    const [at, v] = [point(f.x, x[i]), place(f.y, Math.min(Math.max(values[i] ?? otherwise, f.y.low), f.y.high))];
    if (v === previous && i < beyond - 1) continue;
    if (i > first) corners.push([at, previous]);
    corners.push([at, v]);
    previous = v;
  }
  return corners;
}

/** The runs of neighbours that are known, [first, beyond). */
export function stretches(n: number, known: (i: number) => boolean): Range[] {
  const found: Range[] = [];
  let start = -1;
  for (let i = 0; i <= n; i++) {
    const ok = i < n && known(i);
    if (ok && start < 0) start = i;
    if (!ok && start >= 0) {
      found.push([start, i]);
      start = -1;
    }
  }
  return found;
}

function rule(s: SeriesData, y: number): CustomSeriesOption {
  return {
    ...plain(s),
    type: "custom",
    data: [[y]],
    renderItem: (params, api) => {
      const frame = params.coordSys as unknown as { x: number; width: number };
      const at = (api.coord([0, y]) as [number, number])[1];
      return {
        type: "line",
        shape: { x1: frame.x, x2: frame.x + frame.width, y1: at, y2: at },
        style: { stroke: "var(--ink)", lineWidth: 1, lineDash: [7, 3] },
      };
    },
  };
}

function interval(f: FigureData, s: SeriesData, i: number, to: Pixel): Shape[] {
  const y = s.y[i] ?? 0;
  const shapes: Shape[] = [];
  const [low, high] = [s.low?.[i], s.high?.[i]];
  const stroke = { stroke: colourOf(s.colour), lineWidth: 2.5, lineCap: "round" };
  if (low !== null && low !== undefined && high !== null && high !== undefined) {
    const [x1, y1] = to([place(f.x, low), y]);
    const [x2] = to([place(f.x, high), y]);
    shapes.push({ type: "line", shape: { x1, y1, x2, y2: y1 }, style: stroke });
    for (const x of [x1, x2]) shapes.push({ type: "line", shape: { x1: x, y1: y1 - 5, x2: x, y2: y1 + 5 }, style: stroke });
  }
  const estimate = s.x[i];
  if (estimate !== null && estimate !== undefined) {
    const [cx, cy] = to([place(f.x, estimate), y]);
    shapes.push({ type: "circle", shape: { cx, cy, r: 5 }, style: { fill: colourOf(s.colour), stroke: "var(--card)", lineWidth: 1.5 } });
  }
  return shapes;
}

function violin(f: FigureData, s: SeriesData, to: Pixel): Shape[] {
  const middle = s.y[0] ?? 0;
  const { at = [], height = [], quartiles = [] } = s.shape ?? {};
  const side = (sign: number) => at.map((x, i) => to([point(f.x, x), middle + sign * violinHalf * (height[i] ?? 0)]));
  const [low = 0, median = 0, high = 0] = quartiles.map((v) => v ?? 0);
  const [left, top] = to([place(f.x, low), middle + boxHalf]);
  const [right, bottom] = to([place(f.x, high), middle - boxHalf]);
  const [x, y] = to([place(f.x, median), middle]);
  const fill = colourOf(s.colour);
  const outline = s.x.length < leastShaped ? [] : [...side(1), ...side(-1).reverse()];
  return [
    { type: "polygon", shape: { points: outline }, style: { fill, opacity: bandOpacity } },
    { type: "rect", shape: { x: left, y: top, width: right - left, height: bottom - top, r: 2 }, style: { fill, opacity: 0.45 } },
    { type: "circle", shape: { cx: x, cy: y, r: 5 }, style: { fill, stroke: "var(--card)", lineWidth: 1.5 } },
  ];
}

/** The values of a violin as dots beside each other, always in the same places. */
function strip(f: FigureData, s: SeriesData): ScatterSeriesOption {
  return {
    ...plain(s),
    type: "scatter",
    symbolSize: 4,
    itemStyle: { color: colourOf(s.colour), opacity: 0.55 },
    data: s.x.map((x, i) => [point(f.x, x), (s.y[0] ?? 0) + jitter(i)]),
  };
}

/** Where the i-th dot of a violin lies beside its middle: a sequence that fills the height evenly. */
export function jitter(i: number): number {
  return (((i + 1) * 0.6180339887498949) % 1) * 0.5 - 0.25;
}
