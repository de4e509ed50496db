package dram

// Compare is the check of the controllers with other rows than the embedded ones.
var Compare = compareAll
