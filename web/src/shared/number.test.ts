import { expect, test } from "vitest";
import { show } from "./number";

test.each([
  [0, "0"],
  [1234567, "1234567"],
  [12345678, "1.235e7"],
  [0.00012345, "1.234e-4"],
  [1.5, "1.5"],
  [-2.50001, "-2.5"],
  [999.96, "1000"],
  [123.456, "123.5"],
  [null, "none"],
  [Number.POSITIVE_INFINITY, "none"],
])("%s is shown as %s", (value, text) => {
  expect(show(value)).toBe(text);
});
