// Package wrap holds everything that must happen around an evaluation and that models never know of: replay, recording, budget, repair,
// cache, workers, isolation from panics, time limits. Each is a Wrapper: a Simulator around a Simulator with the same Spec.
//
// The order matters, and there is one, built by Stack (the outermost first):
//
//	Replay    serves the first results from a journal, so that nothing below runs twice after a restart
//	Record    journals what was not replayed, strictly in trial order
//	Meter     counts evaluations; refuses trials above a limit
//	Repair    projects the point asked onto the valid ones; journals keep the point asked
//	Cache     designs evaluated before, by anybody who shares the Store, cost nothing; they are recorded and metered all the same
//	Parallel  splits a batch over the slots of a Pool
//	Clock     adds up the time of what runs in a slot
//	Isolate   a panic or a malformed result fails its own point, inside each worker
//	Timeout   a point that takes too long fails alone
//	model
//
// # Trials
//
// Replay, Record and Meter work by trial ID: 0, 1, … in the order in which a study asks. The caller marks a call with WithTrial: its k-th
// point is trial first+k. Calls of one stack may then run at the same time and finish in any order. A stack whose calls are not marked
// counts the points itself, which means something only when the calls come one after the other. The mark ends at the model: a stack inside
// the model counts its own trials.
//
// # What a wrapper may assume
//
// Points and results are owned as the Simulator contract says: a wrapper that keeps a point or a result after the call keeps a copy.
// Stacks are safe for concurrent use. Every wrapper passes simtest.Test when the simulator below it does.
package wrap
