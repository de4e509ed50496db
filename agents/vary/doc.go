// Package vary changes designs: typed mutation and crossover on the axes of a space.
//
// Every function returns a canonical point in a new slice and leaves its arguments alone. Changing an axis may switch conditional axes on
// or off; an axis that comes alive takes a uniformly drawn level, one that dies takes 0.
//
// # Mutation
//
// A mutation of one axis always changes its level:
//
//	ordinal      with probability 1/2 any other level, uniformly; else a step of ±k levels, k geometric with mean 2, cut at the ends
//	nominal      any other level, uniformly
//	permutation  with probability 1/2 two labels change places, uniformly; else one label moves to another place
//
// # Crossover
//
// A child takes each axis from its two parents:
//
//	ordinal      either parent's level; with probability Blend a level between the two, uniformly, both included
//	nominal      either parent's level
//	permutation  either parent's order; with probability Blend the order crossover (L. Davis, 1985): a random stretch of the first
//	             parent's order stays in place and the other labels follow in the order of the second parent
//
// An axis that is active in the child but in only one parent comes from that parent; one that is active in neither is drawn uniformly.
//
// # Moves
//
// AppendMoves lists the moves of local search: one axis to each level of space.Neighbors, and of an ordinal axis also to the levels 2, 4, 8, …
// away. Walk leads away from designs that were seen.
//
// # Populations
//
// Founders are the given trials with which an agent's population begins; Affordable checks its size against the budget.
package vary
