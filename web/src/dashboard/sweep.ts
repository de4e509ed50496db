import { element } from "../shared/dom";
import { themeButton } from "../shared/theme";
import { type Cell, listen, type Sweep } from "./api";
import { bar, fact, Line, notes, pill } from "./parts";
import { Faults, Workers } from "./people";
import { ScenarioView } from "./scenario";
import { Tables } from "./table";
import { count, duration, percent, rate } from "./words";

const tableEvery = 2000; // milliseconds between refreshes of a table

/** The page of one sweep. */
export function showSweep(root: HTMLElement, id: string) {
  const line = new Line();
  const head = element("div", { class: "top" });
  const again = element("div", { class: "again" });
  const scenarios = element("div");
  const workers = new Workers();
  const tables = new Tables(id);
  const faults = new Faults((filter) => tables.trials(filter));
  root.append(
    element("header", {}, themeButton(), element("p", { class: "kind" }, element("a", { href: "/" }, "← All sweeps")), head, again),
    line.host,
    element("main", {}, scenarios, workers.host, faults.host, tables.host),
  );
  let views: ScenarioView[] = [];
  let refreshed = 0;
  const pick = (c: Cell) => tables.trials(`scenario="${views[c.scenario]?.scenario.name ?? ""}" agent="${c.agent}"`);
  listen<Sweep>(`/api/sweeps/${id}/events`, {
    change: (d) => {
      line.say("");
      document.title = `${percent(d.card.trials)} % ${d.card.name} – codesign`;
      drawHead(head, d);
      if (d.whole) {
        views = (d.scenarios ?? []).map((s, i) => new ScenarioView(s, i, d.budget, pick));
        scenarios.replaceChildren(...views.map((v) => v.host));
        again.replaceChildren(...(d.command ? [element("p", {}, "Run again"), element("pre", {}, element("code", {}, d.command))] : []));
      }
      for (const [i, view] of views.entries()) view.take(d.cells ?? [], d.curves ?? [], d.leaders?.[i]);
      workers.take(d.workers);
      faults.take(d.faults ?? [], d.faulty, d.further);
      if (Date.now() - refreshed > tableEvery || d.card.status !== "running") {
        refreshed = Date.now();
        tables.refresh();
      }
    },
    lost: (why) =>
      line.say(
        why === "gone"
          ? "This sweep is not there any more: its folder was deleted, or another run has begun in it."
          : "Nothing is heard of the server. Trying again …",
      ),
  });
}

function drawHead(head: HTMLElement, d: Sweep) {
  const c = d.card;
  const facts = [
    fact("trials", `${count(c.trials.done)} of ${count(c.trials.total)}`),
    fact("studies", `${count(c.studies.done)} of ${count(c.studies.total)}`),
  ];
  if (c.status === "running") {
    facts.push(
      fact("trials a second", rate(c.trials_per_s).replace(" a second", "")),
      fact("left", duration(c.left_s), "At the present rate"),
      fact("workers", String(c.workers || "–")),
    );
  }
  facts.push(
    fact("meet the spec", count(c.met), "Trials that meet every constraint"),
    fact("infeasible", count(c.infeasible)),
    fact("failed", count(c.failed)),
  );
  const files = [["experiment.toml", "Experiment file"] as const, ["manifest.json", "Manifest"] as const];
  const links = (c.report ? [["report.html", "Report"] as const, ...files] : files).map(([file, name]) =>
    element("a", { href: `/sweep/${c.id}/${file}` }, name),
  );
  const focused = head.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : undefined;
  head.replaceChildren(
    element("h1", {}, c.name, " ", pill(c.status), ...(c.reading ? [element("small", {}, " still reading")] : [])),
    ...notes(c),
    bar(c.trials, c.failed, "Trials"),
    element("dl", { class: "glance" }, ...facts),
    element("p", { class: "links" }, ...links),
  );
  if (focused) head.querySelector<HTMLElement>(`a[href="${focused}"]`)?.focus();
}
