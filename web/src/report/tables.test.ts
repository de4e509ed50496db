import { expect, test } from "vitest";
import { amount, compare } from "./tables";

test.each([
  ["1.25e7", 1.25e7],
  ["[3, 5]", 3],
  ["12.5 % (3/5)", 12.5],
  ["1h02m", 3720],
  ["2m05s", 125],
  ["71 ms", 0.071],
  ["12\u202f500", 12500],
  ["- (0/5)", Number.NaN],
  ["none", Number.NaN],
  ["3dcube", Number.NaN],
])("%s counts as %s", (cell, value) => {
  expect(amount(cell)).toBe(value);
});

test("cells without a number come last, in the order of their letters", () => {
  expect(["none", "10", "-", "9 ms", "1 s"].sort(compare)).toEqual(["9 ms", "1 s", "10", "-", "none"]);
});
