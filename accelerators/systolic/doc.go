// Package systolic models an accelerator built around a systolic array: a grid of processing elements that multiply and
// add once a cycle and pass operands to their neighbours, one double-buffered SRAM for each operand, a vector unit for what is not a
// product, and a DRAM channel. Its compute model is SCALE-Sim's, in closed form; SCALE-Sim's memory system is here too, cycle by cycle equal.
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
// # DRAM traffic: windows
//
// Layers run one after another and keep nothing on chip between them. Half of each SRAM works while the other half is filled, in the order in
// which the array will ask for elements (a known, fixed order: no policy to choose). A half is a window: a set of up to H distinct elements. When the array needs one
// more, the windows are swapped: the next window starts empty and refills from DRAM, also with what the last one held. WindowTraffic counts the misses of that, exactly:
//
//	ifmap, filter   misses of a window of H elements over the reads in order, cycle by cycle, lane by lane; border zeros are no elements
//	partial sums    2·(Fr − 1)·max(0, nc·T − H) a column fold (ws, is): of a set that is visited in a fixed order, H can stay
//	outputs         written once
//
// A walk over every access would be slow. What is done instead (and checked against that walk in the tests, on random layers and windows):
//
//   - An operand of fewer elements than fill a window is read once: distinct elements in closed form.
//   - No element repeats before all others were read (filter; ifmap of a product or of windows that do not overlap): every read misses, or each tile of
//     the filter (os) is a case of a few lines; swaps at every H-th read; the cycle of the n-th read of a skewed stream by bisection of
//     G(u) − G(u − L), G the area under min(lanes, u).
//   - Overlapping windows (convolution) whose reads of one element lie far apart (ws when R divides the channels; see reuseGap): the same.
//   - Otherwise the order matters only within the cycle of a swap. A slab of cycles is marked as runs of contiguous addresses in a bit map, 64 at a time; if it would swap
//     the window it is undone and halved, down to one cycle that is read lane by lane. A window that lives for fewer than some 64 cycles is read lane by lane at once.
//   - A stream that every column fold repeats is in the same state whenever a swap happens at the same place of the pass: the passes in between are skipped. If that does not
//     come after about two passes' work, one pass is listed as the reads that repeat an earlier one nearby, and the swaps of all passes follow from the list.
//
// # DRAM traffic: a lower bound
//
// Of a set of D elements that is visited V times in a row, a working half of H elements can keep H from visit to visit, whatever is replaced:
//
//	traffic ≥ D + (V − 1)·max(0, D − H)
//
//	            ifmap                filter                           partial sums, out and in
//	    os      all, V = Fc          each tile of K·nc, V = Fr        –
//	    ws      all, V = Fc          K·N once                         2·(Fr − 1)·max(0, M·nc − H) a column fold
//	    is      once                 all, V = Fc                      2·(Fr − 1)·max(0, N·nc − H) a column fold
//
// LowerBoundTraffic is the bound of this fold order in some nanoseconds: M (ws) and N (is) are not tiled to fit the ofmap SRAM, as in SCALE-Sim. Windows never move less
// (a property test); they equal it where operands fit. Unlike the bound's, the windows' traffic can grow with the SRAM by the luck of where swaps fall.
//
//	LatencyCycles = max(Cycles, ⌈DRAM bytes·ClockMHz / (1000·DRAMBandwidthGBps)⌉) for each layer, summed over the network
//
// which is perfect double buffering: a lower bound (the first fill and the last drain overlap nothing). More bandwidth is never
// more cycles. Package offchip puts the project's DRAM controller in the place of the bandwidth.
//
// # SCALE-Sim's memory system: CALC
//
// Calc is SCALE-Sim's interface mode CALC: the array never waits, and DRAM is as fast as it must be. S = 1024·KiB elements of one byte each for ifmap, filter and ofmap.
//
//	read        I = ⌊S/100⌋, window W = 50·I, swapped as soon as it holds W, at cycles f1 < … < fm; q = cycle of the first request
//	            never full: n misses in c = ⌈⌈n/I⌉·I/10⌉ cycles, start −c, stop −1
//	            else        start q − ⌈W/10⌉, stop fm + 1
//	write       lines of B = C elements; D = S/2. After each output that leaves more than D elements in the SRAM, and not before the drain under way has ended: the open line
//	            is closed, and ⌈D/B⌉ lines (or all) go out, one a cycle, from that cycle a on; the drain ends in a + lines − 1, in which the next one may start.
//	            A line closed early counts as full unless it is the last of its drain. At the end the rest goes out.
//	Total Cycles (incl. prefetch) = last write − first read
//
// Drains are visited one by one, the outputs between them only counted.
//
// # SCALE-Sim's memory system: USER
//
// User is the interface mode USER: ports of so many words a cycle, and an array that waits. Each read operand is prefetched in one fixed order: tiles of lanes stacked and read
// along anti-diagonals (streamed operands), or row by row (resting ones). Sets of E = ⌈S/100⌉ elements, L = ⌊n/E⌋ + 1 of them; the active window is
// A = min(⌈⌈S/2⌉/E⌉, L) sets, a move goes P = min(L − A, ⌈⌊S/2⌋/E⌉) sets on, round and round. In a cycle (now = cycle + stalls so far) each address, in lane order:
//
//	while no active set holds it:  move; last += ⌈⌊S/2⌋/bw⌉ + 1; wait = last − (now + offset), offset starts at 1
//	                               scalesim-v2: offset += max(0, wait)     scalesim: offset += wait + max(0, wait)
//	stall of the cycle = the longest of ifmap offset − 1, filter offset − 1, and the wait of the outputs for the drain (lines of bw elements, as above)
//
// What a cycle reads lies in one piece of the prefetch order (the lanes of a cycle are one anti-diagonal), so a cycle is two comparisons unless something is missing;
// elements that are prefetched several times keep a pointer to their next copy.
//
// # Sparsity, cores, traces, reports
//
// CalcSparse is N:M sparsity of the filter (ws): layer-wise, where of each block of M depths the first N are kept, and row-wise, SCALE-Sim's optimised mapping, with its random
// numbers. SimulateSparse has the stats of a layer that says its sparsity (profile ScaleSim): those of the dense product of the kept depths, K' = ⌊K/M⌋·N + min(K mod M, N), with
// the traffic of CalcSparse. Shares splits a layer over equal cores with SRAMs of their own, into products, rows of output pixels and filters, as evenly as they go and never a sum, so
// that nothing is added between cores: the way with the fewest cycles, then the fewest elements held. SimulateCores runs the shares behind one DRAM channel: the cycles are those of
// the slowest core, the traffic is the sum. SplitOver, which counts compute alone and may cut the sum, splits a product over equal cores: P as above, spans divided by the parts, and the elements held by all cores
// Sr·T·parts(Sc) + Sc·T·parts(Sr) + Sr·Sc·parts(T); with the profiles of SCALE-Sim its script, which exchanges M and N for ws and is. TraceCalc and TraceUser
// list every access; BandwidthReport, AccessReport and SparseReport are SCALE-Sim's files as data.
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
// Layouts and bank conflicts of the SRAMs, DRAM timing outside package offchip, network on chip, control, leakage, sparsity in the physical profile, network and multicast between cores, precision per layer, layer
// fusion beyond the above, overlap of layers or folds, batches. TraceCalc does not shuffle windows as the peer does. Not measured on the peer, but
// read in it: the traces of the second and later windows, and the SRAM start and stop cycles of AccessReport.
//
// # The profiles scalesim and scalesim-v2
//
// Problems lowered with the profile ScaleSim count as SCALE-Sim v3 prints, bug for bug, with ScaleSimV2 as v2 does: DEVIATIONS.md lists the differences, package
// golden holds the measured rows. The default, Physical, is what hardware does.
//
// # Speed
//
// On one core of a busy machine: compute alone some 20 ns a layer; ResNet-50 in CALC with all counts and cycles 17–23 µs on 128×128 with 1 MiB SRAMs and 9–11
// ms on 32×32 with 64 KiB (BenchmarkCalcResNet50). The CALC rows with overflowing windows whose peer time is known take 1/48,000 of it. The 400 USER rows
// with stalls take 1/2888 of the peer's own CPU time in all, the median row 1/3341; 20 of them take more than 1/1000, at most 1/620 (15,000 reads in 218 µs):
// a layer so small is spent on writing down the order of its prefetch, some 6 ns an element, and on looking up what is missing. With other work on both cores
// 1/1800 in all, 63 rows more than 1/1000. By size, in a run with 1/2722 in all: below 10,000 multiply-accumulates 1/5870, below 100,000 1/3003, above 1/2395
// (go test -v -run SpeedOfUser ./golden logs them; one array of records in the place of the table's several was no faster). A run allocates nothing once its
// Scratch has grown.
//
// # References
//
//   - A. Samajdar et al., "SCALE-Sim: systolic CNN accelerator simulator", arXiv 1811.02883, 2018; "A systematic methodology for
//     characterizing scalability of DNN accelerators using SCALE-Sim", ISPASS 2020.
//   - R. Raj et al., "SCALE-Sim v3: a modular cycle-accurate systolic accelerator simulator for end-to-end system analysis", ISPASS 2025.
//   - github.com/scalesim-project/SCALE-Sim at commit 1d62b68a2c77f71e1a7cd30b1a7d9748a3b0a603 (v3.0.0) and scale-sim-v2 at commit
//     22f88b17f1dd3160e18bff5df165035bf8146e83: the measured rows.
//   - Horowitz 2014, and the other sources of package tech.
package systolic
