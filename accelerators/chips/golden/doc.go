// Package golden holds the published figures of NVDLA, Eyeriss, TPU v1 and HW-NAS-Bench's Eyeriss, compares the models of package chips with each, and
// repeats the fit of their constants: with all figures, and with each one left out. The figures are those of the sources that package chips names.
package golden
