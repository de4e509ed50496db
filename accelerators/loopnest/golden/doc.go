// Package golden holds designs that Timeloop published results of, and compares the model with them: tiles, counts, cycles and instances of every
// level and tensor are equal, energies agree to 2e-6 (the energies an access are rounded to six decimals) and figures printed to a few digits to
// half a unit of the last one.
//
// The rows restate the reference outputs of the public Timeloop and Accelergy exercises: four designs with a first convolution of 3 channels, 32
// filters and 112×112 outputs, stride 2. A table of mappings, one of levels and one of totals belong together; further ones of the same form can be
// read. The tables do not hold the stride, which the size of the inputs tells, nor the meshes: instances lie in one row.
package golden
