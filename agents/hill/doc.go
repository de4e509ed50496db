// Package hill is hill climbing with restarts (S. Russell and P. Norvig, Artificial Intelligence, "first-choice hill climbing"), the
// baseline that a learned agent has to beat.
//
// # Algorithm
//
//	climb: start at a uniformly drawn unseen design (the first climb: at the best given design, if any)
//	       try the moves of the incumbent one by one; the first that is better becomes the incumbent
//	       when no move is left and none is in flight, start the next climb
//
// A move changes one axis: to the levels of space.Neighbors and, of an ordinal axis, also to those 2, 4, 8, … levels away, up to
// Options.Reach. Moves come in random order, those of the axes that were tried least first, so that a success on one axis does not repeat
// all the failures on the others. Designs that were seen before are skipped. "Better" is rank.Compare; a move that is equal is taken as well, which
// crosses plateaus and cannot cycle, because nothing is proposed twice.
//
// # Several objectives
//
// One incumbent leads to one place of the front. Pareto local search (L. Paquete, M. Chiarandini and T. Stützle, in Metaheuristics for Multiobjective
// Optimisation, LNEMS 535, 2004) keeps all designs that none of the climb betters:
//
//	climb: start at 10 designs an objective, drawn as above (at most a quarter of the budget; given ones count)
//	       draw weights w, uniform on the simplex; of the incumbents with moves left, take the one of the least
//	              max over i of w_i d_i + 0.05 sum of w_i d_i,   d_i = (best_i - f_i) / (best_i - worst_i)  over the incumbents
//	       try its next move; the design becomes an incumbent unless one is better or equal, and drops those that it betters
//	       when no incumbent has a move left and none is in flight, start the next climb
//
// The distance is the augmented weighted Chebyshev norm, whose minima over w are the whole front, dents included (R. Steuer and E. Choo, Mathematical
// Programming 26, 1983), with the weight of ParEGO (J. Knowles, IEEE Transactions on Evolutionary Computation 10, 2006). Random weights for each
// step spread the climb as in multi-objective genetic local search (H. Ishibuchi and T. Murata, 1998; A. Jaszkiewicz, European Journal of
// Operational Research 137, 2002). As long as no design is feasible there is one incumbent, the newest of the best. Of more than 100 incumbents the
// most crowded is forgotten.
//
// # Trials in flight
//
// With trials in flight, moves from an incumbent that has been replaced still count when they are told. While the last moves of an incumbent
// are in flight, Ask proposes starts of the next climb: the best of them begins it, or becomes the incumbent at once where it is better.
//
// # Defaults
//
//	reach  0 = the whole axis
//
// # Measured
//
// Medians of 20 seeds on the functions of package agenttest (minimised), default options, which were chosen on these functions; to measure again:
// go test -v -run Medians ./agents/catalog
//
//	trials  branin  hartmann6  rosenbrock10  ackley20   nk20     trap30  knapsack30  tile_accel
//	100     0.4095  -3.291     63.5          1.35       -0.7724  5       -360.5      -7.322
//	200     0.4095  -3.292     13.36         0.3917     -0.7854  5       -384        -7.38
//	1000    0.4038  -3.292     6             4.441e-16  -0.8266  4       -397        -7.453
//
// Medians of 20 seeds of the hypervolume on the functions of several objectives (go run ./cmd/agentsbench -agents hill,random):
//
//	trials         zdt1    zdt2    dtlz2
//	200            112.8   105.1   13.22
//	200   random   101.0   87.04   13.03
//	1000           120.2   120.3   14.86
//	1000  random   105.6   92.40   13.86
//
// Of 5, 10 and 15 starts an objective all were no worse than random search after 200 trials by the Mann-Whitney test of package agentsbench; one
// start alone was worse on dtlz2 (12.39).
// A single incumbent with restarts, which moved to designs that dominate it, reached 11.48 on dtlz2 after 200 trials, less than random search.
package hill
