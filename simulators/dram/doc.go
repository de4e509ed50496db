// Package dram adapts the DRAM controller and device model to the Simulator contract.
//
// Three simulators share settings and metrics:
//
//	dram       ArchGym's ten knobs: 442,368 raw designs. Refresh counts are active only while something is refreshed, the limit of active
//	           transactions only with an arbiter that keeps one: 166,464 canonical designs.
//	dram/wide  the same with every value between.
//	dram/full  device, address map, controller structure, and all policies of each structure.
//
// The requests are a workload of package trace or a file, read once when the simulator is opened. An evaluation serves all of them, or a prefix:
// a shorter prefix is a cheaper fidelity. Files that settings name (trace, device_file, mapping_file) enter the simulator's version by the
// hash of their content.
//
// A design is infeasible when its policies do not exist for the device (per-bank refresh of DDR4), when the trace does not fit into the memory,
// or when the controller makes no progress; the reason says which.
package dram
