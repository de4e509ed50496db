// Package systolic makes the systolic-array model a simulator: a whole network on an array with three SRAMs and a DRAM channel.
//
// Axes (8 of them, 3,010,560 designs, all feasible):
//
//	rows, cols                   4 … 256 processing elements, powers of two
//	dataflow                     os, ws, is
//	ifmap_sram, filter_sram,
//	ofmap_sram                   8 … 1024 KiB, powers of two (the range in which the energy law of the technology table is stated)
//	dram_bandwidth               1 … 128 GB/s, powers of two
//	clock                        200 … 1000 MHz in steps of 200
//
// Settings choose the scenario: the network (from the zoo, an ONNX file, or a SCALE-Sim topology file), the technology table and node, the word width and
// the profile. Settings that contradict each other are an error that says which to change. Equations, assumptions, sources and what is not
// modelled: packages accelerators/systolic and accelerators/tech.
//
// Groups, for multi-agent environments: "array" owns rows, cols, dataflow and clock, "memory" the SRAMs and the bandwidth.
//
// The detail of a design is layers.csv: a row a layer, with every column on which validate compares the model with SCALE-Sim.
//
// Exact: cycles without memory, SRAM counts (equal to SCALE-Sim, see golden). Stated bounds: DRAM traffic, and the latency where DRAM
// limits it. Estimates from published tables: energy and area.
package systolic
