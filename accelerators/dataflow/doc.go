// Package dataflow costs a DNN layer on a spatial accelerator under a mapping: directives that say how a hierarchy of clusters of processing elements
// (PEs) shares the loops of the layer in space and time. It gives runtime, buffer accesses and needs, network bandwidth needs, utilisation, energy, area
// and power, without simulating a loop: loops are walked by their situations (first, further, last step), so the cost does not grow with the layer.
//
// # Layer
//
//	C, K         input and output channels (of a group)      G   groups            N   samples
//	Y, X         input rows and columns, border included     R, S   kernel         t   stride
//	Y', X'       output rows and columns: ⌊(Y − R)/t⌋ + 1
//	M, N, K      matrix product M×K by K×N (N and K then have this meaning)
//
//	input   N G C Y X        weight   G K C R S        output   N G K Y' X'        depthwise: no K, outputs lie along C
//
// # Mapping
//
// A Mapping lists cluster levels from the outermost to the innermost, whose units are PEs; the outermost has ⌊PEs / PEs of its clusters⌋ units. In each,
//
//	Temporal(D, s, o)   every unit holds a window of s elements of D, which moves by o a time step
//	Spatial(D, s, o)    unit u holds the window that starts u·o later, and all move by units·o
//
// in nest order, the last map fastest. A map on Y' or X' has sizes in outputs. Dimensions that a level leaves out it holds whole.
//
// # Profile physical, the default
//
// A plan has the mapping in output coordinates. A map of s rows with step o holds (s − r)/t + 1 output rows, r the kernel rows of the level, and moves
// by o outputs, under a stride t > 1 by those that it holds. A level that spreads Y and R with one step (row stationary) shares R and leaves the
// outputs in place. A mapping works when every level cuts its box into boxes that meet without overlap: one spatial map a level, and step = tile where
// there is more than one tile; else the verdict is NotOnce. Then each multiply-accumulate happens once, whatever the mapping.
//
// A step of the outermost level, with W elements of a dimension in all units together and T those that the busiest PE works on in turn:
//
//	compute          ⌈∏ T / lanes⌉, over all dimensions
//	an operand       is loaded in full when a loop of it inside the loop that moved starts again, or when the units share the loop that moved;
//	                 the new part of its windows when a loop of it moved in time; nothing when only other loops moved
//	elements         ∏ W; input rows under y outputs and r kernel rows: (y − 1)·t + r, or y·r for r < t; of which y·min(t, r) are new after a move
//	                 L2 reads are elements: one read serves all units (multicast) and their common rows
//	copies           elements in each PE that uses them: L1 writes
//	outputs          written to L2 when their tile is replaced, and read back when it returns with sums of earlier steps; clusters reduce in space
//	ingress, egress  ⌈elements / bandwidth⌉ on two links; those of inner levels carry less at the same bandwidth and never bind
//	cycles           max(compute, ingress, egress); the first step ingress + compute, and its egress follows the last
//	runtime          ∑ steps·cycles + 2·levels·hop delay; at least (inputs + weights + outputs) / off-chip bandwidth, each crossing once
//
//	L1 reads         one of each operand, and one of the sum, a multiply-accumulate; one write of the sum
//	L2 writes        inputs and weights once
//	needs            double the tiles of the first step: of the busiest PE (L1), of all units together (L2)
//
// A walk that executes mappings step by step with sets of elements agrees with all of this in the tests.
//
// # Profile maestro
//
// What MAESTRO prints, for every layer kind that it computes (CONV, DSCONV, NGCONV, GEMM) and every mapping that it accepts, quirk for quirk. The rules:
//
// Levels, outer to inner: (a) a map on Y' of tile a becomes one on Y of a + (R tile of the level) − 1; (b) a dimension of the level above that this one
// does not map is inherited in time, in front; the outermost level holds what it leaves out whole; (c) under a stride t > 1 a tile s ≥ R on Y becomes
// m·min(t, R) + max(R − t, 0) with m = (s + t − R)/t, its step m·t (m·R below the outermost level if R < t); (d) sizes follow from the static extent D:
// the layer's, below min(tile, D) of the level above, while the situations follow from the extents handed down.
//
// A window has a full size, the fresh part min(s, o), and for the last step an edge size and its fresh part (loop.size). The states of a loop are one
// first step, further full steps, and a last one at the edge (level.walk); the cases of a level are their cross product. What a unit needs of an operand
// is a product of sizes by state, whether the loop is inside or is the innermost one that moved, and the kind of unit: first, other, or partial at the
// edge (level.fill). Sums over the units follow from these three and the number of units at the edge (cases.fanOut). Outputs are written in every case.
// Partial sums are the product over all dimensions; where they are not positive the case is skipped.
//
//	link      ⌈d / bandwidth⌉ − 1 + hop delay
//	case      max(in, out, compute), the first case in + compute; compute = the slower of the full and the partial unit of the level below,
//	          ⌈partial sums / lanes⌉ in a PE; in the outermost level at least the L2 need over the off-chip bandwidth, halved
//	counts    ∑ over the cases of the outermost level; L1 writes = L2 reads, L1 reads = multiply-accumulates as counted
//	needs     double the tiles of the first case (L2), of the innermost level's full tiles (L1), more where the first cases are skipped
//	order     all loops in their first state, all in their second, then the last loop fastest with its first state last: the off-chip need depends on it
//
// # Energy, area, power
//
//	energy    18.61·(L2 accesses) + 1.68·(L1 accesses) + multiply-accumulates, in units of one of them, 0.23 pJ; without DRAM, network, leakage
//	area      P·lanes·PE + P·L1 + L2 + 101.7938·(14.662·P + 28.895)·bandwidth + 395.473·max(1.2886·P² + 5.5814·P − 23.711, 1) um²
//	power     the same form, see AreaTable
//
// with P PEs, three tables of PE and buffer areas, a bus linear and a matrix arbiter quadratic in P. The arbiter dominates: 94 % of the area at 2,112 PEs. In the
// older table buffers come in units of 64 B and 32 KB; with it and 704 B a PE the six areas of NASAIC's table 1 come out within 1.1 %.
//
// # Templates
//
// KCP (NVDLA), YXP (ShiDianNao) and YRP (Eyeriss) are mappings for any layer. OS, WS and IS are systolic arrays as square as the PEs allow, costed by package
// systolic: its cycles and SRAM counts are the L2's here, or the links' time where it is longer.
//
// # Assumptions and limits
//
// One element is one byte. Dense tensors. The L2 keeps what is read again (L2Bytes is the working set of a step, not what keeps whole tensors on chip).
// Transfers of a step overlap the compute of the one before. Biases, activations and pooling cost nothing. Not modelled: DRAM energy and timing, contention
// and topology of the network, links between PEs, leakage. Counts are exact in int64: layers of more than 2^58 multiply-accumulates are refused.
//
// # Sources
//
//   - H. Kwon et al., "Understanding reuse, performance, and hardware cost of DNN dataflow: a data-centric approach", MICRO 2019 (MAESTRO);
//     github.com/maestro-project/maestro at commit 4eb08d17c87caf1ee3f3a351b10eb9b8ef70dd87: behaviour, energies, areas, measured rows.
//   - L. Yang et al., DAC 2020 (NASAIC): the areas. S.-C. Kao, T. Krishna, ICCAD 2020 (GAMMA): the older area table, and
//     GAMMA's own of PEs and buffers alone, which has neither bus nor arbiter.
//   - Templates: NVDLA; Du et al., ISCA 2015 (ShiDianNao); Chen et al., ISCA 2016 (Eyeriss).
package dataflow
