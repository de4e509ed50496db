import { expect, test } from "vitest";
import { count, duration, percent, problem, rate } from "./words";

test.each([
  [null, "–"],
  [0.2, "< 1 s"],
  [42.4, "42 s"],
  [600, "10 min"],
  [3 * 3600 + 20 * 60, "3 h 20 min"],
  [5 * 86400, "5 days"],
  [1e9, "more than three months"],
])("%s seconds are %s", (s, text) => expect(duration(s)).toBe(text));

test.each([
  [7, "7"],
  [1234, "1\u202f234"],
  [3600000, "3\u202f600\u202f000"],
])("%s is counted as %s", (n, text) => expect(count(n)).toBe(text));

test.each([
  [null, "–"],
  [0, "0 a second"],
  [0.1, "6 a minute"],
  [2.345, "2.3 a second"],
  [27023.4, "27\u202f023 a second"],
])("%s a second", (perSecond, text) => expect(rate(perSecond)).toBe(text));

test("all is done only when it is", () => {
  expect(percent({ done: 0, total: 0 })).toBe(0);
  expect(percent({ done: 1, total: 3 })).toBe(33.3);
  expect(percent({ done: 999999, total: 1000000 })).toBe(99.9);
  expect(percent({ done: 8, total: 8 })).toBe(100);
});

test("a problem in words", () => {
  const scenario = { name: "a", simulator: "b", version: "1" };
  expect(
    problem({
      ...scenario,
      objectives: [{ name: "edp_j_s", unit: "J·s", minimise: true }],
      constraints: [
        { name: "area_mm2", unit: "mm2", bound: 10 },
        { name: "fps", bound: 60, at_least: true },
      ],
    }),
  ).toBe("minimise edp_j_s (J·s) subject to area_mm2 ≤ 10 mm2, fps ≥ 60");
  expect(problem({ ...scenario, objectives: [{ name: "score" }], constraints: null })).toBe("maximise score");
});
