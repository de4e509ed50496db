// Package asic makes the dataflow engine simulators: DNN accelerators whose processing elements (PEs), buffers and mapping are searched for a whole network or
// a layer.
//
// # asic/template
//
// One accelerator with a published dataflow runs all layers one after another. Axes (163,020 designs):
//
//	template          kcp, yxp, yrp (mappings), os, ws, is (systolic arrays)
//	pes               64 … 4096
//	noc_bandwidth     4 … 128 elements a cycle
//	l1                8 … 4096 bytes a PE, powers of two
//	l2                1 … 4096 KiB, powers of two
//
// A design whose buffers are smaller than a layer needs is infeasible, by as much as the need exceeds them; larger buffers cost area and power only. Groups for
// multi-agent environments: "array" owns template and pes, "memory" the rest.
//
// # asic/allocation
//
// Each layer has an accelerator of its own (ConfuciuX's space): its PEs, out of 12, and the output channels that a PE holds, 1 to 12, which sets the buffers;
// 144 choices a layer, 12 of a depthwise one, which has one filter a channel. An inference passes the accelerators one after another: latencies, energies and areas add up,
// and the slowest sets the interval of a pipeline. The setting constraint makes designs infeasible above a fraction of the largest area or power. The dataflow is
// fixed, or with dataflow = mix an axis of each layer.
//
// # asic/mapping
//
// The mapping of one layer on a given accelerator: GAMMA's genome. Level 1 is the outermost; a unit of a level is divided into the units of the next, and those of the
// innermost level are the PEs. With n levels, P PEs and u_i units in a unit of level i,
//
//	u_1 = ⌊P / (u_2 · … · u_n)⌋        tile_i(d) = min(tile gene, tile_(i−1)(d)),  tile_0(d) = extent of the loop d, X and Y in outputs
//
//	levels            1 … 3 (settings min_levels, max_levels)
//	leveli_parallel   the loop that the units of the level share: k, c, y, x; with parallel_kernel also r, s
//	leveli_units      u_i, below the outermost level
//	leveli_order      nest order of the loops, the fastest last
//	leveli_tile_d     elements of loop d that a unit holds; its step is its size, so tiles meet
//
// A loop of one element has no genes. Samples and groups follow each other in time outside all loops. In a depthwise layer K means C, whose outputs they are.
// Matrix products are convolutions of one column and one kernel element (dataflow.Layer.AsConv). Every gene counts: an inner level has no order and, but for the loop that
// its units share, no tiles in profile physical, since only the steps of the outermost level move data there, and so nothing would depend on them; in profile
// maestro it has all, and kernels stay whole, as GAMMA keeps them by default: MAESTRO counts too few products of cut kernels.
//
// Sizes of tiles and clusters are all, as GAMMA draws them, or fewer: divisors (its use_factor), or covering, which for n elements keeps ⌈n/j⌉, the smallest tile that
// makes j steps, for every j, and ⌊n/j⌋ for clusters: about 2·√n sizes, with which a loop can still take any number of steps.
//
// The detail of a design has the nest as text (nest.txt, each layer) and as a drawing (nest.svg, the first layer). Infeasible are designs whose clusters have
// more PEs than there are, that need more L1 or L2 than there is (violation: the largest relative excess), that compute nothing, or whose counts are beyond the engine's.
// Repair cuts tiles to the tile above and clusters to the PEs, and puts loops of one step behind the others, so that genomes of one meaning are one design, which is evaluated once.
// Buffers of 0 bytes are as large as the mapping needs; area and peak power always count the need.
//
// GAMMA's constraints are settings (buffers, PEs, bandwidths) and fixed axes of a scenario: fix = { level1_parallel = "k" } for the parallel loop, level2_units for a rigid
// cluster, level1_order and tiles alike. layer = all searches one genome for the whole network, its tiles cut to each layer: the dataflow of an accelerator that has only one.
// A mapping of its own for each layer is a scenario a layer (experiment mapping-gamma); layers of one shape need one, and latency and energy add up.
//
// # asic/digamma
//
// The same with hardware from the genome (DiGamma): level1_units is a gene, PEs are the product of the units of all levels, at most pe_limit, so every number of PEs is a
// multiple of the inner cluster; buffers are exactly as large as the mapping needs. The area of both must fit area_budget_mm2; the default is 0.2 mm2 with GAMMA's table of
// PEs (282 um2) and buffers (0.086 um2 a bit). With layer = all the accelerator serves the network: the buffers are those of the layer that needs most.
//
// # All
//
// Layers without multiply-accumulates (pooling, additions, normalisation) are skipped: they cost nothing here. Copies of a layer run on what the layer has. Equations,
// assumptions, sources: package accelerators/dataflow. The detail of a design is layers.csv, a row a layer, and network.m, the layers with their mappings as a
// file that MAESTRO reads.
//
// # Widths
//
// Layers of searched networks (OpenSearched) may state widths (dnn.Bits). With a bits for the activations of a layer and w for its weights (of attention's products
// a for both operands), 8 where nothing is said:
//
//	energy    ∑ over inputs (b = a), weights (b = w) and outputs (b = 8) of b/8·(18.61·L2 accesses + 1.68·L1 accesses), + a·w/64·MACs
//	cycles    ⌈a/8⌉·⌈w/8⌉ · cycles of the layer
//	off-chip  (a·inputs + w·weights + 8·outputs) / 8 bytes, each layer rounded up
//	needs     ⌈max(a, w)/8⌉ · bytes of the layer's buffers
//
// Buffers pack operands, and their energy is that of the bits that move; the energy of a multiplier grows with the product of its widths (Accelergy: with the square
// of the bits). Outputs are sums and keep a byte, as everywhere in package dataflow. The multipliers have 8 bits: a wider operand takes passes, each as long as the layer
// in 8 bits, which is exact where multipliers limit a layer and an upper bound where transfers do. Narrow operands are no faster with datapath = fixed. With
// datapath = composable a multiplier divides (Bit Fusion): operands are rounded up to 2, 4 or 8 bits a' and w', and (8/a')·(8/w') products fit a cycle; the links carry as
// many elements a cycle as before, which is an upper bound of the cycles again. Systolic arrays (os, ws, is) do not divide. Buffers are provided for whole bytes.
//
// # Not modelled
//
// What package accelerators/dataflow leaves out: DRAM energy and timing, contention and topology of the network, leakage. In asic/mapping and asic/digamma also: buffers
// between L1 and L2 (an inner cluster level has none), transfers between layers, reconfiguration between mappings, two loops shared by one level along each other (row stationary
// nests: asic/template and asic/allocation have one), and GAMMA's separate limits of L1 and L2 by operand. With widths: area and energy of what divides a multiplier,
// rescaling between widths.
//
// # Speed
//
// A random mapping of a 3×3 layer of ResNet-18 takes about 14 us of CPU time in profile physical and 17 in maestro, some 60,000 a second and core, and repair 3 more: go test
// -bench Mapping. GAMMA starts MAESTRO's program for each, 16 ms.
//
// # Sources
//
//   - H. Sharma et al., "Bit Fusion: bit-level dynamically composable architecture for accelerating deep neural networks", ISCA 2018.
//   - Y. N. Wu, J. S. Emer, V. Sze, "Accelergy", ICCAD 2019: multipliers.
//   - S.-C. Kao, G. Jeong, T. Krishna, "ConfuciuX", MICRO 2020; github.com/maestro-project/confuciux at commit 2885eef: choices, budgets.
//   - S.-C. Kao, T. Krishna, "GAMMA", ICCAD 2020; github.com/maestro-project/gamma at commit 3d6caf8: genome, defaults (168 PEs, 512 bytes, 108,000 bytes), areas.
//   - S.-C. Kao, M. Pellauer, A. Parashar, T. Krishna, "DiGamma", DATE 2022: PEs as a gene, buffers at need, area budget.
package asic
