// Package simulators holds the contract between design spaces and hardware models, and the ways to build a simulator.
//
// A Simulator maps batches of points of its space to results: metrics with units, or the reason why a design is infeasible, or why this one
// evaluation failed. It is a model closed over a scenario: what an agent may change is an axis of the space, everything else (workload,
// technology, device) is a Setting of the Factory that makes it.
//
//	Model[C]   the declarative way: a typed configuration C, fields that bind axes to it, and one pure function; Build gives the Simulator
//	Factory    what a catalogue lists: name, documentation, settings, fidelities, New
//	Instance   what New returns: the simulator with its optional detail, repair, advice and features of the workload
//	Join       several simulators as one, metrics side by side (hardware and accuracy)
//	Stage      the second simulator only for designs that pass the first (skip the costly part)
//	Mean       several evaluations of each design as one: the metrics' means and their standard errors
//	Narrow     a simulator on some of the levels only
//
// Anything that must happen around an evaluation (cache, budget, recording, timeouts, workers) is a wrapper of package wrap; models never
// know. Package simtest is the conformance suite that every simulator must pass.
package simulators
