import { element } from "../shared/dom";
import { show } from "../shared/number";
import { type AxisData, type Document, type FigureData, factsOf, type SeriesData } from "./data";
import { jitter } from "./marks";
import { place } from "./scale";
import { colourOf } from "./style";

/** A place of the plot that can be read: by the pointer near it, or with the arrow keys. */
export interface Stop {
  x: number;
  y: number;
  /** All series at one x, wherever the pointer is above it. */
  column: boolean;
  text: () => Text;
}

/** What a stop says. */
export interface Text {
  title: string;
  /** Colour, name, value. */
  rows: [number, string, string][];
  facts: [string, string][];
}

/** How many facts a tip has room for. */
const mostFacts = 28;

export type Hidden = (name: string, colour: number) => boolean;

/** The stops of the figure, from left to right. */
export function stopsOf(doc: Document, f: FigureData, hidden: Hidden): Stop[] {
  const shown = f.series.filter((s) => s.name !== "" && !hidden(s.name, s.colour));
  const curves = shown.filter((s) => s.mark === "band" || s.mark === "stair");
  const stops = curves.length > 0 ? columns(f, curves) : shown.flatMap((s) => single(doc, f, s));
  return stops.filter((s) => Number.isFinite(s.x) && Number.isFinite(s.y)).sort((a, b) => a.x - b.x || b.y - a.y);
}

/** A stop at each x of the curves. */
function columns(f: FigureData, curves: SeriesData[]): Stop[] {
  const xs = [...new Set(curves.flatMap((s) => s.x))].filter((x): x is number => x !== null);
  const few = curves.some((s) => s.colour >= 0) ? curves.filter((s) => s.colour >= 0) : curves.slice(0, 8);
  return xs.map((x) => ({
    x: place(f.x, x),
    y: (place(f.y, f.y.low) + place(f.y, f.y.high)) / 2,
    column: true,
    text: () => ({
      title: `${show(x, 6)} ${f.x.name}`,
      rows: few
        .map((s) => ({ s, i: at(s, x) }))
        .filter(({ i }) => i >= 0)
        .sort((a, b) => (b.s.y[b.i] ?? Number.NEGATIVE_INFINITY) - (a.s.y[a.i] ?? Number.NEGATIVE_INFINITY))
        .map(({ s, i }) => [s.colour, s.name, between(s.y[i], s, i)]),
      facts: [],
    }),
  }));
}

/** The last value of a curve at or before x; -1 = it begins later. */
export function at(s: SeriesData, x: number): number {
  let [low, high] = [-1, s.x.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((s.x[middle] ?? 0) <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

function between(v: number | null | undefined, s: SeriesData, i: number): string {
  if (!s.low || !s.high) return show(v);
  return `${show(v)}  [${show(s.low[i])}, ${show(s.high[i])}]`;
}

/** A stop at each mark of the series. */
function single(doc: Document, f: FigureData, s: SeriesData): Stop[] {
  const facts = (i: number) => factsOf(doc, s, i);
  switch (s.mark) {
    case "points":
      return s.x.map((x, i) => ({
        x: place(f.x, x ?? Number.NaN),
        y: place(f.y, s.y[i] ?? Number.NaN),
        column: false,
        text: () => ({ title: "", rows: [[s.colour, s.name, ""]], facts: [values(f.x, x), values(f.y, s.y[i]), ...facts(i)] }),
      }));
    case "interval":
      return s.x.map((x, i) => ({
        x: place(f.x, x ?? Number.NaN),
        y: s.y[i] ?? Number.NaN,
        column: false,
        text: () => ({ title: f.x.name, rows: [[s.colour, s.name, between(x, s, i)]], facts: [] }),
      }));
    case "bar":
      return s.x.map((x, i) => ({
        x: place(f.x, x ?? Number.NaN) / 2,
        y: s.y[i] ?? Number.NaN,
        column: false,
        text: () => ({ title: f.x.name, rows: [[s.colour, f.y.labels?.[s.y[i] ?? -1] ?? s.name, show(x, 3)]], facts: [] }),
      }));
    case "violin":
      return s.x.map((x, i) => ({
        x: place(f.x, x ?? Number.NaN),
        y: (s.y[0] ?? 0) + jitter(i),
        column: false,
        text: () => ({ title: "", rows: [[s.colour, s.name, show(x)]], facts: facts(i) }),
      }));
  }
  return [];
}

function values(a: AxisData, v: number | null | undefined): [string, string] {
  return [a.name, show(v, 6)];
}

/** The text in one line, for a screen reader. */
export function spoken(text: Text): string {
  const rows = text.rows.map(([, name, value]) => `${name} ${value}`.trim());
  const facts = text.facts.map(([name, value]) => `${name} ${value}`);
  return [text.title, ...rows, ...facts].filter((part) => part !== "").join(", ");
}

/** The text as a tip. */
export function tipOf(text: Text): Node[] {
  const parts: Node[] = [];
  if (text.title) parts.push(element("p", { class: "tip-title" }, text.title));
  const rows = text.rows.map(([colour, name, value]) =>
    element("tr", {}, element("th", { scope: "row" }, element("i", { style: `background:${colourOf(colour)}` }), name), element("td", {}, value)),
  );
  if (rows.length > 0) parts.push(element("table", {}, ...rows));
  if (text.facts.length > 0) {
    const facts = text.facts.slice(0, mostFacts).flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]);
    parts.push(element("dl", text.facts.length > 12 ? { class: "wide" } : {}, ...facts));
    const more = text.facts.length - mostFacts;
    if (more > 0) parts.push(element("p", { class: "tip-title" }, `and ${more} more, in the table`));
  }
  return parts;
}
