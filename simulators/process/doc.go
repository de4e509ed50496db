// Package process runs programs that speak the protocol of docs/protocol.md, in any language, as simulators.
//
//	Open      starts a program, shakes hands, and gives a Program: a simulators.Simulator with what its hello says it can do
//	Program   a pool of copies of it, as many as there are calls at once; Close ends them
//	Make      its environments, where it serves reset and step: an env.Maker
//	Begin     a Session: one copy that is asked something else than a simulator is, as agents are (package experiments/outside)
//	Describe, Spec, Settings …   the protocol's forms of specifications, axes and settings, both ways
//
// # What may go wrong
//
// Whatever a copy does, the evaluation that asked for it ends. A copy that dies, breaks the protocol (garbage, the wrong count, another id, a
// number that is not finite) or takes longer than its limit is killed with its whole process group, and the batch it had is evaluated again,
// point by point on fresh copies, so that only the point to blame is Failed. The reason holds the offending line or the exit status, and the end of
// what the copy wrote to standard error. A copy after one that failed is started the later the more failures there were in a row: 10 ms, doubled
// each time up to a second. An evaluation gives up after four copies in a row did not even shake hands.
//
// A program that answers a request with an error has refused that evaluation, and its copy lives on. One that comes back with another specification
// than it had is an error of the whole simulator.
//
// In an environment a copy that is lost is an error of its episode: what it had in mind cannot be made again.
//
// # What is not promised
//
// A child of the program that leaves the process group (setsid) escapes the kill; it can hold nothing of ours, but it lives on. When codesign itself
// is killed with SIGKILL, idle copies see the end of their standard input and end, a copy that hangs stays. Outside Unix only the process itself is
// killed. Reasons of failures hold what the program wrote, so they are equal in two runs only when that is.
//
// # Speed
//
// Of a program that does next to nothing, on a machine of two cores that was nine times overbooked, the best of two runs (BenchmarkProgram,
// BenchmarkStart): one evaluation at a time takes 35 µs in lines and 44 µs with binary arrays; in batches of a thousand 1.4 µs and 0.4 µs a design;
// start, hello and end of a program in Go take 6.4 ms.
package process
