// Package systolic models an accelerator built around a systolic array: a grid of processing elements that multiply and
// add once a cycle and pass operands to their neighbours, one double-buffered SRAM for each operand, a vector unit for what is not a
// product, and a DRAM channel. Its compute model is SCALE-Sim's, in closed form.
//
// # From layer to product
//
// Lower turns a layer into Count independent products of an M×K by a K×N matrix, run one after another:
//
//	convolution   M = OH·OW, N = F/G, K = R·S·C/G, Count = G (symbols of package dnn)
//	GEMM          M, N, K as given, Count = Batch
//	transposed    M = H·W, N = R·S·F/G, K = C/G, Count = G; windows that overlap are added up where the outputs leave the array, at no cost
//
// The array multiplies the zeros of the border like any element; the DRAM does not hold them. Distinct ifmap elements are
// those that at least one window touches. Biases are neglected (a sum starts from them at no cost).
//
// # Compute: exact
//
//	R, C    rows and columns of the array
//	Sr, Sc  extent of the product along rows and columns; T extent in time
//	Fr, Fc  ⌈Sr/R⌉ and ⌈Sc/C⌉ folds; nr, nc  rows and columns that one fold uses
//	P       cycles of a fold
//
//	            Sr  Sc  T   stays          P
//	    os      M   N   K   sums           T + R + C − 2      skew R − 1, stream T, skew C − 1
//	    ws      K   N   M   filter         T + 2R + C − 2     preload R, then the same
//	    is      K   M   N   ifmap          T + 2R + C − 2
//
//	Cycles           = Count·Fr·Fc·P            every fold pays for the whole array; folds do not overlap
//	OverallUtilFrac  = MACs / (Cycles·R·C)
//	MappingFrac      = mean of nr·nc/(R·C) over the folds = Sr·Sc / (Fr·Fc·R·C)
//	ComputeUtilFrac  = MappingFrac·T/P
//
//	SRAM, elements of one product:
//	            ifmap reads   filter reads   ofmap writes   ofmap reads
//	    os      Fc·M·K        Fr·K·N         M·N            0
//	    ws      Fc·M·K        K·N            Fr·M·N         (Fr − 1)·M·N
//	    is      M·K           Fc·K·N         Fr·M·N         (Fr − 1)·M·N
//
//	PreloadShifts (ws, is) = Σ over folds of nc·nr·(nr + 1)/2   the value for row x passes x + 1 registers
//
// Column folds are the outer loop, row folds the inner one. With ws and is the sums of a row fold continue in the next one: they are
// written to the ofmap SRAM as partial sums of AccumulatorBits and read back, the last write is a word of WordBits. In os
// an output leaves by the bus of its column in the cycle that completes it, one a column and cycle.
// A cycle-by-cycle array that multiplies real matrices checks all of this in the tests.
//
// # DRAM traffic: a lower bound
//
// Layers run one after another and keep nothing on chip between them. Half of each SRAM works while the other half is filled.
// Of a set of D elements that is visited V times in a row, a working half of H elements can keep H from visit to visit, whatever is replaced:
//
//	traffic ≥ D + (V − 1)·max(0, D − H)
//
//	            ifmap                filter                           partial sums, out and in
//	    os      all, V = Fc          each tile of K·nc, V = Fr        –
//	    ws      all, V = Fc          K·N once                         2·(Fr − 1)·max(0, M·nc − H) a column fold
//	    is      once                 all, V = Fc                      2·(Fr − 1)·max(0, N·nc − H) a column fold
//
// Outputs are written once. It is the bound of this fold order: M (ws) and N (is) are not tiled to fit the ofmap SRAM, as in SCALE-Sim. Misses
// within one visit (overlapping windows further apart than H) are not counted: with small SRAMs the real traffic is higher.
//
//	LatencyCycles = max(Cycles, ⌈DRAM bytes·ClockMHz / (1000·DRAMBandwidthGBps)⌉) for each layer, summed over the network
//
// which is perfect double buffering: a lower bound too (the first fill and the last drain overlap nothing). More SRAM never
// means more traffic, more bandwidth never more cycles.
//
// # Vector unit: a simple stand-in
//
// Pooling and element-wise layers with several operands take ⌈operations/C⌉ cycles on a unit with one lane a column (pooling: one operation an element of a
// window, element-wise: one an operand), read their inputs from and write their outputs to DRAM once. An element-wise layer
// with one operand (normalisation, or a gather that slices, crops, pads or enlarges) works on outputs as they leave the array, at most C a cycle: it costs energy only. This is right for
// a scale and shift and flatters softmax and layer normalisation, whose reductions need a pass of their own. A lookup
// (embedding) reads the rows that it picks from DRAM and writes them back, one element a lane and cycle.
//
// # Energy and area
//
//	MAC        MACs·(multiplier(WordBits) + adder(32))
//	registers  MACs·bits·e₁, bits = 2·WordBits + 32 (os) or WordBits + 32; PreloadShifts·WordBits·e₁
//	vector     VectorOps·adder(32)
//	SRAM       accesses of the array and the vector unit, and one for each element from or to DRAM; words and partial sums at their width
//	DRAM       8·bytes·e_DRAM
//	area       R·C·(multiplier + adder + (2·WordBits + 32) registers) + C·(adder + 32 registers) + SRAMs
//
// with the costs of a table of package tech. Idle processing elements are clock gated: they cost nothing. EDPJS is joule · second.
// Energy built on the traffic bound is a lower bound as well; areas are those of the data path alone (see package tech).
//
// # Not modelled
//
// Stalls from SRAM ports and banks, DRAM timing and refresh, network on chip, control, leakage, sparsity, precision per layer, layer
// fusion beyond the above, overlap of layers or folds, batches.
//
// # The profile scalesim
//
// Problems lowered with the profile ScaleSim count as SCALE-Sim v3 prints, bug for bug: DEVIATIONS.md lists the differences, package
// golden holds the measured rows. The default, Physical, is what hardware does.
//
// # References
//
//   - A. Samajdar et al., "SCALE-Sim: systolic CNN accelerator simulator", arXiv 1811.02883, 2018; "A systematic methodology for
//     characterizing scalability of DNN accelerators using SCALE-Sim", ISPASS 2020.
//   - github.com/scalesim-project/SCALE-Sim at commit 1d62b68a2c77f71e1a7cd30b1a7d9748a3b0a603 (v3.0.0): the measured rows.
//   - Horowitz 2014, and the other sources of package tech.
package systolic
