import { expect, test } from "vitest";
import { place, ticks, valueAt, whole } from "./scale";

const linear = { name: "", low: 0, high: 10 };
const log = { name: "", low: 1, high: 5000, log: true };

test("ticks of a linear axis are round", () => {
  expect(ticks(linear, [0, 10]).map((t) => t.label)).toEqual(["0", "2", "4", "6", "8", "10"]);
  expect(ticks(linear, [2.31, 2.36]).map((t) => t.label)).toEqual(["2.31", "2.32", "2.33", "2.34", "2.35", "2.36"]);
});

test("ticks of a logarithmic axis are decades with 2 and 5 between few of them", () => {
  expect(ticks(log, whole(log)).map((t) => t.label)).toEqual(["1", "10", "100", "1000"]);
  expect(ticks(log, [1, 2]).map((t) => t.label)).toEqual(["10", "20", "50", "100"]);
  expect(ticks(log, [Math.log10(20), Math.log10(31)]).map((t) => t.label)).toEqual(["20", "22", "24", "26", "28", "30"]);
});

test("ticks of categories are those in view", () => {
  expect(ticks({ name: "", low: -0.6, high: 2.4, labels: ["a", "b", "c"] }, [0.5, 2.4])).toEqual([
    { at: 1, label: "b" },
    { at: 2, label: "c" },
  ]);
});

test("a place on a logarithmic axis has its value back", () => {
  expect(valueAt(log, place(log, 250))).toBeCloseTo(250, 9);
});
