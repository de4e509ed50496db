import { button, element } from "../shared/dom";
import { type Contents, csvOf, save, standalone } from "./files";

/** A figure's place in the page with its tools: the table beside it, and files. */
export interface Frame {
  figure: HTMLElement;
  host: HTMLElement;
  tools: HTMLElement;
}

const mostRows = 500;

/** Puts an empty plot where the still figure is. */
export function frame(figure: HTMLElement, id: string, height: number, svg: () => string, contents: () => Contents): Frame {
  const host = element("div", { class: "plot", style: `min-height:${height}px` });
  const tools = element("div", { class: "tools" });
  const table = element("div", { class: "scroll data", tabindex: "0", role: "region", "aria-label": "Data of the figure" });
  table.hidden = true;
  const toggle = button("Table", "The figure's data as a table", () => {
    table.hidden = !table.hidden;
    toggle.setAttribute("aria-expanded", String(!table.hidden));
    if (!table.hidden) table.replaceChildren(tableOf(contents()));
  });
  toggle.setAttribute("aria-expanded", "false");
  tools.append(
    toggle,
    button("CSV", "Save the figure's data", () => {
      const { head, rows } = contents();
      save(`${id}.csv`, "text/csv", csvOf(head, rows));
    }),
    button("SVG", "Save the figure as it is now", () => save(`${id}.svg`, "image/svg+xml", standalone(svg()))),
  );
  const still = figure.querySelector(".canvas");
  still?.replaceWith(host);
  figure.querySelector("h3")?.after(tools);
  figure.append(table);
  figure.classList.add("live");
  return { figure, host, tools };
}

export function tableOf({ head, rows }: Contents): HTMLTableElement {
  const body = rows.slice(0, mostRows).map((row) => {
    const cells = row.map((text, i) => (i === 0 ? element("th", { scope: "row" }, text) : element("td", {}, text)));
    return element("tr", {}, ...cells);
  });
  const table = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...body),
  );
  if (rows.length > mostRows) table.prepend(element("caption", {}, `The first ${mostRows} of ${rows.length} rows; all are in the CSV file.`));
  return table;
}
