import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { element } from "../shared/dom";
import { show } from "../shared/number";
import { type AxisData, type Document, type FigureData, factsOf, type SeriesData } from "./data";
import { chartIn, wide } from "./echarts";
import type { Contents } from "./files";
import { type Frame, frame, tableOf } from "./frame";
import type { Range } from "./scale";
import type { Hidden } from "./stops";
import { colourOf } from "./style";

const mostListed = 50;
const any = "any";

/** Parallel coordinates: a line a design, with ranges of the axes to pick designs by, and the table of those that are picked. */
export class Coordinates {
  private readonly frame: Frame;
  private readonly chart: EChartsType;
  private readonly picked = element("div", {
    class: "scroll picked",
    tabindex: "0",
    role: "region",
    "aria-label": "Designs in the picked ranges",
  });
  private readonly count = element("p", { class: "count", "aria-live": "polite" });
  private readonly lines: SeriesData[];
  private readonly axes: AxisData[];
  /** Of each axis what is picked; none = everything. */
  private readonly ranges: Range[][] = [];
  private hidden: Hidden = () => false;

  constructor(
    private readonly doc: Document,
    f: FigureData,
    figure: HTMLElement,
  ) {
    this.axes = f.across ?? [];
    this.lines = f.series.filter((s) => s.mark === "path");
    this.frame = frame(
      figure,
      f.id,
      380,
      () => this.chart.renderToSVGString(),
      () => this.contents(this.lines),
    );
    figure.classList.add("wide");
    this.frame.host.setAttribute("role", "img");
    this.frame.host.setAttribute("aria-label", `${f.title}. The menus below pick designs by their axes.`);
    this.chart = chartIn(this.frame.host, () => this.draw());
    this.chart.on("axisareaselected", (e) => {
      const { parallelAxisId, intervals } = e as { parallelAxisId?: string; intervals?: Range[] };
      this.ranges[Number(parallelAxisId)] = (intervals ?? []).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
      this.list();
    });
    this.frame.host.after(this.menus(), this.count, this.picked);
    this.draw();
  }

  hide(hidden: Hidden) {
    this.hidden = hidden;
    this.draw();
  }

  private draw() {
    this.chart.setOption(this.option(), { replaceMerge: ["series"] });
    this.list();
  }

  private shown(): SeriesData[] {
    return this.lines.filter((s) => !this.hidden(s.name, s.colour));
  }

  private option(): EChartsCoreOption {
    const side = Math.max(40, ...(this.axes[0]?.labels ?? [""]).map((text) => wide(text) / 2));
    const room = (this.frame.host.clientWidth - 2 * side) / Math.max(1, this.axes.length - 1);
    const within = (text: string) => (wide(text) <= room - 12 ? text : `${text.slice(0, Math.max(3, Math.floor((room - 24) / 7)))}…`);
    return {
      animation: false,
      textStyle: { fontFamily: "inherit" },
      parallel: { left: side, right: Math.max(side, 60), top: 40, bottom: 24 },
      parallelAxis: this.axes.map((a, dim) => ({
        dim,
        id: String(dim),
        name: within(a.name),
        nameLocation: "end",
        nameTextStyle: { color: "var(--ink)", fontSize: 12 },
        axisLine: { lineStyle: { color: "var(--muted)" } },
        axisTick: { show: false },
        axisLabel: {
          color: "var(--soft)",
          fontSize: 11,
          textBorderColor: "var(--card)",
          textBorderWidth: 3,
          hideOverlap: true,
          formatter: (v: string | number) => within(typeof v === "number" ? show(v, 5) : v),
        },
        areaSelectStyle: { width: 16, borderColor: "var(--link)", color: "var(--link)", opacity: 0.25 },
        ...(a.labels ? { type: "category" as const, data: a.labels } : { type: "value" as const, min: a.low, max: a.high, splitNumber: 4 }),
      })),
      series: this.shown().map((s) => ({
        type: "parallel" as const,
        name: s.name,
        data: [{ value: this.values(s) }],
        lineStyle: { color: colourOf(s.colour), width: 1.5, opacity: 0.55 },
        inactiveOpacity: 0.04,
        activeOpacity: 0.9,
        progressive: 0,
        silent: true,
      })),
    };
  }

  /** Where the line crosses the axes: "-" where it does not. */
  private values(s: SeriesData): (number | string)[] {
    return this.axes.map((a, i) => {
      const up = s.y[i];
      if (up === null || up === undefined) return "-";
      return a.labels ? Math.round(up * (a.labels.length - 1)) : a.low + up * (a.high - a.low);
    });
  }

  /** The designs whose lines go through every picked range. */
  private inRanges(): SeriesData[] {
    return this.shown().filter((s) =>
      this.values(s).every((v, i) => {
        const list = this.ranges[i] ?? [];
        return list.length === 0 || (typeof v === "number" && list.some(([low, high]) => v >= low && v <= high));
      }),
    );
  }

  private list() {
    const all = this.shown();
    const inside = this.inRanges();
    const everything = inside.length === all.length;
    this.count.textContent = everything
      ? `${all.length} designs; drag along an axis, or use the menus, to pick some`
      : `${inside.length} of ${all.length} designs picked`;
    this.picked.hidden = everything;
    if (!everything) this.picked.replaceChildren(tableOf(this.contents(inside.slice(0, mostListed))));
  }

  private contents(lines: SeriesData[]): Contents {
    const names = [...new Set(lines.flatMap((s) => factsOf(this.doc, s, 0).map(([name]) => name)))];
    const rows = lines.map((s) => {
      const facts = new Map(factsOf(this.doc, s, 0));
      return [s.name, ...names.map((name) => facts.get(name) ?? "-")];
    });
    return { head: ["agent", ...names], rows };
  }

  /** A menu an axis, for those who cannot drag. */
  private menus(): HTMLElement {
    const menus = this.axes.map((a, i) => {
      const levels = a.labels ?? ["lower half", "upper half"];
      const select = element("select", { "aria-label": a.name }, ...[any, ...levels].map((text) => element("option", {}, text)));
      select.addEventListener("change", () => this.pick(i, select.selectedIndex - 1));
      return element("label", {}, element("span", {}, a.name), select);
    });
    return element("details", { class: "menus" }, element("summary", {}, "Pick by menu"), element("div", {}, ...menus));
  }

  private pick(axis: number, level: number) {
    const a = this.axes[axis];
    if (!a) return;
    const middle = (a.low + a.high) / 2;
    const halves: Range[] = [
      [a.low, middle],
      [middle, a.high],
    ];
    const range: Range | undefined = a.labels ? [level - 0.4, level + 0.4] : halves[level];
    this.chart.dispatchAction({ type: "axisAreaSelect", parallelAxisId: String(axis), intervals: level < 0 || !range ? [] : [range] });
  }
}
