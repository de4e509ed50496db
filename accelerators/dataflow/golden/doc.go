// Package golden holds rows measured on MAESTRO and the areas that NASAIC published, and checks that the dataflow engine, in the profile maestro, gives the
// same numbers.
//
// Each row is recomputed from its layer, its mapping (a template by name, or a nest of the table of nests) and its hardware. Integers must be equal,
// the other columns equal to RelativeTolerance, which their printed digits allow. The rows are embedded; others in the same format are read with ReadRows.
// Where they come from: data/README.md.
package golden
