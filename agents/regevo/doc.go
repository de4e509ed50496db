// Package regevo is regularised evolution (E. Real, A. Aggarwal, Y. Huang and Q. V. Le, "Regularized Evolution for Image Classifier
// Architecture Search", AAAI 2019), also called ageing evolution.
//
// # Algorithm
//
//	fill a queue with P designs of the start (given designs first, the best P of them)
//	repeat: draw S members of the queue without replacement; the best of them is the parent
//	        change one axis of the parent (vary.One); the child joins the queue when it is told
//	        the oldest member leaves
//
// "Best" is rank.Best: feasible before infeasible, of several objectives the least crowded of the non-dominated ones in the sample. Because
// every member dies of age, a design lives on only by passing its good genes to children: the search cannot stick to one lucky design.
//
// A child that was seen before is mutated further, one axis at a time, up to 32 times, and then replaced by an unseen design where the
// space is small (sampling.Seen.Fresh). There are no generations: with trials in flight children are bred from whoever has been told, and the first
// population completes as results come.
//
// # Defaults
//
//	population  40, or a quarter of the budget when that is less
//	sample      15, or the population when that is less; of several objectives the population
//	start       lhs
//
// The paper takes 100 and 25 for budgets of 20,000; smaller values suit budgets of some hundreds. Of several objectives most members of a small
// sample are not dominated within it: it would hardly select.
//
// # Measured
//
// Medians of 20 seeds on the functions of package agenttest (minimised), in studies of 1,000 trials with the default options, which were
// chosen on these functions; to measure again: go test -v -run Medians ./agents/catalog
//
//	trials  branin  hartmann6  rosenbrock10  ackley20   nk20     trap30  knapsack30  tile_accel
//	100     0.4124  -2.979     272.7         2.084      -0.7377  8       -379        -7.226
//	200     0.4038  -3.215     66.67         1.297      -0.7759  6       -401        -7.41
//	1000    0.4038  -3.291     8.56          0.09193    -0.8274  5       -440.5      -7.453
//
// Median hypervolume (maximised) from the reference points (11, 11) and (2.5, 2.5, 2.5), of 20 other seeds; without crossover it is slow to
// spread over three objectives:
//
//	trials  ZDT1   ZDT2   DTLZ2
//	200     114.3  106.5  13.31
//	1000    120.6  120.2  14.88
package regevo
