// Package space describes design spaces: finite, typed axes with units, and the designs (points) on them.
//
// Every axis is a finite list of levels, so a design is a vector of level indices and two designs are equal exactly when their vectors
// are. That is what makes results comparable across agents, cacheable, countable and enumerable; a continuous quantity enters as the
// list of values that the hardware offers.
//
// An axis is one of three kinds:
//
//	Ordinal      ascending numbers with a unit (Values); neighbours are one level down and up
//	Nominal      unordered labels (Labels); every other level is a neighbour
//	Permutation  an order of up to 8 labels; level r is the r-th order in lexicographic rank; neighbours are adjacent swaps
//
// # Conditional axes and canonical points
//
// An axis may depend on earlier axes: its When list holds conditions "earlier axis E has one of these levels". The axis is active in a
// point when E itself is active and has one of the levels, for every condition. An inactive axis means nothing, so its level is
// fixed to 0: a point whose inactive axes are all 0 is canonical. Simulators, agents, keys and datasets see canonical points only, hence
// designs that differ only in meaningless axes are one design.
//
// # Size
//
// RawSize is the product of the level counts; Size is the exact number of canonical points, without enumeration. Axes that no condition
// connects multiply. Within a connected set, Size walks the axes in an order that keeps switches and their parameters together and counts,
// for each set of later axes that the walk has ruled out, the prefixes that lead to it.
//
// # Features
//
// Features is the one numeric encoding of points for Gaussian processes, trees, networks and proxy models: an ordinal axis gives one
// number in [0, 1] (linear or logarithmic in its value), a nominal axis one indicator a label, a permutation axis the position of each
// label in [0, 1], and a conditional axis one more number, 1 when it is active.
package space
