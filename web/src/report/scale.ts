import { show } from "../shared/number";
import type { AxisData } from "./data";

export type Range = [number, number];

/** Where a value lies on the drawn axis: a logarithmic one is drawn as a linear one of the decimal logarithm. */
export function place(a: AxisData, v: number): number {
  return a.log ? Math.log10(v) : v;
}

/** The inverse of place. */
export function valueAt(a: AxisData, at: number): number {
  return a.log ? 10 ** at : at;
}

/** The whole axis as drawn. */
export function whole(a: AxisData): Range {
  return [place(a, a.low), place(a, a.high)];
}

export interface Tick {
  at: number;
  label: string;
}

/** Ticks of the part of the axis that is shown, where they lie. */
export function ticks(a: AxisData, [low, high]: Range): Tick[] {
  if (a.labels) {
    return a.labels.map((label, at) => ({ at, label })).filter((t) => t.at >= low && t.at <= high);
  }
  if (a.log && high - low > Math.log10(3)) return logTicks(low, high);
  const values = linearTicks(valueAt(a, low), valueAt(a, high));
  return values.map((t) => ({ at: place(a, t.at), label: t.label }));
}

/** Four to ten multiples of 1, 2 or 5 times a power of ten, with just the digits that tell neighbours apart. */
function linearTicks(low: number, high: number): Tick[] {
  const span = high - low;
  if (!(span > 0)) return [];
  let step = 10 ** Math.floor(Math.log10(span));
  if (span / step < 2) step /= 5;
  else if (span / step < 4) step /= 2;
  const digits = 1 + Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high)))) - Math.floor(Math.log10(step));
  const list: Tick[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i <= Math.floor(high / step + 1e-9); i++) {
    list.push({ at: i * step, label: show(i * step, Math.max(1, digits)) });
  }
  return list;
}

/** The decades, with 2 and 5 between few of them; of many only some. */
function logTicks(low: number, high: number): Tick[] {
  const first = Math.floor(low);
  const last = Math.ceil(high);
  const stride = 1 + Math.floor((last - first) / 8);
  const digits = high - low < 3 ? [1, 2, 5] : [1];
  const list: Tick[] = [];
  for (let power = first; power <= last; power += stride) {
    for (const digit of stride > 1 ? [1] : digits) {
      const at = power + Math.log10(digit);
      if (at >= low - 1e-9 && at <= high + 1e-9) list.push({ at, label: show(digit * 10 ** power, 2) });
    }
  }
  return list;
}
