// Package networkspace makes the simulator network-space: any search space of networks, with or without bit widths, together with the accelerator of asic/template.
//
// # Axes
//
// Those of the space of networks (group "network"; package accelerators/dnn/nas), one or two for each part of the networks where bit widths are searched
// (group "bits"), and those of the accelerator (groups "array" and "memory"; package simulators/asic). The space is one of nas by its name, or a file.
//
// # Files
//
// A space in TOML is a list of blocks, one after another, that Read turns into a nas.Template; docs/network-spaces.md is the tutorial.
//
//	name   = "tiny"             default: network
//	input  = [32, 32, 3]        height, width, channels
//	[shared]                    choices that blocks refer to by name
//	width  = [16, 24, 32]
//	[bits]                      widths to search, for each block that multiplies; leave out either, or the table
//	weights     = [2, 4, 8]
//	activations = [4, 8]
//	[[block]]
//	kind    = "conv"            what a kind has: nas.BlockKind.Keys
//	filters = "width"           a number, a list to choose from, or the name of a shared choice
//	[[block.block]]             a block inside the last one
//
// Unknown keys, wrong types and values out of range are mistakes with their line, all of them reported at once.
//
// # Bit widths
//
// With a bits for the activations of a layer and w for its weights (of attention's products a for both operands), and 8 where nothing is said:
//
//	energy    ∑ over inputs (b = a), weights (b = w) and outputs (b = 8) of b/8·(18.61·L2 accesses + 1.68·L1 accesses), + a·w/64·MACs
//	cycles    ⌈a/8⌉·⌈w/8⌉ · cycles of the layer
//	off-chip  (a·inputs + w·weights + 8·outputs) / 8 bytes, each layer rounded up
//	needs     ⌈max(a, w)/8⌉ · bytes of the layer's buffers
//
// Buffers pack operands, and their energy is that of the bits that move; the energy of a multiplier grows with the product of its widths (Accelergy:
// multipliers with the square of the bits). Outputs are sums and keep a byte, as everywhere in package dataflow. The multipliers have 8 bits: a wider operand takes
// passes. A pass takes as long as the layer in 8 bits, which is exact where multipliers limit a layer and an upper bound where transfers do. Narrow
// operands are no faster with datapath = fixed. With datapath = composable a multiplier divides into those of 4 or 2 bits (Bit Fusion): each operand is
// rounded up to 2, 4 or 8 bits, and (8/a)·(8/w) products fit a cycle; the links carry as many elements a cycle as before, so these bounds are upper ones,
// too. Systolic arrays (os, ws, is) are not divided. Buffers are provided for whole bytes.
//
// # Loss of accuracy
//
// bit_drop is nas.DropOf: points lost against 8 bits. There is no accuracy here: a space of one's own has none before it is trained.
//
// # Not modelled
//
// Area and energy of what divides a multiplier; rescaling between widths; layers that do not multiply, as in package asic; more in package dataflow.
//
// # Sources
//
//   - H. Sharma et al., "Bit Fusion: bit-level dynamically composable architecture for accelerating deep neural networks", ISCA 2018.
//   - Y. N. Wu, J. S. Emer, V. Sze, "Accelergy", ICCAD 2019.
package networkspace
