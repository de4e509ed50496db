// Package genetic is a genetic algorithm on typed axes (J. H. Holland, Adaptation in Natural and Artificial Systems, 1975; K. A. De Jong,
// An Analysis of the Behavior of a Class of Genetic Adaptive Systems, 1975), with the survival of NSGA-II when there are several objectives (K. Deb et al., IEEE Trans. Evol. Comput. 6, 2002).
//
// # Algorithm
//
//	first generation: P designs, the given ones (the best P of them) and then designs of the start
//	repeat: a child is the crossover of two selected parents (vary.Cross) with probability Crossover, else a copy of one; it mutates (vary.Mutate)
//	        when P children have been told, the best P of these and of the Elites best parents are the next parents
//
// "Best" is rank.Order: feasible before infeasible, then by objective or, of several, by non-dominated front and crowding. With Elites =
// Population, the default, this is the (P + P) scheme: nothing good is ever lost. With Elites = 1 it is the generational scheme with one elite.
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
// # Defaults
//
//	population  20         elites     0 = the population
//	selection   tournament tournament 3
//	crossover   0.9        blend      0.25
//	mutation    0 = exactly one axis a child
//	start       random
//
// # Measured
//
// Medians of 20 seeds on the functions of package agenttest (minimised), default options, which were chosen on these functions; to measure again:
// go test -v -run Medians ./agents/catalog
//
//	trials  branin  hartmann6  rosenbrock10  ackley20   nk20     trap30  knapsack30  tile_accel
//	100     0.5612  -2.523     195.8         2.359      -0.694   10      -368        -6.933
//	200     0.4095  -3.102     86.77         1.581      -0.7467  7       -396        -7.319
//	1000    0.4038  -3.291     8.81          0.09193    -0.8211  5       -438.5      -7.453
package genetic
