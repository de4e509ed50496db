import { uncoloured } from "../report/data";
import { enliven } from "../report/legend";
import { Plot } from "../report/plot";
import type { Hidden } from "../report/stops";
import { colourOf } from "../report/style";
import { button, element } from "../shared/dom";
import { show } from "../shared/number";
import type { Cell, CurvePoint, Scenario } from "./api";
import { assign, figureOf } from "./curves";
import { count, problem, withUnit } from "./words";

const colours = 7;
const rowsAtFirst = 20;

/** A scenario of the sweep: its figure, and its agents. */
export class ScenarioView {
  readonly host: HTMLElement;
  private readonly cells = new Map<number, Cell>();
  private readonly curves = new Map<number, CurvePoint[]>();
  private readonly colour = new Map<number, number>();
  private leaders: number[] = [];
  private all = false;
  private plot: Plot | undefined;
  private hidden: Hidden = () => false;
  private legendOf = "";
  private readonly figure: HTMLElement;
  private readonly legend = element("ul", { class: "legend", "aria-label": "Legend" });
  private readonly waiting = element("p", { class: "problem" }, "No design yet that meets every constraint.");
  private readonly rows = element("tbody");
  private readonly more = button("", "Show all agents, or the best only", () => {
    this.all = !this.all;
    this.fill();
  });

  constructor(
    readonly scenario: Scenario,
    private readonly index: number,
    private readonly budget: number,
    private readonly pick: (cell: Cell) => void,
  ) {
    this.figure = element("figure", { class: "wide" }, element("h3", {}, "Best so far"), element("div", { class: "canvas" }));
    this.figure.append(element("figcaption", {}, "The median of each agent’s studies as a line, from the best to the worst of them as a band."));
    const unit = scenario.objectives?.[0]?.unit;
    const heads = [
      "agent",
      "studies",
      "trials",
      ...(scenario.objectives ?? []).map((t) => `best ${t.name}`),
      "median",
      "meet the spec",
      "failed",
      "infeasible",
      "best design",
    ];
    this.host = element(
      "section",
      { "data-scenario": scenario.name },
      element("h2", {}, scenario.name, " ", element("small", {}, `${scenario.simulator} ${scenario.version}`)),
      element("p", { class: "problem" }, problem(scenario)),
      this.waiting,
      element("div", { class: "figures" }, this.figure),
      this.legend,
      element(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": `Agents of ${scenario.name}` },
        element(
          "table",
          { class: "cells" },
          element(
            "thead",
            {},
            element(
              "tr",
              {},
              ...heads.map((h) =>
                element(
                  "th",
                  { scope: "col", ...(h === "best design" ? { class: "text" } : {}) },
                  h,
                  ...(unit && h === "median" ? [element("span", {}, unit)] : []),
                ),
              ),
            ),
          ),
          this.rows,
        ),
      ),
      this.more,
    );
    this.figure.hidden = true;
    this.legend.hidden = true;
  }

  /** Takes what has changed. */
  take(cells: Cell[], curves: { cell: number; points: CurvePoint[] }[], leaders: number[] | undefined) {
    for (const c of cells) if (c.scenario === this.index) this.cells.set(c.id, c);
    for (const c of curves) if (this.cells.has(c.cell)) this.curves.set(c.cell, c.points);
    if (leaders) this.leaders = leaders;
    assign(this.colour, this.leaders, colours);
    this.fill();
    this.draw();
  }

  private draw() {
    const leaders = this.leaders.map((id) => this.cells.get(id)).filter((c): c is Cell => c !== undefined);
    const f = figureOf(`best-${this.index}`, this.scenario, this.budget, leaders, this.curves, this.colour);
    const some = f.series.some((s) => s.x.length > 0);
    this.waiting.hidden = some;
    this.figure.hidden = !some;
    this.legend.hidden = !some;
    if (!some) return;
    if (this.plot) this.plot.update(f);
    else this.plot = new Plot({ strings: [], figures: [] }, f, this.figure);
    const names = leaders.map((c) => `${this.colour.get(c.id)} ${c.agent}`).join("\n");
    if (names !== this.legendOf) {
      this.legendOf = names;
      this.legend.replaceChildren(...leaders.map((c) => element("li", { "data-series": c.agent }, this.key(c.id), c.agent)));
      this.hidden = () => false;
      enliven(this.legend, (hidden) => {
        this.hidden = hidden;
        this.plot?.hide(hidden);
      });
    }
    this.plot.hide(this.hidden);
  }

  private key(id: number): HTMLElement {
    const colour = this.colour.get(id) ?? uncoloured;
    return element("i", { class: "dot", style: `background:${colour === uncoloured ? "transparent" : colourOf(colour)}` });
  }

  /** Fills the table: the agents in the file's order where they are few, else the best. */
  private fill() {
    const list = [...this.cells.values()].sort((a, b) => a.id - b.id);
    const many = list.length > rowsAtFirst;
    if (many) {
      const sign = this.scenario.objectives?.[0]?.minimise ? 1 : -1;
      const rank = (c: Cell) => (c.best[0] === null || c.best[0] === undefined ? Number.POSITIVE_INFINITY : sign * c.best[0]);
      list.sort((a, b) => rank(a) - rank(b) || a.id - b.id);
    }
    this.more.hidden = !many;
    this.more.textContent = this.all ? `The best ${rowsAtFirst} only` : `All ${list.length} agents`;
    const focus = this.rows.contains(document.activeElement) ? document.activeElement?.closest("tr")?.dataset.cell : undefined;
    this.rows.replaceChildren(...(this.all ? list : list.slice(0, rowsAtFirst)).map((c) => this.row(c)));
    if (focus) this.rows.querySelector<HTMLElement>(`tr[data-cell="${focus}"] button`)?.focus();
  }

  private row(c: Cell): HTMLElement {
    const units = this.scenario.objectives ?? [];
    const agent = button(c.agent, "Its trials, below", () => this.pick(c));
    agent.classList.add("link");
    const cells = [
      `${c.studies.done}/${c.studies.total}`,
      count(c.trials),
      ...c.best.map((v, i) => (v === null ? "–" : withUnit(show(v), units[i]?.unit))),
      c.median === null ? "–" : show(c.median),
      `${c.reached}/${c.studies.total}`,
      c.failed > 0 ? count(c.failed) : "",
      c.infeasible > 0 ? count(c.infeasible) : "",
    ];
    const row = element(
      "tr",
      { "data-cell": String(c.id) },
      element("th", { scope: "row" }, element("span", { class: "agent" }, this.key(c.id), agent)),
      ...cells.map((text) => element("td", {}, text)),
    );
    const of = c.leader;
    row.append(element("td", { class: "long", title: of ? `study ${of.study}, repeat ${of.repeat}, trial ${of.trial}` : "" }, of?.design ?? ""));
    return row;
  }
}
