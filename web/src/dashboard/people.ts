import { button, element } from "../shared/dom";
import type { Fault, Worker } from "./api";
import { count, duration } from "./words";

const silentFor = 30; // seconds, after which a worker is probably gone

/** Who works on the sweep. The age of their last sign of life goes on between events. */
export class Workers {
  readonly host: HTMLElement;
  private readonly rows = element("tbody");
  private list: Worker[] = [];
  private heard = Date.now();

  constructor() {
    const heads = ["worker", "last heard", "at studies", "finished studies", "evaluations"];
    this.host = section("Workers", heads, this.rows);
    setInterval(() => this.fill(), 1000);
  }

  take(list: Worker[] | null) {
    if (!list) return;
    [this.list, this.heard] = [list, Date.now()];
    this.fill();
  }

  private fill() {
    this.host.hidden = this.list.length === 0;
    const later = (Date.now() - this.heard) / 1000;
    this.rows.replaceChildren(
      ...this.list.map((w) => {
        const silent = w.silent_s + later;
        const at = (w.studies ?? []).join(", ") + (w.at > (w.studies?.length ?? 0) ? ` and ${w.at - (w.studies?.length ?? 0)} more` : "");
        return element(
          "tr",
          w.left || silent > silentFor ? { class: "away" } : {},
          element("th", { scope: "row" }, w.name),
          element("td", {}, w.left ? "has left" : silent < 2 ? "now" : `${duration(silent)} ago`),
          element("td", { class: "long" }, at),
          element("td", {}, count(w.finished)),
          element("td", {}, w.evaluations > 0 ? count(w.evaluations) : ""),
        );
      }),
    );
  }
}

/** Why trials have no score, the most frequent reason first. */
export class Faults {
  readonly host: HTMLElement;
  private readonly rows = element("tbody");
  private readonly sum = element("small");
  private readonly groups = new Map<string, Fault>();

  constructor(private readonly pick: (filter: string) => void) {
    this.host = section("Trials without a score", ["kind", "trials", "the first", "reason", "design"], this.rows);
    this.host.querySelector("h2")?.append(" ", this.sum);
    this.host.hidden = true;
  }

  take(list: Fault[], faulty: number, further: number) {
    for (const f of list) this.groups.set(`${f.kind} ${f.study} ${f.trial}`, f);
    this.host.hidden = faulty === 0;
    this.sum.textContent = count(faulty) + (further > 0 ? `, ${count(further)} of them for further reasons` : "");
    if (list.length === 0) return;
    const all = [...this.groups.values()].sort((a, b) => Number(a.kind === "infeasible") - Number(b.kind === "infeasible") || b.trials - a.trials);
    this.rows.replaceChildren(
      ...all.map((f) => {
        const first = button(`study ${f.study}, trial ${f.trial}`, "Show it in the table of trials", () => this.pick(`study=${f.study} trial=${f.trial}`));
        first.classList.add("link");
        return element(
          "tr",
          {},
          element("th", { scope: "row" }, element("span", { class: `pill ${f.kind === "infeasible" ? "interrupted" : "failed"}` }, f.kind)),
          element("td", {}, count(f.trials)),
          element("td", { class: "text" }, first),
          element("td", { class: "long" }, f.reason),
          element("td", { class: "long" }, f.design),
        );
      }),
    );
  }
}

const left = ["at studies", "the first", "reason", "design"];

function section(title: string, heads: string[], rows: HTMLElement): HTMLElement {
  return element(
    "section",
    {},
    element("h2", {}, title),
    element(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
      element(
        "table",
        {},
        element("thead", {}, element("tr", {}, ...heads.map((h) => element("th", { scope: "col", ...(left.includes(h) ? { class: "text" } : {}) }, h)))),
        rows,
      ),
    ),
  );
}
