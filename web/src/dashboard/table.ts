import { button, element } from "../shared/dom";
import { show } from "../shared/number";
import { ask, type Page, type StudyRow, type TrialRow, type Value } from "./api";
import { count, duration } from "./words";

const pageRows = 25;
const typingPause = 250;

type Kind = "studies" | "trials";

interface Column {
  head: string;
  /** Column of the server that it is ordered by; empty = it cannot be. */
  by: string;
  left?: boolean;
}

const columnsOf: Record<Kind, Column[]> = {
  studies: [
    { head: "study", by: "study" },
    { head: "scenario", by: "scenario", left: true },
    { head: "agent", by: "agent", left: true },
    { head: "repeat", by: "repeat" },
    { head: "status", by: "status", left: true },
    { head: "trials", by: "trials" },
    { head: "failed", by: "failed" },
    { head: "best", by: "best" },
    { head: "spec met after", by: "met_after" },
    { head: "time", by: "seconds" },
    { head: "worker", by: "worker", left: true },
  ],
  trials: [
    { head: "study", by: "study" },
    { head: "trial", by: "trial" },
    { head: "agent", by: "agent", left: true },
    { head: "status", by: "status", left: true },
    { head: "score", by: "score" },
    { head: "design", by: "", left: true },
    { head: "metrics", by: "", left: true },
  ],
};

/** The tables of studies and of trials: filtered, ordered and paged by the server. */
export class Tables {
  readonly host: HTMLElement;
  private kind: Kind = "studies";
  private sort = "";
  private descending = false;
  private offset = 0;
  private running: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly filter = element("input", {
    type: "search",
    id: "filter",
    placeholder: "ga status=done trials>100",
    "aria-describedby": "filter-help",
    spellcheck: "false",
  });
  private readonly wrong = element("p", { class: "note", role: "alert" });
  private readonly found = element("p", { class: "problem", "aria-live": "polite" });
  private readonly known = element("p", { class: "problem", id: "filter-help" });
  private readonly head = element("thead");
  private readonly body = element("tbody");
  private readonly back = button("← Earlier", "The rows before these", () => this.turn(-pageRows));
  private readonly on = button("Later →", "The rows behind these", () => this.turn(pageRows));
  private readonly tabs: Record<Kind, HTMLButtonElement>;

  constructor(private readonly id: string) {
    this.tabs = {
      studies: button("Studies", "The table of studies", () => this.choose("studies")),
      trials: button("Trials", "The table of trials", () => this.choose("trials")),
    };
    this.filter.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.begin(), typingPause);
    });
    this.wrong.hidden = true;
    this.host = element(
      "section",
      { id: "table" },
      element("h2", {}, "Studies and trials"),
      element(
        "div",
        { class: "ask" },
        element("div", { class: "tabs", role: "group", "aria-label": "Table" }, this.tabs.studies, this.tabs.trials),
        element("label", { for: "filter" }, "Filter"),
        this.filter,
      ),
      this.known,
      this.wrong,
      this.found,
      element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table" }, element("table", { class: "rows" }, this.head, this.body)),
      element("div", { class: "pager" }, this.back, this.on),
    );
    this.choose("studies");
  }

  /** Shows trials, narrowed by a filter. */
  trials(filter: string) {
    this.filter.value = filter;
    this.choose("trials");
    this.host.scrollIntoView({ block: "start" });
    this.filter.focus({ preventScroll: true });
  }

  /** Asks again for what is shown: the sweep has gone on. Trials are read from files, so that only a table of studies does so by itself. */
  refresh() {
    if (this.kind === "studies" && !this.running) this.load();
  }

  private choose(kind: Kind) {
    this.kind = kind;
    [this.sort, this.descending] = ["", false];
    for (const [name, tab] of Object.entries(this.tabs)) tab.setAttribute("aria-pressed", String(name === kind));
    this.known.textContent = "";
    this.begin();
  }

  private begin() {
    this.offset = 0;
    this.load();
  }

  private turn(by: number) {
    this.offset = Math.max(0, this.offset + by);
    this.load();
  }

  private order(column: string) {
    if (this.sort === column) this.descending = !this.descending;
    else [this.sort, this.descending] = [column, false];
    this.begin();
  }

  private async load() {
    this.running?.abort();
    const mine = new AbortController();
    this.running = mine;
    const query = new URLSearchParams({ q: this.filter.value, offset: String(this.offset), limit: String(pageRows) });
    if (this.sort) query.set("sort", this.sort);
    if (this.descending) query.set("desc", "1");
    const slow = setTimeout(() => this.host.classList.add("slow"), 200);
    try {
      const page = await ask<Page<StudyRow> | Page<TrialRow>>(`/api/sweeps/${this.id}/${this.kind}?${query}`, mine.signal);
      if (this.running === mine) this.show(page);
    } catch (e) {
      if (mine.signal.aborted) return;
      this.wrong.textContent = e instanceof Error ? e.message : String(e);
      this.wrong.hidden = false;
    } finally {
      clearTimeout(slow);
      if (this.running === mine) {
        this.running = undefined;
        this.host.classList.remove("slow");
      }
    }
  }

  private show(page: Page<StudyRow> | Page<TrialRow>) {
    this.wrong.hidden = true;
    const known = `Words that a row has, or conditions: ${page.columns.join(", ")} with = != < <= > >= ~ (contains). A minus before a word turns it round.`;
    if (page.columns.length > 0 && this.known.textContent !== known) this.known.textContent = known;
    const last = page.offset + page.rows.length;
    const shown = page.rows.length > 0 ? `${count(page.offset + 1)} to ${count(last)} of ` : "";
    this.found.textContent = `${shown}${count(page.matches)}${page.matches < page.total ? ` that pass the filter, ${count(page.total)} in all` : ""}`;
    this.back.disabled = page.offset === 0;
    this.on.disabled = last >= page.matches;
    this.drawHead();
    this.body.replaceChildren(...page.rows.map((row) => (this.kind === "studies" ? this.study(row as StudyRow) : trial(row as TrialRow))));
  }

  private drawHead() {
    const focused = this.head.contains(document.activeElement) ? document.activeElement?.textContent : undefined;
    const heads = columnsOf[this.kind].map((c) => {
      const sorted = this.sort !== "" && this.sort === c.by;
      const head = element("th", {
        scope: "col",
        ...(c.left ? { class: "text" } : {}),
        ...(sorted ? { "aria-sort": this.descending ? "descending" : "ascending" } : {}),
      });
      if (c.by === "") head.append(c.head);
      else head.append(button(c.head, `Order by ${c.head}`, () => this.order(c.by)));
      return head;
    });
    this.head.replaceChildren(element("tr", {}, ...heads));
    for (const b of this.head.querySelectorAll("button")) if (b.textContent === focused) b.focus();
  }

  private study(r: StudyRow): HTMLElement {
    const link = button(String(r.study), "Its trials", () => this.trials(`study=${r.study}`));
    link.classList.add("link");
    return element(
      "tr",
      {},
      element("td", {}, link),
      text(r.scenario),
      text(r.agent),
      element("td", {}, String(r.repeat)),
      text(r.reason ? `${r.status}: ${r.reason}` : r.status),
      element("td", {}, count(r.trials)),
      element("td", {}, r.failed > 0 ? count(r.failed) : ""),
      element("td", {}, r.best === null ? "–" : show(r.best)),
      element("td", {}, r.met_after > 0 ? count(r.met_after) : "–"),
      element("td", {}, r.seconds === null ? "" : duration(r.seconds)),
      text(r.worker ?? ""),
    );
  }
}

function trial(r: TrialRow): HTMLElement {
  const status = element("td", { class: "long" }, r.status);
  if (r.reason) status.append(element("span", { class: "reason" }, r.reason));
  return element(
    "tr",
    { class: r.status },
    element("td", {}, String(r.study)),
    element("td", {}, String(r.trial)),
    text(r.agent),
    status,
    element("td", {}, r.objectives.map((v) => show(v)).join(", ") || "–"),
    values(r.axes),
    values(r.metrics),
  );
}

function text(content: string): HTMLElement {
  return element("td", { class: "text" }, content);
}

/** Names and values, as many as a line has, and all when asked. */
function values(list: Value[] | null): HTMLElement {
  const words = (list ?? []).map((v) => element("span", {}, element("b", {}, v.name), ` ${v.text}${v.unit ? ` ${v.unit}` : ""}`));
  const cell = element("td", { class: "long values" });
  if (words.length <= 4) cell.append(...words);
  else cell.append(element("details", {}, element("summary", {}, ...words.slice(0, 3), "…"), ...words.slice(3)));
  return cell;
}
