import { element } from "../shared/dom";
import type { Card, Share, Status } from "./api";
import { count, percent, statusMeans, statusWords } from "./words";

/** A status as a coloured word. */
export function pill(status: Status): HTMLElement {
  return element("span", { class: `pill ${status}`, title: statusMeans[status] }, statusWords[status]);
}

/** A bar of how much is done; the failed part of it is marked. */
export function bar(of: Share, failed: number, label: string): HTMLElement {
  const at = percent(of);
  const host = element("div", {
    class: "bar",
    role: "progressbar",
    "aria-label": label,
    "aria-valuemin": "0",
    "aria-valuemax": "100",
    "aria-valuenow": String(at),
    "aria-valuetext": `${count(of.done)} of ${count(of.total)}`,
  });
  const part = (kind: string, share: number) => host.append(element("i", { class: kind, style: `width:${share}%` }));
  const wrong = of.total > 0 ? (100 * failed) / of.total : 0;
  part("done", Math.max(0, at - wrong));
  if (failed > 0) part("wrong", Math.max(wrong, 0.3));
  return host;
}

/** A figure of the glance line. */
export function fact(name: string, value: string, title = ""): HTMLElement {
  return element("div", title ? { title } : {}, element("dt", {}, name), element("dd", {}, value));
}

/** What a user should know about a sweep. */
export function notes(card: Card): HTMLElement[] {
  return [card.error, card.note].filter((text): text is string => !!text).map((text) => element("p", { class: "note" }, text));
}

/** A line that says when nothing is heard of the server, and when it is again. */
export class Line {
  readonly host = element("p", { class: "line", role: "status", "aria-live": "polite" });

  constructor() {
    this.host.hidden = true;
  }

  say(text: string) {
    this.host.textContent = text;
    this.host.hidden = text === "";
  }
}
