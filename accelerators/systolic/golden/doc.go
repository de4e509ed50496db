// Package golden holds rows measured on SCALE-Sim and checks that the systolic model, in the profile scalesim, gives the same numbers.
//
// Each row is recomputed from its convolution or GEMM: the layer is lowered, its M, N and K compared, and the problem run on
// the row's array. Integers must be equal, percentages equal to RelativeTolerance. The rows are embedded; others in the same
// format are read with ReadCompute. Where they come from: data/README.md.
package golden
