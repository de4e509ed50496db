import { element } from "../shared/dom";
import { uncoloured } from "./data";
import type { Hidden } from "./stops";

/** Makes the entries of a legend switches: each shows or hides an agent in all figures of its section. Twice clicked, it leaves that one alone. */
export function enliven(legend: HTMLElement, change: (hidden: Hidden) => void) {
  const entries = [...legend.querySelectorAll<HTMLLIElement>("li[data-series]")];
  const off = new Set<string>();
  const switches = entries.map((entry) => {
    const name = entry.dataset.series ?? "";
    const toggle = element("button", { type: "button", "aria-pressed": "true", title: "Show or hide; double-click: only this one" }, ...entry.childNodes);
    toggle.addEventListener("click", () => {
      if (!off.delete(name)) off.add(name);
      apply();
    });
    toggle.addEventListener("dblclick", () => {
      const alone = entries.every((e) => (e.dataset.series ?? "") === name || off.has(e.dataset.series ?? ""));
      off.clear();
      if (!alone) for (const e of entries) if ((e.dataset.series ?? "") !== name) off.add(e.dataset.series ?? "");
      apply();
    });
    entry.append(toggle);
    return { name, toggle };
  });
  const apply = () => {
    for (const { name, toggle } of switches) toggle.setAttribute("aria-pressed", String(!off.has(name)));
    change((name, colour) => colour >= uncoloured && off.has(colour === uncoloured ? "" : name));
  };
}
