// Package xr makes XRBench's usage scenarios a simulator: several networks with frame rates and dependencies on up to four accelerators, of which the processing
// elements, the dataflow, the bandwidths and the buffers are searched, and with them how the run-time schedules frames.
//
// # Design
//
// accelerators says how many there are, 1 up to the setting max_accelerators. For each:
//
//	accK_dataflow           kcp NVDLA, yxp ShiDianNao, yrp Eyeriss, os, ws, is systolic arrays (accelerators/dataflow)
//	accK_pes                64 … 4096 in 24 levels; together at most the setting pe_budget
//	accK_noc_bandwidth      16 … 256 elements a cycle, each of the two links of a level
//	accK_offchip_bandwidth  4 … 128 elements a cycle, a fixed share of the link; together at most the setting offchip_budget
//	accK_l1, accK_l2        32 … 1024 bytes a PE, 16 … 8192 KiB shared
//
// and, with profile = repaired, the run-time: order, placement and admission of frames (package soc/xr). Groups for multi-agent environments: acc0, acc1, …, and
// runtime, which owns the number of accelerators too.
//
// A design is infeasible, with the reason, when the budgets are exceeded, when a network fits on no accelerator (its buffers are smaller than a layer needs),
// or when no frame finishes. A network that fits on some accelerators only runs there. Repair shrinks the largest shares until the budgets hold, and enlarges
// the buffers of the accelerator that is nearest to fitting a network without one.
//
// # Evaluation
//
// A frame's latency and energy are those of its network's layers, one after another, under the accelerator's dataflow (accelerators/dataflow, profile
// physical), and the energy of what crosses the off-chip link. soc/xr schedules the frames of run_ms with them and scores them. Where a launch probability or
// jitter is drawn, the draws come from the setting seed and are the same for every design: designs are compared on the same frames. With scenario = all the
// seven scenarios run one after another on the same accelerators, and the score is the mean of theirs, the benchmark score of the paper.
//
// The costs of an accelerator are computed once for each shape of it and kept: a design whose accelerators are known takes the time of the schedule, some tens of
// microseconds. That is why there are no cheaper fidelities.
//
// # Area and idle power
//
// From accelerators/chips, whose constants are fitted to published chips, at 28 nm and 0.9 V with 8-bit operands, N PEs of l1 bytes and a shared buffer of l2 KiB:
//
//	logic  = N·PE + base                         base: sequencing, bus interfaces, for each accelerator
//	area   = logic + (l2 + N·l1/1024)·density    the buffers of PEs are taken to be as dense as the shared one
//	idle   = clock · idle energy a cycle and mm2 · logic
//
// asic/template states MAESTRO's area, whose matrix arbiter grows with the square of the PEs.
//
// # A scenario of your own
//
// The setting scenario_file names a TOML file; networks are XRBench's unit models and those of the zoo:
//
//	name = "glasses"
//	[[stream]]
//	model = "es"             # a frame every 1000/fps ms
//	fps   = 90
//	[[stream]]
//	model = "ge"
//	fps   = 90
//	after = "es"             # waits for the frame of es of the same number
//	launch_frac = 0.5        # and is launched for half of them; 1 if absent
//
// # Metrics
//
// Score of 100 and its parts (means over the models that had frames), missed frames (dropped or late, of those launched), latencies from arrival to
// completion, energy and mean power of the finished frames, idle power, area, and for each model its score and its dropped frames; with scenario = all the
// score of each scenario instead.
//
// # Not modelled
//
// What soc/xr and accelerators/dataflow leave out: the area of links (bandwidths cost none), contention for the off-chip link beyond the fixed shares,
// weights that stay on chip between layers or frames, clock gating, the host, sensors and display. Accuracy is the same for all designs: the setting
// accuracy_frac.
//
// The detail of a design: models.csv, frames.csv with why each frame was dropped, accelerators.csv with what each network takes on each accelerator and why
// it does not run there, and gantt.svg.
package xr
