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
// Features describe the requests for proxies of several workloads: of N requests with the mean gap g and clocks of t,
//
//	arrival = (N - 1) · g · t      bus = N · burst · t / channels      bank = row changes of the busiest bank · tRC · t      serial = N / limit · (tRCD + CL + burst) · t
//	bound = max(arrival, bus, bank, serial)     the time can hardly be less with an open page and requests in order; serial where at most so many may wait
//
// and shares: reads, turns between reads and writes, row hits, banks that 16 requests visit. Rows and banks are those of the memory of the settings; of dram/full, of the default one.
//
// A design is infeasible when its policies do not exist for the device (per-bank refresh of DDR4), when the trace does not fit into the memory,
// or when the controller makes no progress; the reason says which.
package dram
