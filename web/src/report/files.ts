import { element } from "../shared/dom";
import { type Document, type FigureData, factsOf, type SeriesData } from "./data";

/** A table. */
export interface Contents {
  head: string[];
  rows: string[][];
}

/** The figure's data: a row a mark, with its facts. */
export function rowsOf(doc: Document, f: FigureData): Contents {
  const listed = f.series.filter((s) => s.mark !== "text" && s.mark !== "path");
  const labelled = f.y.labels !== undefined;
  const ranged = listed.some((s) => s.low);
  const names = [...new Set(listed.flatMap((s) => s.x.flatMap((_, i) => factsOf(doc, s, i).map(([name]) => name))))];
  const row = (s: SeriesData, i: number) => {
    const name = s.mark === "bar" ? (f.y.labels?.[s.y[i] ?? -1] ?? s.name) : s.name || s.mark.replace(/-.*/, "");
    const facts = new Map(factsOf(doc, s, i));
    return [
      name,
      text(s.x[i]),
      ...(labelled ? [] : [text(s.y[i])]),
      ...(ranged ? [text(s.low?.[i]), text(s.high?.[i])] : []),
      ...names.map((n) => facts.get(n) ?? ""),
    ];
  };
  return {
    head: ["series", f.x.name || "value", ...(labelled ? [] : [f.y.name]), ...(ranged ? ["low", "high"] : []), ...names],
    rows: listed.flatMap((s) => Array.from({ length: Math.max(s.x.length, labelled ? 0 : s.y.length) }, (_, i) => row(s, i))),
  };
}

function text(v: number | null | undefined): string {
  return v === null || v === undefined ? "" : String(v);
}

/** Comma-separated values. */
export function csvOf(head: string[], rows: string[][]): string {
  const cell = (v: string) => (/[",\n\r]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);
  return [head, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}

/** The chart as a file of its own: the page's variables become the colours that they have now. */
export function standalone(svg: string): string {
  const style = getComputedStyle(document.documentElement);
  return svg
    .replace(/var\((--[a-z0-9-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim())
    .replaceAll("inherit", "Liberation Sans, Arial, Helvetica, sans-serif");
}

/** Hands the reader a file that the page has made. */
export function save(name: string, kind: string, contents: string) {
  const url = URL.createObjectURL(new Blob([contents], { type: kind }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
