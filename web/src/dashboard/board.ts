import { element } from "../shared/dom";
import { themeButton } from "../shared/theme";
import { type Board, type Card, listen } from "./api";
import { bar, Line, notes, pill } from "./parts";
import { count, duration, percent, rate } from "./words";

/** The page of all sweeps. */
export function showBoard(root: HTMLElement) {
  document.title = "Sweeps – codesign";
  const line = new Line();
  const list = element("div", { class: "cards" });
  const empty = element("p", { class: "problem" }, "There is no sweep in this folder yet. One that begins in it appears here.");
  root.append(
    element("header", {}, themeButton(), element("p", { class: "kind" }, "codesign dashboard"), element("h1", {}, "Sweeps")),
    line.host,
    element("main", {}, empty, list),
  );
  const cards = new Map<string, HTMLElement>();
  let order: string[] = [];
  empty.hidden = true;
  listen<Board>("/api/events", {
    change: (d) => {
      line.say(d.note ?? "");
      order = d.order ?? order;
      for (const card of d.cards) {
        const made = cardOf(card);
        cards.get(card.id)?.replaceWith(made);
        cards.set(card.id, made);
      }
      for (const [id, host] of cards) {
        if (order.includes(id)) continue;
        host.remove();
        cards.delete(id);
      }
      place(
        list,
        order.map((id) => cards.get(id)).filter((c): c is HTMLElement => c !== undefined),
      );
      empty.hidden = order.length > 0;
    },
    lost: () => line.say("Nothing is heard of the server. Trying again …"),
  });
}

/** Puts cards into their order, and leaves those alone that are in it: the focus stays where it is. */
function place(list: HTMLElement, wanted: HTMLElement[]) {
  wanted.forEach((card, i) => {
    if (list.children[i] !== card) list.insertBefore(card, list.children[i] ?? null);
  });
}

function cardOf(c: Card): HTMLElement {
  const focused = document.activeElement?.getAttribute("href") === `/sweep/${c.id}`;
  const link = element("a", { href: `/sweep/${c.id}` }, c.name);
  const host = element(
    "article",
    { class: "card", "data-id": c.id },
    element("header", {}, element("h2", {}, link), pill(c.status)),
    element("p", { class: "problem" }, c.folder + (c.started ? ` · ${since(c)}` : "")),
    ...notes(c),
  );
  if (c.known) {
    host.append(bar(c.trials, c.failed, `Trials of ${c.name}`), element("p", { class: "numbers" }, ...numbers(c)));
  }
  if (c.report) host.append(element("p", { class: "links" }, element("a", { href: `/sweep/${c.id}/report.html` }, "Report")));
  if (focused) queueMicrotask(() => link.focus());
  return host;
}

function since(c: Card): string {
  const from = Date.parse(c.started ?? "");
  const to = c.ended ? Date.parse(c.ended) : Date.now();
  const ago = (Date.now() - (c.ended ? to : from)) / 1000;
  return c.ended ? `ended ${duration(ago)} ago, took ${duration((to - from) / 1000)}` : `began ${duration(ago)} ago`;
}

function numbers(c: Card): HTMLElement[] {
  const parts = [
    `${percent(c.trials)} %`,
    `${count(c.trials.done)} of ${count(c.trials.total)} trials`,
    `${count(c.studies.done)} of ${count(c.studies.total)} studies`,
  ];
  if (c.failed > 0) parts.push(`${count(c.failed)} failed`);
  if (c.status === "running") {
    parts.push(rate(c.trials_per_s));
    if (c.left_s !== null) parts.push(`${duration(c.left_s)} left`);
    if (c.workers > 1) parts.push(`${c.workers} workers`);
  }
  if (c.reading) parts.push("still reading");
  return parts.map((text) => element("span", {}, text));
}
