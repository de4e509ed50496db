// Package forest is expected improvement on random forests, after SMAC (F. Hutter, H. H. Hoos and K. Leyton-Brown, LION 5, 2011; M. Lindauer et
// al., SMAC3, J. Machine Learning Research 23, 2022). The forests are those of package internal/learn/forest.
//
// # Algorithm
//
//	the first Startup designs are those of the start; given ones count
//	then: with probability RandomFrac a uniformly drawn unseen design
//	      else the unseen candidate of the greatest acquisition; the candidates are all moves (vary.AppendMoves) of the best Leaders told
//	      designs, one axis each, to real levels, and Challengers uniform draws
//
// Equal acquisitions, which forests give often, are decided by the random order of the moves. Candidates are one move away from told designs
// because that is where the trees can be trusted: climbing the acquisition over several moves ended in places that only looked good. When
// every candidate was seen, an unseen design is drawn (sampling.Seen.Fresh).
//
// # Acquisition
//
// With the forest's mean m and standard deviation s of the target of a design, and t the greatest target of a feasible trial,
//
//	log EI = log(s (φ(z) + z Φ(z))),  z = (m - t) / s
//
// without underflow. While anything told is infeasible, a second forest learns the margin of all trials, and log Φ(-mean / deviation) of the margin,
// the probability of being feasible, is added. While nothing is feasible, the acquisition is the expected improvement of the least margin.
//
//	target, rank  normal quantile of the objective's rank among the evaluated trials
//	        log   -ln((b - y) / (b - worst)), b as far beyond the best as that is from the 95th percentile: SMAC's log of the cost
//	        none  the standardised objective
//	margin        of an evaluated trial sign(v) ln(1 + |v|), v its greatest violation, each over its mean absolute value; -ln 2 without constraints.
//	              of another one 1 + r / (1 + r) above the greatest of those, r its distance from feasible over the mean distance, or 2 above
//
// Of several objectives the target is made of the augmented Chebyshev scalarisation, with new weights, uniform on the simplex, for every
// design asked for (J. Knowles, ParEGO, IEEE Trans. Evol. Comput. 10, 2006):
//
//	-(max over k of w_k d_k + 0.05 sum over k of w_k d_k),  d_k = (best_k - y_k) / (best_k - worst_k)
//
// A pending design counts as a trial of the mean target (constant liar; D. Ginsbourger, R. Le Riche and L. Carraro, 2010).
//
// # Rows
//
// An ordinal axis is one ordinal feature, a nominal axis one nominal feature, a permutation one ordinal feature a label, its place. A
// conditional axis adds a feature of two levels, or one level to the nominal feature, that says whether it is active.
//
// # Defaults
//
//	startup      20, or a quarter of the budget when that is less      start        random
//	trees        10    transform  rank    random_frac  0.1             SMAC: 10, log, 0.2
//	challengers  1000  leaders    10                                   SMAC: 10,000 draws, local searches from 10
//	memory       2000 trials: the best half of it and the newest others
//
// # Cost
//
// Each design asked for trains the forests anew: some 20 ms of processor time with 1,000 trials in 20 dimensions, twice that with
// infeasible trials, and no more than twice as much again beyond the memory; go test -bench . ./agents/forest measures it.
//
// # Measured
//
// Medians of 20 seeds on the functions of package agenttest (minimised), default options; the candidates and the start were chosen on five of
// these functions:
//
//	trials  branin  hartmann6  rosenbrock10  ackley20   nk20     trap30  knapsack30  tile_accel
//	100     0.4095  -3.17      147.9         1.725      -0.7656  5       -393.5      -7.395
//	200     0.4095  -3.17      63.36         0.3627     -0.7987  5       -412.5      -7.453
package forest
