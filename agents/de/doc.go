// Package de is differential evolution (R. Storn and K. Price, J. Global Optimization 11, 1997) on typed axes, with rates that adapt themselves
// (jDE: J. Brest et al., IEEE Trans. Evol. Comput. 10, 2006).
//
// # Algorithm
//
//	fill the population with P designs of the start, the best P of the given ones first
//	repeat, member x after member x: a rival takes each axis from a mutant with probability CR, one axis at least, the others from x
//	                                 it takes the place of x when it is told and not worse (package rank)
//
// The mutant moves a base b by two differences, with the factor F and a, c two other members:
//
//	base = rand   b another member       no first difference
//	base = best   b the best member      no first difference
//	base = pbest  b = x                  g - x, g one of the best members, a share Best of all (J. Zhang and A. Sanderson, JADE, IEEE Trans. Evol. Comput. 13, 2009)
//
//	ordinal               level floor(b + F ((g - b) + (a - c)) + u), u uniform in [0, 1): rounding that keeps the mean; beyond an end it is the middle
//	                      between that end and b
//	nominal, permutation  each difference of unequal levels gives its first one, g or a, with probability F, the second difference last
//
// An axis that is active in the rival alone takes a uniform level. A rival that was seen before is mutated further, one axis at a time (vary.Walk), and then
// replaced by an unseen design where the space is small (sampling.Seen.Fresh).
//
// Each member has F and CR of its own, 0.5 at first. A rival has those of x, but F anew from [0.1, 1] and CR anew from [0, 1] with probability 0.1 each;
// what survives keeps its rates.
//
// Of several objectives a rival joins the population and the worst of all leaves it, by non-dominated front and crowding.
//
// Ask never waits: with trials in flight a rival competes with whoever is in its member's place when it is told.
//
// # Defaults
//
//	population  a fortieth of the budget, in [10, 50] and at most the budget; 20 when the budget is unknown
//	base        pbest
//	best        0.2
//	start       lhs
//
// A told trial costs O(P), of several objectives O(P²).
package de
