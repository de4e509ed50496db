// Package golden holds rows measured on SCALE-Sim and checks that the systolic model, in that simulator's profiles, gives the same numbers.
//
// Each row is recomputed from its convolution or GEMM: the layer is lowered, its M, N and K compared, and the problem run on the row's array and SRAMs in the
// table's mode. Integers must be equal, percentages to 1e-9, mean bandwidths to the nine digits that are stored (5e-9). Traces are compared line by line, the DRAM reads of
// CALC as a set for each window. The rows are embedded; others in the same format are read with Read and ReadTraces. Where they come from: data/README.md.
package golden
