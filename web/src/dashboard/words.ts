import { show } from "../shared/number";
import type { Scenario, Share, Status, Term } from "./api";

/** Seconds as a person says them. */
export function duration(s: number | null): string {
  if (s === null || !Number.isFinite(s)) return "–";
  if (s < 1) return "< 1 s";
  if (s < 90) return `${Math.round(s)} s`;
  if (s < 90 * 60) return `${Math.round(s / 60)} min`;
  if (s < 48 * 3600) return `${Math.floor(s / 3600)} h ${Math.round((s % 3600) / 60)} min`;
  if (s < 100 * 86400) return `${Math.round(s / 86400)} days`;
  return "more than three months";
}

/** A count with its thousands apart. */
export function count(n: number): string {
  return n.toString().replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** How many trials a second there are. */
export function rate(perSecond: number | null): string {
  if (perSecond === null) return "–";
  if (perSecond > 0 && perSecond < 0.5) return `${show(perSecond * 60, 2)} a minute`;
  return `${perSecond < 10 ? show(perSecond, 2) : count(Math.round(perSecond))} a second`;
}

/** The part that is done in percent; it is 100 only when all is done. */
export function percent({ done, total }: Share): number {
  if (total <= 0) return 0;
  return done < total ? Math.min(99.9, Math.floor((1000 * done) / total) / 10) : 100;
}

export function withUnit(text: string, unit?: string): string {
  return unit ? `${text} ${unit}` : text;
}

/** What a scenario asks for. */
export function problem(s: Scenario): string {
  const goals = (s.objectives ?? []).map((t) => `${t.minimise ? "minimise" : "maximise"} ${t.name}${t.unit ? ` (${t.unit})` : ""}`);
  const limits = (s.constraints ?? []).map((t) => `${t.name} ${t.at_least ? "≥" : "≤"} ${withUnit(show(t.bound), t.unit)}`);
  return goals.join(", ") + (limits.length > 0 ? ` subject to ${limits.join(", ")}` : "");
}

export function axisName(t: Term): string {
  return t.unit ? `${t.name} (${t.unit})` : t.name;
}

export const statusWords: Record<Status, string> = {
  running: "Running",
  stalled: "Stalled",
  interrupted: "Interrupted",
  failed: "Failed",
  complete: "Complete",
};

/** What a status means. */
export const statusMeans: Record<Status, string> = {
  running: "A process works on it",
  stalled: "It says it runs, but nothing is heard of its process: continue it with --resume",
  interrupted: "It was interrupted: continue it with --resume",
  failed: "It ended with an error",
  complete: "All studies have come to their end",
};
