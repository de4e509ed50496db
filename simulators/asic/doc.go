// Package asic makes the dataflow engine simulators: DNN accelerators whose processing elements (PEs), buffers and mapping are searched for a whole network.
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
// Both skip layers without multiply-accumulates (pooling, additions, normalisation): they cost nothing here. Copies of a layer run on what the layer has. Equations,
// assumptions, sources, what is not modelled: package accelerators/dataflow. The detail of a design is layers.csv, a row a layer, and
// network.m, the layers with their mappings as a file that MAESTRO reads.
package asic
