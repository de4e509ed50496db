import "../shared/base.css";
import "./report.css";
import { button } from "../shared/dom";
import { themeButton } from "../shared/theme";
import { Coordinates } from "./coordinates";
import type { Document } from "./data";
import { enliven } from "./legend";
import { Plot } from "./plot";
import type { Hidden } from "./stops";
import { enlivenTable } from "./tables";

const doc: Document = JSON.parse(document.getElementById("figures")?.textContent ?? '{"strings":[],"figures":[]}');
const data = new Map(doc.figures.map((f) => [f.id, f]));

for (const section of document.querySelectorAll<HTMLElement>("main > section")) enlivenSection(section);
for (const table of document.querySelectorAll<HTMLTableElement>("table.summary")) enlivenTable(table);
for (const command of document.querySelectorAll<HTMLElement>(".again pre")) offerCopy(command);
document.querySelector("header")?.prepend(themeButton());
followNavigation();

/** The section's figures come alive when they are about to be seen: a long report has many. Still ones stay until then. */
function enlivenSection(section: HTMLElement) {
  const plots: { hide(hidden: Hidden): void }[] = [];
  let hidden: Hidden = () => false;
  const legend = section.querySelector<HTMLElement>(".legend");
  if (legend) {
    enliven(legend, (now) => {
      hidden = now;
      for (const plot of plots) plot.hide(hidden);
    });
  }
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const f = data.get((target as HTMLElement).dataset.figure ?? "");
        if (!isIntersecting || !f) continue;
        seen.unobserve(target);
        const plot = new (f.across ? Coordinates : Plot)(doc, f, target as HTMLElement);
        plot.hide(hidden);
        plots.push(plot);
      }
    },
    { rootMargin: "600px" },
  );
  for (const figure of section.querySelectorAll("figure[data-figure]")) seen.observe(figure);
}

function offerCopy(command: HTMLElement) {
  const copy = button("Copy", "Copy the command", async () => {
    await navigator.clipboard.writeText(command.textContent ?? "");
    copy.textContent = "Copied";
    setTimeout(() => {
      copy.textContent = "Copy";
    }, 1500);
  });
  copy.classList.add("copy");
  command.before(copy);
}

/** Marks the section that is being read: the last one that begins in the upper part of the window. */
function followNavigation() {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("nav a")];
  const mark = () => {
    const begun = links.filter((a) => (document.getElementById(a.hash.slice(1))?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY) < innerHeight / 3);
    for (const link of links) {
      if (link === begun.at(-1)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", mark, { passive: true });
  mark();
}
