// Package aco holds two ant colonies on finite levels: the ant colony system "acs" (M. Dorigo and L. M. Gambardella, IEEE Trans. Evol. Comput.
// 1, 1997) and the MAX-MIN ant system "mmas" (T. Stützle and H. H. Hoos, Future Gener. Comput. Syst. 16, 2000).
//
// # Algorithm
//
//	a turn: each of M ants builds a design, axis by axis, by the trails τ of its choices; the best designs of the turn and since the
//	        restart mark the trails
//	first turn: the best M given designs, then designs of the start
//
// An ant in front of a choice takes, with probability Greediness (divided by the number of objectives: a front is not found by repeating one
// design), the strongest trail, else each with the probability
//
//	p(level) = τ(level) / Σ τ
//
// An axis that the levels before switch off is left out. A design that was seen before is mutated, one axis at a time, up to 32 times (vary.Walk),
// and then replaced by an unseen one where the space is small (sampling.Seen.Fresh): a converged colony so searches around its best design.
// Ants leave one by one when they are asked for; trials in flight belong to the turn in which they are told, so Ask never waits.
//
// # Trails
//
//	values       one τ a level of each axis
//	edges        one τ a level and level of the axis before, or its absence; only where those are at most 16,384 and that axis is no
//	             permutation. For spaces whose order says which axes interact
//	permutation  an order is a tour: one τ a label and label before, and one for the first place
//
// A mark on an ordinal level also reaches the levels k away, with the weight w, and rows of edges alike:
//
//	w(k) = exp(-k / (Smoothing · levels)),   cut below 1 %
//
// # How trails change
//
// Marks are 1, whatever the objective's value, so that τ lies in (0, 1] (the hyper-cube framework of C. Blum and M. Dorigo, IEEE Trans. Syst. Man
// Cybern. B 34, 2004). Only the order of the designs counts (package rank: constraints and infeasible designs included); any monotone change of
// an objective changes nothing. A deposit of 1 / cost, the usual one, is negative for negative costs, and the best design then repels.
//
//	acs   each proposal:  τ <- τ + Decay (τ0 - τ)                        the levels of that design;  τ0 = 1 / (levels + 1), the outset
//	      each turn:      τ <- τ + Evaporation (w - τ)   where w > τ     the levels of the best design since the restart and nearby
//	mmas  each turn:      τ <- max(τ_min, (1 - Evaporation) τ), then     all levels
//	                      τ <- min(1, τ + Evaporation w)                 the levels of the best design of the turn and nearby; every third turn
//	                                                                     of the best since the restart
//
// Trails of mmas begin at 1. The least is such that a converged colony of n choices repeats its best design with the probability PBest:
//
//	τ_min = (1 - q) / ((levels - 1) q),   q = PBest^(1/n),   at most 1 / levels
//
// Of several objectives the best are up to M designs that none dominates, and one of them, drawn uniformly, marks the trails.
//
// # Restart
//
// After Stagnation turns without a better design, if the trails have converged, they go back to the outset and the best design is forgotten,
// but not what was seen. Converged means: the branching factor, the levels of an axis with τ >= min τ + 0.05 (max τ - min τ) (L. M. Gambardella
// and M. Dorigo, ICML 1995), is on average less than 1.5 times that of a single mark.
//
// # Defaults
//
//	                acs     mmas
//	ants            10      10     at most the budget
//	evaporation     0.1     0.2
//	greediness      0.9     0
//	decay           0.1     -
//	p_best          -       0.2
//	trails          values  values
//	smoothing       0.02    0.02
//	stagnation      30      30
//	start           lhs     lhs
//
// Ants, evaporation and greediness are ArchGym's knobs. Its depth, how many nodes a path has, has no meaning for a given list of axes. The paper of
// mmas takes an evaporation of 0.02 and a PBest of 0.05 for many thousands of tours; larger values suit budgets of some hundreds, all the more as a
// repeated design becomes a neighbour.
//
// # Measured
//
// Medians of 20 seeds on the functions of package agenttest (minimised), in studies of 1,000 trials with the default options, some of which
// (mmas: evaporation and PBest; smoothing; the start) were chosen on these functions. make agents-bench measures again, with other seeds.
//
//	acs
//	trials  branin  hartmann6  rosenbrock10  ackley20   nk20     trap30  knapsack30  tile_accel
//	100     0.4095  -2.9       190.8         2.124      -0.7384  8       -374.5      -7.212
//	200     0.4095  -3.179     88.56         1.378      -0.7676  6       -395        -7.38
//	1000    0.4038  -3.291     7.82          0.04471    -0.8094  5       -426.5      -7.453
//
//	mmas
//	100     0.8075  -2.375     622.8         2.544      -0.664   11      -379        -6.869
//	200     0.4351  -2.821     309.5         1.963      -0.7118  7       -396        -7.297
//	1000    0.4038  -3.17      16.67         0.1338     -0.8177  4       -432        -7.453
//
// Edges help where neighbours interact: after 1,000 trials 3 (mmas) and 4 (acs) on trap30, whose blocks lie in order. Elsewhere there are too many
// edges for the trials: mmas finds 73.7 on rosenbrock10 and 0.79 on ackley20, worse than with values.
//
// Of several objectives a colony, which has one set of trails for the whole front, is better than random search but no match for package genetic: a
// hypervolume of 116 (acs) and 117 (mmas) after 1,000 trials of ZDT1, where NSGA-II has 120.
package aco
