import { button, element } from "../shared/dom";

const manyRows = 12;

/** Lets the reader sort a table by its columns, and filter it when it is long. */
export function enlivenTable(table: HTMLTableElement) {
  const body = table.tBodies[0];
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (!body || body.rows.length < 2) return;
  heads.forEach((head, column) => {
    const sort = button("", "Sort by this column", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const h of heads) h.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) => compare(a.cells[column]?.textContent ?? "", b.cells[column]?.textContent ?? ""));
      body.append(...(down ? rows.reverse() : rows));
    });
    sort.append(...head.childNodes);
    head.append(sort);
  });
  if (body.rows.length > manyRows) table.before(filterOf(body));
}

function filterOf(body: HTMLTableSectionElement): HTMLElement {
  const input = element("input", { type: "search", placeholder: "Filter", "aria-label": "Show only rows with this text" });
  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase();
    for (const row of body.rows) row.hidden = !(row.textContent ?? "").toLowerCase().includes(wanted);
  });
  return input;
}

/** Orders cells: numbers with what follows them, durations too, before texts. */
export function compare(a: string, b: string): number {
  const [x, y] = [amount(a), amount(b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a.localeCompare(b);
  return x - y;
}

/** The number that a cell begins with; of a duration its seconds; NaN without one. */
export function amount(cell: string): number {
  const text = cell.trim().replaceAll("\u202f", "");
  const long = /^(?:(\d+)h)?(\d+)m(?:(\d+)s)?$/.exec(text);
  if (long) return 3600 * Number(long[1] ?? 0) + 60 * Number(long[2]) + Number(long[3] ?? 0);
  const found = /^\[?(-?\d+(?:\.\d+)?(?:e-?\d+)?)(?: (ms|s))?(?![\w])/.exec(text);
  if (!found) return Number.NaN;
  return Number(found[1]) / (found[2] === "ms" ? 1000 : 1);
}
