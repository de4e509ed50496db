import { ink, uncoloured } from "./data";

/** The colour of a series: a variable of the page's style sheet, so that it follows the scheme and prints in the light one. */
export function colourOf(colour: number): string {
  switch (colour) {
    case uncoloured:
      return "var(--muted)";
    case ink:
      return "var(--ink)";
  }
  return `var(--agent${colour})`;
}

const dashes: (number[] | "solid")[] = ["solid", [7, 3], [2, 2], [9, 3, 2, 3], [4, 3], [14, 3], [9, 2, 2, 2, 2, 2]];

/** The line of a series, as still figures have it: colours are told apart by dashes too. */
export function lineOf(colour: number) {
  if (colour === uncoloured) return { color: colourOf(colour), width: 1, type: "solid" as const };
  if (colour === ink) return { color: colourOf(colour), width: 1, type: "solid" as const };
  return { color: colourOf(colour), width: 2, type: dashes[colour] ?? "solid" };
}

const star = "path://M0,-10 L2.35,-3.24 L9.51,-3.09 L3.8,1.24 L5.88,8.09 L0,4 L-5.88,8.09 L-3.8,1.24 L-9.51,-3.09 L-2.35,-3.24 Z";
const cross = "path://M-7,-7 L0,-2.4 L7,-7 L2.4,0 L7,7 L0,2.4 L-7,7 L-2.4,0 Z";
const symbols = ["circle", "rect", "triangle", "diamond", "path://M-9,-6 L9,-6 L0,9 Z", star, cross];

/** The glyph of a series, and its size in pixels. */
export function symbolOf(colour: number): { symbol: string; symbolSize: number } {
  if (colour < 0) return { symbol: "circle", symbolSize: 5 };
  return { symbol: symbols[colour] ?? "circle", symbolSize: colour === 3 || colour === 5 ? 11 : 9 };
}
