import type { AxisData, FigureData, SeriesData } from "../report/data";
import type { Cell, CurvePoint, Scenario } from "./api";
import { axisName } from "./words";

/** From how many trials a study on their axis is logarithmic, as in reports. */
const logTrials = 500;

/** The best-so-far figure of a scenario: the median of each leader's studies as a line, from their best to their worst as a band. */
export function figureOf(
  id: string,
  scenario: Scenario,
  budget: number,
  leaders: Cell[],
  curves: Map<number, CurvePoint[]>,
  colours: Map<number, number>,
): FigureData {
  const goal = scenario.objectives?.[0] ?? { name: "score" };
  const series: SeriesData[] = leaders.map((cell) => {
    const points = curves.get(cell.id) ?? [];
    const low = goal.minimise ? "best" : "worst";
    const high = goal.minimise ? "worst" : "best";
    return {
      name: cell.agent,
      mark: "band",
      colour: colours.get(cell.id) ?? -1,
      x: points.map((p) => p.trials),
      y: points.map((p) => p.median),
      low: points.map((p) => p[low]),
      high: points.map((p) => p[high]),
    };
  });
  const best = (s: SeriesData) => (goal.minimise ? s.low : s.high) ?? [];
  const seen = series.flatMap((s) => [...s.y, ...best(s)]).filter((v): v is number => v !== null); // the worst ones may run off the plot
  if (scenario.optimum !== undefined) {
    seen.push(scenario.optimum);
    series.push({ name: "", mark: "rule", colour: -2, x: [], y: [scenario.optimum] });
  }
  const log = budget > logTrials;
  return { id, title: "Best so far", x: { name: "trials", low: log ? 1 : 0, high: Math.max(budget, 2), log }, y: axisOf(axisName(goal), seen), series };
}

/** An axis with some air around the values; over more than two decades it is logarithmic. */
export function axisOf(name: string, values: number[]): AxisData {
  if (values.length === 0) return { name, low: 0, high: 1 };
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (low > 0 && high / low > 100) return { name, low: low / 1.2, high: high * 1.2, log: true };
  const air = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  return { name, low: low - air, high: high + air };
}

/** A colour for each leader, which it keeps as long as it is one: agents do not change their colours while one looks. */
export function assign(colours: Map<number, number>, leaders: number[], most: number) {
  for (const id of [...colours.keys()]) if (!leaders.includes(id)) colours.delete(id);
  const taken = new Set(colours.values());
  for (const id of leaders) {
    if (colours.has(id)) continue;
    let free = 0;
    while (taken.has(free) && free < most) free++;
    colours.set(id, free < most ? free : -1);
    taken.add(free);
  }
}
