// Package eyeriss makes the Eyeriss-like array of ArchGym's Timeloop environment a simulator, asic/eyeriss: a whole network on an array with a memory
// hierarchy, each layer under the best mapping that a search finds.
//
// # Design space
//
// The 26 axes of ArchGym's environment with its levels, 2,154,550,209,231,716,352 designs, in the groups array, ifmap, psum, weights, dummy and glb:
//
//	pes                                   14 … 336 processing elements in steps of 14
//	mesh_x                                2, 7, 14 columns of the mesh
//	ifmap_, psum_, weights_               scratchpads of every element
//	  class                               regfile, smartbuffer_SRAM, smartbuffer_RF, SRAM
//	  depth                               2 … 65,536 lines, powers of two
//	  block                               1, 2, 4 words of a line
//	  read_bandwidth, write_bandwidth     2, 4, 8, 16 words a cycle
//	dummy_class, _depth, _block           the buffer of a column, 14 of them
//	glb_class, _depth, _banks, _block,    1,024 … 65,536 lines, 16 … 128 banks
//	  _read_bandwidth, _write_bandwidth
//
// Words have 16 bits. As in ArchGym's template the 14 dummy buffers form a mesh of mesh_x columns, the elements one of mesh_x columns as well, so that
// every count of elements is pes/14 rows below a dummy buffer; the dataflow spreads along the columns alone, so that with 2 or 7 of them that many
// dummy buffers at most have work. Nothing passes through a dummy buffer: its axes change the area only.
//
// # Mapping
//
// The hierarchy, outermost first: DRAM (all tensors), shared_glb (inputs, outputs), dummy_buffer (none), ifmap_spad, weights_spad, psum_spad (one each),
// mac. With dataflow = row-stationary the dimensions of a layer (C channels, M filters, R and S kernel, P and Q outputs, N samples, G groups; R and P of
// the width, S and Q of the height) may be iterated over
//
//	in time    DRAM, shared_glb: N, G, M, C, P, Q;  weights_spad: all of R, and C;  psum_spad: M
//	in space   columns: Q, M;  rows: all of S, and C, M
//
// the hardware's constraints of the Eyeriss-like design of Timeloop's exercises, whose "S=0" is all of S. With dataflow = free every tensor stays where
// it does, and the loops are free. The search is that of package accelerators/loopnest/mapper; layers of one shape are searched once, and their copies
// count. The draws of a layer depend on the seed and its name, not on the design: designs are compared on the same draws.
//
// The mapping with the smallest tiles (what the dataflow fixes in its place, all other loops in DRAM) tells whether any mapping fits: a design with too
// few rows or words for it is infeasible, by need/have − 1 of the largest shortage, and Repair enlarges what is too small to the next level. A feasible
// design always has a result.
//
// # Figures
//
// Counts, cycles and energies are those of package accelerators/loopnest, equal to Timeloop's on the published designs. Cycles and energies add up over
// layers; a layer without multiply-accumulates costs nothing. Energies of an access and areas are those of package simulators/timeloop by kind, depth
// and width of a memory; DRAM moves 64 bits.
//
// On ArchGym's template, with the scratchpads of 12 and 192 lines rounded up to 16 and 256, AlexNet's five convolutions without their groups take
// 7,885,704 cycles: ArchGym's published baseline exactly (tested). Its baselines of ResNet-50 (32,728,064) and MobileNet-V2 (33,515,584, depthwise
// layers as dense ones) are 5 and 1.3 % above the best mappings found here (31,158,272 and 33,078,784 with mapper_budget = 5000 and 3000): its mapper
// gives up after ten mappings that are no better.
//
// # Differences from ArchGym
//
//   - Energies and areas: ArchGym's come from Accelergy (CACTI, Aladdin's tables, a table of constants where neither answers), which is not rebuilt here.
//     Its baseline of AlexNet is 29,206 µJ and 2.03 mm²; here the same design takes 8,544 µJ with the default budget of mappings, 4,417 µJ with the best
//     found (mapper = annealing, mapper_budget = 5000), and 2.34 mm²: a 16-bit multiply-accumulate costs 0.89 pJ instead of 2.2 and an access of a
//     scratchpad some tenths of a pJ instead of up to 11. Targets in µJ are therefore not comparable.
//   - A budget of mappings finds the least cycles soon, and the least energy among them late: raise mapper_budget, or minimise edp, where energy counts.
//   - Layers count as often as they run, depthwise and grouped layers are what they are; groups = dense and layers = convolutions give ArchGym's lists.
//   - The mapper is deterministic, with a budget of mappings; ArchGym's runs eight threads until 150 mappings in a row do not fit.
//   - Of its constraints only those of the hardware hold, not the ones that save search time (P whole in the global buffer).
//
// # Not modelled
//
// Wires between the memories, leakage (the technology tables have none), what banks do to the energy of an access, the area of bandwidth: ArchGym's
// model charges none of them either, but for what CACTI makes of banks. Sparse data, and batches.
//
// # References
//
//   - S. Krishnan et al., "ArchGym", ISCA 2023; github.com/srivatsankrishnan/oss-arch-gym (space, template, baselines, targets).
//   - A. Parashar et al., "Timeloop", ISPASS 2019; the exercises of github.com/Accelergy-Project/timeloop-accelergy-exercises (Eyeriss-like constraints).
//   - Y.-H. Chen, J. Emer, V. Sze, "Eyeriss", ISCA 2016 (row-stationary dataflow).
package eyeriss
