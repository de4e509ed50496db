// Package verify re-checks designs on independent simulators that the user has: DRAMsim3, Ramulator 2, SCALE-Sim and MAESTRO. An adapter describes the
// design in the tool's own files, runs the tool in a temporary folder of its own, reads its figures back with their units, and pairs them
// with ours.
//
// # What is compared
//
// Only figures that both sides define alike, each under our metric's key. A design that a tool cannot express is said so, with the reason: an
// adapter never leaves out a policy, and never compares the figures of another version of the model.
//
//	dramsim3    dram/full with structure = dramsim3, equal with defects = peer; dram, dram/wide and the structure dramsys where the policies have
//	            a like: open or closed page, frfcfs, bankwise, no refresh, no arbiter, responses in the order of service. DDR3, DDR4, LPDDR4.
//	            Time, bandwidth, read latency from acceptance, command counts, row hits, energy, power.
//	ramulator2  dram/full with structure = ramulator, equal with defects = peer; the structure dramsys with open page, frfcfs, shared, no
//	            refresh, reads only. DDR3, DDR4. Time, bandwidth, read latency, command counts, row statistics; it has no energy.
//	scalesim    systolic: each different matrix product of the network once, in CALC mode, against our figures in the profile scalesim. Cycles
//	            of the array, stalls, SRAM accesses, utilizations. SCALE-Sim has neither padding nor groups nor a clock, so that nothing else has a like.
//	maestro     asic/template with the mappings kcp, yxp, yrp: each different layer of the network once, equal in the profile maestro. Cycles, energy, buffer
//	            needs, multiply-accumulates, accesses of both buffers. Areas and powers have no like: MAESTRO gives each layer buffers as large as it needs.
//
// Memory designs are those of one rank a channel, of one channel for Ramulator. Addresses are decoded by our own map and written in the tool's
// order, so that any map, hashed ones included, can be re-checked.
//
// # Agreement
//
// Measured with the versions that the tools' titles name and defects = peer: 175 random designs of each structure (25 on each of stream_sat, copy, wr_rand,
// cloud-2, hotrow, bursty, pingpong_sat, 1000 requests; DDR3 and DDR4, all maps) agree in all 15 figures of DRAMsim3 and all 19 of Ramulator. The tests
// repeat a part of that where the tools are there, with LPDDR4 and four channels on DRAMsim3, and SCALE-Sim 3.0.0 (2.0.2 as well) in all 8 figures.
// 186 random designs of asic/template, on each of the 17 networks, with off-chip links of 0, 1 and 50 elements a cycle, agree in all 9 figures of MAESTRO.
//
// # How the tools are driven
//
//   - DRAMsim3's program dramsim3main offers the first request in clock 1: requests of clock 0 are moved there, and the design is evaluated again on
//     what results, so that both sides serve the same. It runs for as many clocks as it is told and does not say when the last answer came: the
//     adapter searches for the first run that has all answers, which takes two runs when our time is right. Its energies are V·mA·clocks: the
//     adapter multiplies by the clock period, and leaves its power, which is right, as it is.
//   - Ramulator 2.1 has no program and no player of traces with clocks, but its Python package has its controller: a driver of ours offers the oldest
//     request once a clock and ticks it. Its own sum of latencies stamps an arrival one clock early, which is taken off, and counts a read that is
//     forwarded from a write as answered at once.
//   - SCALE-Sim is called through its Python package, v2 or v3. SCALE-Sim 3.0.0 breaks with numpy 2.4 and later: the adapter says so.
//   - MAESTRO's program costs a network file with the mappings in it and leaves a table. Links without hop delay have no place in its hardware file, so the
//     hardware goes into its options. The energies of its table are wrong (it adds the L1 accesses of the layer before, and leaves out multiply-accumulates):
//     its counts are priced with its own 18.61, 1.68 and 1. It counts the repeats of a step in 32 bits: a layer with more makes it abort or, where the
//     number turns positive again, give wrong figures; the outcome says which layer.
//
// # Trust
//
// A tool is never run by a shell. It has a limit of time for each design, after which it and its children are killed; its output is bounded, and
// the end of its standard error is part of the error. What goes wrong with one design does not keep the others from being re-checked.
package verify
