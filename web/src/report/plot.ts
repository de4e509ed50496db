import type { EChartsType } from "echarts/core";
import { button, element } from "../shared/dom";
import type { Document, FigureData } from "./data";
import { chartIn, wide } from "./echarts";
import { rowsOf } from "./files";
import { type Frame, frame } from "./frame";
import { optionOf, type View } from "./option";
import { type Range, whole } from "./scale";
import { type Hidden, type Stop, spoken, stopsOf, tipOf } from "./stops";
import { colourOf } from "./style";

/** How far a tip stays away from what it is about, and from the edges of the window. */
const tipAway = 14;

/** A figure of two axes that can be read, zoomed and have series hidden. */
export class Plot {
  private readonly frame: Frame;
  private readonly chart: EChartsType;
  private readonly tip = element("div", { class: "tip" });
  private readonly mark = element("div", { class: "here" });
  private readonly box = element("div", { class: "zoom" });
  private readonly said = element("p", { class: "said", "aria-live": "polite" });
  private readonly reset: HTMLButtonElement;
  private all: View;
  private view: View;
  private hidden: Hidden = () => false;
  private stops: Stop[] = [];
  private current = -1;
  private pinned = false;

  constructor(
    private readonly doc: Document,
    private f: FigureData,
    figure: HTMLElement,
  ) {
    const row = f.series.some((s) => s.mark === "violin") ? 46 : 30;
    const height = f.y.labels ? Math.max(250, 74 + row * f.y.labels.length) : 350;
    this.frame = frame(
      figure,
      f.id,
      height,
      () => this.chart.renderToSVGString(),
      () => rowsOf(doc, this.f),
    );
    this.reset = button("Reset zoom", "Show the whole figure again (0)", () => this.zoom(this.all));
    this.frame.tools.prepend(this.reset);
    this.all = { x: whole(f.x), y: whole(f.y) };
    this.view = this.all;
    const host = this.frame.host;
    this.chart = chartIn(host, () => this.draw());
    host.append(this.mark, this.box, this.tip);
    host.after(this.said);
    host.tabIndex = 0;
    host.setAttribute("role", "group");
    host.setAttribute("aria-roledescription", "chart");
    host.setAttribute("aria-label", `${f.title}. Arrow keys read the values, plus and minus zoom, 0 shows all.`);
    this.listen(host);
    this.draw();
  }

  /** Draws the figure with other series hidden. */
  hide(hidden: Hidden) {
    this.hidden = hidden;
    this.draw();
  }

  /** Draws other data. What the reader does meanwhile goes on: a part that was zoomed into stays, and so does the tip. */
  update(f: FigureData) {
    const unzoomed = this.view === this.all;
    const [read, pinned] = [this.tip.style.display === "block", this.pinned];
    this.f = f;
    this.all = { x: whole(f.x), y: whole(f.y) };
    if (unzoomed) this.view = this.all;
    this.draw();
    if (read && this.current >= 0) {
      this.show(this.current, false);
      this.pinned = pinned;
      this.tip.classList.toggle("pinned", pinned);
    }
  }

  private draw() {
    const read = this.stops[this.current];
    this.reset.hidden = this.view === this.all;
    this.chart.setOption(optionOf(this.f, this.view, this.hidden, wide, this.frame.host.clientWidth), { notMerge: true });
    this.stops = stopsOf(this.doc, this.f, this.hidden).filter((s) => inside(s.x, this.view.x) && inside(s.y, this.view.y));
    this.current = read ? this.stops.findIndex((s) => s.x === read.x && s.y === read.y) : -1;
    this.leave();
  }

  /** From places to pixels: linear, as the axes are. */
  private corners(): { left: number; right: number; top: number; bottom: number } {
    const { x, y } = this.view;
    const [left = 0, bottom = 0] = this.chart.convertToPixel("grid", [x[0], y[0]]);
    const [right = 1, top = 1] = this.chart.convertToPixel("grid", [x[1], y[1]]);
    return { left, right, top, bottom };
  }

  private pixel(s: Stop): [number, number] {
    const { left, right, top, bottom } = this.corners();
    return [
      left + ((s.x - this.view.x[0]) / (this.view.x[1] - this.view.x[0])) * (right - left),
      bottom + ((s.y - this.view.y[0]) / (this.view.y[1] - this.view.y[0])) * (top - bottom),
    ];
  }

  /** The stop under the pointer: of curves the nearest across, of marks the nearest within reach. */
  private nearest(px: number, py: number): number {
    const reach = 24;
    const { top, bottom } = this.corners();
    if (py < top - reach || py > bottom + reach) return -1;
    let [best, least] = [-1, this.stops[0]?.column ? Number.POSITIVE_INFINITY : reach];
    this.stops.forEach((s, i) => {
      const [x, y] = this.pixel(s);
      const away = s.column ? Math.abs(x - px) : Math.hypot(x - px, y - py);
      if (away < least) [best, least] = [i, away];
    });
    return best;
  }

  private show(i: number, speak: boolean) {
    const s = this.stops[i];
    if (!s) return this.leave();
    this.current = i;
    const text = s.text();
    const { top, bottom, left, right } = this.corners();
    const [x, y] = this.pixel(s);
    this.mark.className = s.column ? "here column" : "here";
    this.mark.style.cssText = s.column
      ? `left:${x}px;top:${top}px;height:${bottom - top}px`
      : `left:${x}px;top:${y}px;border-color:${colourOf(text.rows[0]?.[0] ?? -2)}`;
    this.tip.replaceChildren(...tipOf(text));
    this.tip.style.display = "block";
    this.mark.style.display = "block";
    const window = this.frame.host.getBoundingClientRect();
    const beyond = window.left + x + tipAway + this.tip.offsetWidth > innerWidth - tipAway;
    const beside = beyond || x > (left + right) / 2 ? x - tipAway - this.tip.offsetWidth : x + tipAway;
    this.tip.style.left = `${Math.max(tipAway - window.left, beside)}px`;
    this.tip.style.top = `${Math.max(0, Math.min(s.column ? top : y - 20, bottom - this.tip.offsetHeight))}px`;
    if (speak) this.said.textContent = spoken(text);
  }

  private leave() {
    this.pinned = false;
    this.tip.classList.remove("pinned");
    this.tip.style.display = "none";
    this.mark.style.display = "none";
  }

  private zoom(view: View) {
    this.view = view;
    this.draw();
  }

  /** Zooms by a factor around the current stop, or the middle. */
  private scale(factor: number) {
    const s = this.stops[this.current];
    const around = ([low, high]: Range, limit: Range, at: number): Range => {
      const wanted: Range = [at - (at - low) * factor, at + (high - at) * factor];
      return [Math.max(wanted[0], limit[0]), Math.min(wanted[1], limit[1])];
    };
    const { x, y } = this.view;
    const next: View = {
      x: around(x, this.all.x, s?.x ?? (x[0] + x[1]) / 2),
      y: this.f.y.labels ? y : around(y, this.all.y, s && !s.column ? s.y : (y[0] + y[1]) / 2),
    };
    this.zoom(same(next.x, this.all.x) && same(next.y, this.all.y) ? this.all : next);
  }

  private listen(host: HTMLElement) {
    let from: [number, number] | undefined;
    const at = (e: PointerEvent): [number, number] => {
      const frame = host.getBoundingClientRect();
      return [e.clientX - frame.left, e.clientY - frame.top];
    };
    host.addEventListener("pointermove", (e) => {
      const [x, y] = at(e);
      if (from) {
        this.outline(from, [x, y]);
      } else if (!this.pinned && !this.tip.contains(e.target as Node)) {
        this.show(this.nearest(x, y), false);
      }
    });
    host.addEventListener("pointerleave", () => {
      if (!this.pinned && !from) this.leave();
    });
    host.addEventListener("pointerdown", (e) => {
      if (e.pointerType === "touch" || e.button !== 0 || this.tip.contains(e.target as Node)) return;
      from = at(e);
      host.setPointerCapture(e.pointerId);
    });
    host.addEventListener("pointerup", (e) => {
      if (this.tip.contains(e.target as Node)) return;
      const [start, end] = [from, at(e)];
      from = undefined;
      this.box.style.display = "none";
      if (start && (Math.abs(end[0] - start[0]) > 8 || Math.abs(end[1] - start[1]) > 8)) this.zoomTo(start, end);
      else this.pin(this.nearest(...end));
    });
    host.addEventListener("dblclick", () => this.zoom(this.all));
    host.addEventListener("blur", () => this.leave());
    host.addEventListener("keydown", (e) => {
      if (this.press(e.key)) e.preventDefault();
    });
  }

  /** Keeps the tip open, so that its text can be read and copied; a second time lets it go. */
  private pin(i: number) {
    if (this.pinned || i < 0) return this.leave();
    this.show(i, true);
    this.pinned = true;
    this.tip.classList.add("pinned");
  }

  private outline([x0, y0]: [number, number], [x1, y1]: [number, number]) {
    this.leave();
    const { top, bottom } = this.corners();
    const tall = this.f.y.labels !== undefined || Math.abs(y1 - y0) < 24;
    const [up, down] = tall ? [top, bottom] : [Math.min(y0, y1), Math.max(y0, y1)];
    this.box.style.cssText = `display:block;left:${Math.min(x0, x1)}px;width:${Math.abs(x1 - x0)}px;top:${up}px;height:${down - up}px`;
  }

  private zoomTo([x0, y0]: [number, number], [x1, y1]: [number, number]) {
    const { left, right, top, bottom } = this.corners();
    const { x, y } = this.view;
    const across = (px: number) => clamp(x[0] + ((px - left) / (right - left)) * (x[1] - x[0]), x);
    const up = (py: number) => clamp(y[0] + ((py - bottom) / (top - bottom)) * (y[1] - y[0]), y);
    const tall = this.f.y.labels !== undefined || Math.abs(y1 - y0) < 24;
    const next: View = {
      x: [across(Math.min(x0, x1)), across(Math.max(x0, x1))],
      y: tall ? y : [up(Math.max(y0, y1)), up(Math.min(y0, y1))],
    };
    if (next.x[1] > next.x[0] && next.y[1] > next.y[0]) this.zoom(next);
  }

  private press(key: string): boolean {
    const last = this.stops.length - 1;
    switch (key) {
      case "ArrowRight":
      case "ArrowDown":
        this.show(Math.min(this.current + 1, last), true);
        return true;
      case "ArrowLeft":
      case "ArrowUp":
        this.show(Math.max(this.current - 1, 0), true);
        return true;
      case "Home":
        this.show(0, true);
        return true;
      case "End":
        this.show(last, true);
        return true;
      case "+":
      case "=":
        this.scale(0.6);
        return true;
      case "-":
        this.scale(1 / 0.6);
        return true;
      case "0":
        this.zoom(this.all);
        return true;
      case "Escape":
        this.leave();
        return true;
    }
    return false;
  }
}

function inside(v: number, [low, high]: Range): boolean {
  return v >= low && v <= high;
}

function same(a: Range, b: Range): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

function clamp(v: number, [low, high]: Range): number {
  return Math.min(Math.max(v, low), high);
}
