// Package lookup evaluates boosted trees on inputs of finite levels by tables in the place of comparisons.
//
// The features of a design come from axes of a few levels each. In a tree of at most 64 leaves, level l of axis a leaves a set S_a(l) of leaves
// possible: those whose path has no split on a feature of that axis which goes the other way. Every split is on one axis, so a
// design is in the one leaf of
//
//	S_1(l_1) ∩ S_2(l_2) ∩ …
//
// Sets are the bits of a word. Axes are packed into groups of at most 256 combinations of levels, whose sets are intersected beforehand: a tree costs one
// load a group, one AND less, the count of trailing zeros, and one load and addition of the leaf's value; there is no branch. Scores are equal to
// those of boost.Scores, bit by bit: the values are added in the same order.
//
// QuickScorer (C. Lucchese et al., SIGIR 2015) has the sets of leaves, per comparison; levels make the comparisons go away.
//
// Sums is a model that is made of tables: of each the cell is the sum of level times stride over its axes.
//
// # Cost
//
// Memory: 2 KiB a tree and group. A batch runs tree by tree over blocks of rows, so that a tree's tables stay in the first cache; it allocates nothing.
//
// Not modelled: trees of more than 64 leaves and axes of more than 256 levels; Compile refuses them.
package lookup
