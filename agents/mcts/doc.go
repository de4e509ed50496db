// Package mcts is Monte Carlo tree search over the parameter tree of a space: UCT (L. Kocsis and C. Szepesvári, ECML 2006), with ordered choices
// bisected as in R. Negrinho and G. Gordon, "DeepArchitect", arXiv:1704.08792, 2017.
//
// # Tree
//
// A node fixes the axes before one, in the order of the space, and leaves that one a range of levels. Its children are
//
//	ordinal, permutation  the lower and the upper half of the range; orders lie in lexicographic rank
//	nominal               a child a label
//
// A range of one level fixes the axis, and the next one that is active and has a choice follows. A leaf is one design. So an axis of 64 values is six decisions, and
// what is learned of one value is learned of its neighbours; a permutation's first halves decide its first labels.
//
// # Descent
//
// From the root, while all children of a node were visited, the descent goes on to the one of the greatest bound
//
//	R_k / n_k + c sqrt(ln N / n_k)
//
// R_k the sum of the child's rewards, n_k its visits, N those of the node. Designs in flight count as visits without reward, so that descents side by side part. A
// child none of whose designs is new is left out. At a node with unvisited children the descent takes one of them, uniformly, and leaves the tree: the other
// axes are completed
//
//	with probability Guided   like the best design of the last node that had one; each axis changes (vary.Level) with probability Change / axes left
//	else                      uniformly
//
// A design that was seen is mutated, one axis at a time (vary.Walk), until one comes that is new. It opens one node of the tree, on the path to it.
//
// # Reward
//
// The rewards of nodes are places, so that no scale of the objectives matters and infeasible designs need no penalty (package rank):
//
//	one objective  share of the last 64 told trials that the trial is better than, equal ones counting half
//	several        place among the 64 best, by front and crowding, from 0 to 1; designs are then completed like any of the better half of these
//
// Given trials open nodes and give rewards as asked ones do.
//
// # Defaults
//
//	exploration  c = 0.1, of several objectives 0.3
//	guided       0.9
//	change       1
//
// A trial costs O(depth + 64 objectives), of several objectives O(64²). Memory: a node a trial.
//
// # Limits
//
// The order of the axes is the order of decisions: what matters most should come first. Where all axes matter alike, searches that change any axis of a
// good design do better.
package mcts
