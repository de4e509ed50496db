import { expect, test } from "vitest";
import type { Document, FigureData } from "./data";
import { at, spoken, stopsOf } from "./stops";

const doc: Document = { strings: ["rows", "16 PE", "found by", "ga, repeat 1"], figures: [] };
const axis = (name: string) => ({ name, low: 0, high: 10 });
const nobody = () => false;

test("a curve holds its value until the next one", () => {
  const curve = { name: "ga", mark: "stair" as const, colour: 0, x: [1, 3, 7], y: [5, 4, 2] };
  expect([0, 1, 2, 3, 6, 7, 9].map((x) => at(curve, x))).toEqual([-1, 0, 0, 1, 1, 2, 2]);
});

test("curves are read together at every x, the highest first", () => {
  const f: FigureData = {
    id: "f",
    title: "f",
    x: axis("trials"),
    y: axis("best"),
    series: [
      { name: "ga", mark: "band", colour: 0, x: [1, 4], y: [5, 2], low: [4, 1], high: [null, 3] },
      { name: "bo", mark: "band", colour: 1, x: [2], y: [3], low: [3], high: [3] },
      { name: "many", mark: "band", colour: -1, x: [1], y: [9], low: [9], high: [9] },
    ],
  };
  const stops = stopsOf(doc, f, nobody);
  expect(stops.map((s) => s.x)).toEqual([1, 2, 4]);
  expect(stops.map((s) => spoken(s.text()))).toEqual([
    "1 trials, ga 5  [4, none]",
    "2 trials, ga 5  [4, none], bo 3  [3, 3]",
    "4 trials, bo 3  [3, 3], ga 2  [1, 3]",
  ]);
  expect(stopsOf(doc, f, (name) => name !== "bo").map((s) => s.x)).toEqual([2]);
});

test("a point says what it is", () => {
  const f: FigureData = {
    id: "f",
    title: "f",
    x: axis("latency"),
    y: axis("area"),
    series: [
      { name: "ga", mark: "points", colour: 0, x: [4, 2], y: [1, 8], facts: [[0, 1, 2, 3], null] },
      { name: "", mark: "border-up", colour: -2, x: [1], y: [1] },
    ],
  };
  expect(stopsOf(doc, f, nobody).map((s) => spoken(s.text()))).toEqual(["ga, latency 2, area 8", "ga, latency 4, area 1, rows 16 PE, found by ga, repeat 1"]);
});
