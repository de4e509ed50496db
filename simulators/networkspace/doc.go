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
// # Costs
//
// Those of asic/template, with each layer at its widths: package simulators/asic. Layers that state none have 8 bits. Where multipliers
// divide, utilization_frac counts products against PEs and can exceed 1.
//
// An evaluation of the first network of a space takes about 0.06 ms for resnet9, 0.1 for encoder, 0.3 for nb201 and 0.6 for ofa (BenchmarkEvaluate, on two shared cores).
//
// # Loss of accuracy
//
// bit_drop is nas.DropOf: points lost against 8 bits. There is no accuracy here: a space of one's own has none before it is trained.
package networkspace
