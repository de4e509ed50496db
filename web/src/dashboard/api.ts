/** What the server sends: experiments/dashboard declares the same types. Null is a number that is not there. */
type Num = number | null;

export interface Share {
  done: number;
  total: number;
}

export type Status = "running" | "stalled" | "interrupted" | "failed" | "complete";

export interface Card {
  id: string;
  name: string;
  folder: string;
  status: Status;
  error?: string;
  note?: string;
  started?: string;
  ended?: string;
  attempts: number;
  report: boolean;
  known: boolean;
  reading?: boolean;
  studies: Share;
  running: number;
  trials: Share;
  failed: number;
  infeasible: number;
  met: number;
  trials_per_s: Num;
  left_s: Num;
  workers: number;
}

export interface Board {
  version: number;
  whole: boolean;
  note?: string;
  order?: string[];
  cards: Card[];
}

export interface Term {
  name: string;
  unit?: string;
  minimise?: boolean;
  bound?: number;
  at_least?: boolean;
}

export interface Scenario {
  name: string;
  simulator: string;
  version: string;
  objectives: Term[] | null;
  constraints: Term[] | null;
  optimum?: number;
}

export interface Cell {
  id: number;
  scenario: number;
  agent: string;
  kind: string;
  studies: Share;
  begun: number;
  trials: number;
  failed: number;
  infeasible: number;
  best: Num[];
  median: Num;
  reached: number;
  leader: { study: number; repeat: number; trial: number; design: string } | null;
}

export interface CurvePoint {
  trials: number;
  studies: number;
  best: Num;
  median: Num;
  worst: Num;
}

export interface Worker {
  name: string;
  joined: string;
  silent_s: number;
  left: boolean;
  studies: number[] | null;
  at: number;
  finished: number;
  evaluations: number;
}

export interface Fault {
  kind: string;
  reason: string;
  trials: number;
  study: number;
  trial: number;
  design: string;
}

export interface Sweep {
  version: number;
  whole: boolean;
  card: Card;
  command?: string;
  budget: number;
  scenarios?: Scenario[];
  cells?: Cell[];
  curves?: { cell: number; points: CurvePoint[] }[];
  leaders?: number[][];
  workers: Worker[] | null;
  faults?: Fault[];
  faulty: number;
  further: number;
}

export interface Value {
  name: string;
  text: string;
  number: Num;
  unit?: string;
}

export interface StudyRow {
  study: number;
  scenario: string;
  agent: string;
  kind: string;
  repeat: number;
  status: string;
  reason?: string;
  trials: number;
  failed: number;
  infeasible: number;
  best: Num;
  met_after: number;
  seconds: Num;
  worker?: string;
}

export interface TrialRow {
  study: number;
  scenario: string;
  agent: string;
  repeat: number;
  trial: number;
  status: string;
  reason?: string;
  objectives: Num[];
  axes: Value[] | null;
  metrics: Value[] | null;
}

export interface Page<Row> {
  total: number;
  matches: number;
  offset: number;
  columns: string[];
  rows: Row[];
}

/** The answer to a request; what the server says is wrong is the error. */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal: signal ?? null });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer as T;
}

export interface Listener<T> {
  change: (document: T) => void;
  /** There is nothing to be listened to any more, or not at the moment. */
  lost: (why: "gone" | "silent") => void;
}

const retryAfter = 3000;

/** Listens to events. The browser comes back by itself, and gets what it has missed; where it gives up it is told to begin anew. */
export function listen<T>(path: string, to: Listener<T>) {
  const source = new EventSource(path);
  source.addEventListener("change", (e) => to.change(JSON.parse((e as MessageEvent<string>).data)));
  source.addEventListener("gone", () => {
    source.close();
    to.lost("gone");
    setTimeout(() => listen(path, to), retryAfter);
  });
  source.addEventListener("error", () => {
    to.lost("silent");
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(path, to), retryAfter);
  });
}
