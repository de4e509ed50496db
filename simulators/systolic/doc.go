// Package systolic makes the systolic-array model a simulator: a whole network on an array with three SRAMs and a DRAM channel.
//
// Axes (8 of them, by default 3,010,560 designs, all feasible):
//
//	rows, cols                   4 … 256 processing elements, powers of two
//	dataflow                     os, ws, is
//	ifmap_sram, filter_sram,
//	ofmap_sram                   8 … 1024 KiB, powers of two (the range in which the energy law of the technology table is stated)
//	dram_bandwidth               1 … 128 GB/s, powers of two; absent when a DRAM device or ports take its place
//	clock                        200 … 1000 MHz in steps of 200
//
// Settings choose the scenario: the network (from the zoo, an ONNX file, or a SCALE-Sim topology file), the technology table and node, the word width, the
// profile, and how DRAM limits:
//
//	traffic = windows    what double-buffered SRAMs move, exactly (the default); bound: the least that this order of folds can move, in microseconds a
//	                     network; the fidelity "bound" is the same
//	dram_device          the traffic served burst by burst by this project's DRAM controller, instead of the axis dram_bandwidth: seconds a network
//	port_words           SCALE-Sim's mode USER, with its stalls, in its profiles
//	cores                equal arrays, each with SRAMs of its own, share every layer: its products, rows of its output and its filters, never a sum. They share the
//	                     DRAM channel; counts, energy and area are those of all cores (systolic.Shares). Profile physical, traffic windows or bound
//	sparsity             N:M sparsity of all weights, or by layer in the column Sparsity of a topology (traffic windows, profile scalesim): the array runs the kept
//	                     depths, layer-wise, and the axis dataflow has ws alone. Energy and utilisation are those of the multiply-accumulates that are
//	                     done. As SCALE-Sim counts it, the DRAM traffic has no metadata of the filters; SRAM reads of the ifmap are those of the kept
//	                     depths, which its reports scale by M/N. Products of activations (attention) stay dense
//
// Settings that contradict each other are an error that says which to change. Equations, assumptions, sources and what is not
// modelled: packages accelerators/systolic, accelerators/systolic/offchip and accelerators/tech.
//
// Groups, for multi-agent environments: "array" owns rows, cols, dataflow and clock, "memory" the SRAMs and the bandwidth.
//
// The detail of a design is layers.csv: a row a layer, with every column on which validate compares the compute model with SCALE-Sim.
//
// What is read of the ifmaps depends on array, dataflow and one SRAM alone, and takes most of the time: an instance remembers it, so that a design costs
// some 10 µs where it is known and up to tenths of a second where a large convolution does not fit a small SRAM.
//
// Exact: cycles without memory, SRAM counts, DRAM traffic of the windows (with a profile of SCALE-Sim equal to what that prints, see golden). Stated bounds: the traffic
// with traffic = bound, and the latency where DRAM limits it (perfect double buffering). Estimates from published tables: energy and area.
package systolic
