/** A number with so many significant digits, without trailing zeros; digits before the point stay below ten millions. Like chart.Number in Go. */
export function show(v: number | null | undefined, digits = 4): string {
  if (v === null || v === undefined || !Number.isFinite(v)) return "none";
  if (v === 0) return "0";
  const size = Math.abs(v);
  if (size < 1e-3 || size >= 1e7) {
    const [mantissa = "", power = ""] = v.toExponential(digits - 1).split("e");
    return `${trim(mantissa)}e${Number(power)}`;
  }
  return trim(v.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(size)))));
}

function trim(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}
