package dram

// Compare is the check of the controllers with other rows than the embedded ones.
var Compare = compareAll

// CompareArchGym is the check of ArchGym's published designs.
var CompareArchGym = checkArchGym

// Collect reads the requests of a file, of which there may be so many.
var Collect = collect
