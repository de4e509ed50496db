/** The figures as Go writes them: experiments/chart/json.go declares the same types. Scripts work out nothing that these do not hold. */
export interface Document {
  /** The texts that facts point into. */
  strings: string[];
  figures: FigureData[];
}

export interface FigureData {
  id: string;
  title: string;
  x: AxisData;
  y: AxisData;
  /** Of paths: the axes that they cross at x = 0, 1, 2, … */
  across?: AxisData[];
  series: SeriesData[];
}

export interface AxisData {
  name: string;
  low: number;
  high: number;
  log?: boolean;
  /** Of categories at 0, 1, 2, … */
  labels?: string[];
}

export type Mark = "band" | "stair" | "points" | "border-up" | "border-down" | "rule" | "interval" | "violin" | "bar" | "path" | "text";

/** Null is no value, or an infinite one. */
export type Values = (number | null)[];

export interface SeriesData {
  name: string;
  mark: Mark;
  /** Of the palette, or one of the two below. */
  colour: number;
  x: Values;
  y: Values;
  low?: Values;
  high?: Values;
  labels?: string[];
  /** Of each mark: name, value, name, value, …, by their places in the document's strings. */
  facts?: (number[] | null)[];
  shape?: { at: Values; height: Values; quartiles: Values };
}

export const uncoloured = -1;
export const ink = -2;

/** The facts of a mark as pairs. */
export function factsOf(doc: Document, s: SeriesData, mark: number): [string, string][] {
  const codes = s.facts?.[mark] ?? [];
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < codes.length; i += 2) {
    pairs.push([doc.strings[codes[i] ?? -1] ?? "", doc.strings[codes[i + 1] ?? -1] ?? ""]);
  }
  return pairs;
}
