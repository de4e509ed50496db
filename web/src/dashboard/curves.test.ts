import { expect, test } from "vitest";
import type { Cell, CurvePoint, Scenario } from "./api";
import { assign, axisOf, figureOf } from "./curves";

const scenario: Scenario = { name: "s", simulator: "toy", version: "1", objectives: [{ name: "latency_ns", unit: "ns", minimise: true }], constraints: null };
const cell: Cell = {
  id: 4,
  scenario: 0,
  agent: "ga",
  kind: "ga",
  studies: { done: 1, total: 2 },
  begun: 2,
  trials: 20,
  failed: 0,
  infeasible: 0,
  best: [5],
  median: 6,
  reached: 2,
  leader: null,
};
const points: CurvePoint[] = [
  { trials: 1, studies: 2, best: 9, median: null, worst: null },
  { trials: 10, studies: 2, best: 5, median: 6, worst: 7 },
];

test("a leader's studies are a band around their median", () => {
  const f = figureOf("a", scenario, 100, [cell], new Map([[4, points]]), new Map([[4, 2]]));
  expect(f.y.name).toBe("latency_ns (ns)");
  expect(f.x).toEqual({ name: "trials", low: 0, high: 100, log: false });
  expect(f.series).toEqual([{ name: "ga", mark: "band", colour: 2, x: [1, 10], y: [null, 6], low: [9, 5], high: [null, 7] }]);
});

test("of a maximised objective the best is above", () => {
  const up = { ...scenario, objectives: [{ name: "fps" }], optimum: 12 };
  const f = figureOf("a", up, 1000, [cell], new Map([[4, points.map((p) => ({ ...p, best: p.worst, worst: p.best }))]]), new Map());
  expect(f.series[0]?.low).toEqual([9, 5]);
  expect(f.series[0]?.high).toEqual([null, 7]);
  expect(f.series[1]).toMatchObject({ mark: "rule", y: [12] });
  expect(f.x.log).toBe(true);
  expect(f.y.high).toBeGreaterThan(12);
});

test("axes hold their values", () => {
  expect(axisOf("a", [])).toEqual({ name: "a", low: 0, high: 1 });
  expect(axisOf("a", [1, 1000]).log).toBe(true);
  const flat = axisOf("a", [3]);
  expect(flat.low).toBeLessThan(3);
  expect(flat.high).toBeGreaterThan(3);
  expect(axisOf("a", [-1, 1]).log).toBeUndefined();
});

test("agents keep their colours while they lead", () => {
  const colours = new Map<number, number>();
  assign(colours, [3, 5], 3);
  expect([...colours]).toEqual([
    [3, 0],
    [5, 1],
  ]);
  assign(colours, [5, 7, 9, 11], 3);
  expect(colours.get(5)).toBe(1);
  expect(colours.get(7)).toBe(0);
  expect(colours.get(9)).toBe(2);
  expect(colours.get(11)).toBe(-1);
  expect(colours.has(3)).toBe(false);
});
