// Package genetic is a genetic algorithm on typed axes (J. H. Holland, Adaptation in Natural and Artificial Systems, 1975; K. A. De Jong,
// An Analysis of the Behavior of a Class of Genetic Adaptive Systems, 1975), "ga", NSGA-II, "nsga2" (K. Deb et al., IEEE Trans. Evol. Comput.
// 6, 2002), and NSGA-III, "nsga3" (K. Deb and H. Jain, IEEE Trans. Evol. Comput. 18, 2014).
//
// # Algorithm
//
//	first generation: P designs, the given ones (the best P of them) and then designs of the start
//	repeat: a child is the crossover of two selected parents (vary.Cross) with probability Crossover, else a copy of one; it mutates (vary.Mutate)
//	        when Offspring children have been told, the best P of these and of the Elites best parents are the next parents
//
// "Best" is rank.Order: feasible before infeasible, then by objective or, of several, by non-dominated front and crowding: constrained
// dominance. With Elites = Population, the default, nothing good is ever lost, and one child at a time competes with all parents: the steady
// state, which takes up a good child at once (J. J. Durillo et al., EMO 2009, on NSGA-II). With Elites = 1 and Offspring = Population it is the
// generational scheme with one elite.
//
//	tournament  the best of Tournament uniform draws (with replacement) from the parents
//	rank        parent at position i of P, 0 the best, with probability (P - i) / (P (P + 1) / 2)
//
// A child that was seen before is mutated further, one axis at a time, up to 32 times, and then replaced by an unseen design where the
// space is small (sampling.Seen.Fresh).
//
// Children are bred one by one when they are asked for, from the current parents; trials in flight belong to the generation in which they are
// told. So Ask never waits. While the first generation is not complete, Ask serves more designs of the start.
//
// "nsga2" is the same with full elitism and a tournament of two draws, as published; "ga" leaves these open and serves several objectives with
// the same survival.
//
// # NSGA-III
//
// "nsga3" is "nsga2" with another survival, for three objectives and more, where crowding says little. Reference directions w are the points of the unit simplex
// with coordinates that are multiples of 1/p (directions). With the losses g = best - f of the pool's feasible fronts that survivors can come from:
//
//	extreme trial of axis m    least max_k g_k v_k, v_m = 1, else v_k = 10⁶
//	normalised                 g_k / a_k, a the intercepts of the plane through the extreme trials; where there is none, a_k is the worst g_k of the first front
//	direction of a trial       the least distance |g - w (g·w)/(w·w)|
//
// Front after front, as long as there is room: of the directions that have a trial left in the front, one with the fewest survivors gives the next one, its nearest
// trial when it has no survivor yet, else any. Infeasible trials follow by their violation. The order in which survivors are taken is the order of the tournament,
// where the published algorithm draws parents of the same front alike; and children come one at a time. In one objective it is "nsga2".
//
// # Defaults
//
//	            ga          nsga2
//	population  a fiftieth of the budget, in [10, 50] and at most the budget; 20 when the budget is unknown
//	elites      population  population
//	offspring   1           1           the population when elites are fewer than it
//	selection   tournament  tournament
//	tournament  3           2
//	crossover   0.9         0.9
//	blend       0.25        0.25
//	mutation    0           0           = exactly one axis a child
//	start       lhs         lhs
//
// "nsga3" has the defaults of "nsga2", and divisions 0: the most whose directions are no more than the population, in two layers of many objectives.
//
// A told trial costs O(P log P) for one objective and O(P²) for several: 0.02 and 0.08 ms of 50 parents. In "nsga3" of D directions it is O(P (P + D)).
//
// # Measured
//
// Medians of 20 seeds on the functions of package agenttest (minimised), in studies of 1,000 trials with the default options, which were
// chosen on these functions. make agents-bench measures again, with other seeds; the lines of ga, go test -v -run Medians ./agents/catalog.
//
//	ga
//	trials  branin  hartmann6  rosenbrock10  ackley20   nk20     trap30  knapsack30  tile_accel
//	100     0.4154  -2.928     208.5         1.935      -0.7007  8       -384.5      -7.182
//	200     0.4095  -3.157     79.12         1.114      -0.7461  6       -404.5      -7.365
//	1000    0.4038  -3.292     8.32          0.06625    -0.828   5       -442.5      -7.453
//
//	nsga2
//	100     0.5696  -2.624     164.5         2.061      -0.6991  10      -374        -7.093
//	200     0.4095  -3.147     75.83         1.327      -0.7463  7       -399.5      -7.352
//	1000    0.4038  -3.292     9.33          0.107      -0.8223  5       -439.5      -7.453
//
// Median hypervolume (maximised) in the same way, from the reference points (11, 11) and (2.5, 2.5, 2.5):
//
//	trials  agent  ZDT1   ZDT2   DTLZ2
//	200     ga     112.9  102.1  14.23
//	        nsga2  111.6  101.6  14.3
//	        nsga3  110    99.09  14.35
//	1000    ga     120.3  119.5  14.99
//	        nsga2  120.2  119.1  14.99
//	        nsga3  119.5  118.5  14.99
package genetic
