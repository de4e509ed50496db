// Package scalesim reads and writes the files of SCALE-Sim, so that its users can bring their designs and keep their scripts.
//
//	<name>.cfg          an accelerator: ReadConfig, Config.Write
//	<topology>.csv      a network: dnn.ReadTopology, WriteProducts
//	COMPUTE_REPORT.csv  a line a layer: Compute, WriteCompute, ReadCompute
//	BANDWIDTH_REPORT.csv               WriteReport, WriteSparseBandwidth
//	DETAILED_ACCESS_REPORT.csv         WriteReport, ReadAccess
//	SPARSE_REPORT.csv                  WriteSparse
//
// The figures are those of package systolic in the profile ScaleSim, which equals SCALE-Sim v3 (commit 1d62b68) in mode CALC: cycles exactly, utilizations but
// for rounding, bandwidths.
//
// # The configuration file
//
// It is an INI file as Python's configparser reads it: sections in brackets, keys in any case, = or : between key and value, comments on
// lines of their own. Read are
//
//	[general]               run_name
//	[architecture_presets]  ArrayHeight, ArrayWidth, IfmapSramSzkB, FilterSramSzkB, OfmapSramSzkB, Dataflow, IfmapOffset, FilterOffset, OfmapOffset, Bandwidth
//	[run_presets]           InterfaceBandwidth, UseRamulatorTrace
//	[sparsity]              SparsitySupport and, if it is true, SparseRep, OptimizedMapping, BlockSize, RandomNumberGeneratorSeed
//
// The array, the SRAMs and the dataflow are needed, everything else may be missing. Without a representation or a seed sparse filters are ellpack_block and the seed is 40. Keys that only matter with stalls are passed over; those that
// SCALE-Sim does not know are listed in Config.Ignored.
//
// # Source
//
// github.com/scalesim-project/SCALE-Sim at commit 1d62b68a2c77f71e1a7cd30b1a7d9748a3b0a603 (2025-08-15): the format, and the measured rows that the
// tests compare with.
package scalesim
