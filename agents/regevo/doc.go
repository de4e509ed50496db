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
//	population  40
//	sample      15, or the population when that is less
//	start       random
//
// The paper takes 100 and 25 for budgets of 20,000; smaller values suit budgets of some hundreds.
//
// # Measured
//
// Medians of 20 seeds on the functions of package agenttest (minimised), default options, which were chosen on these functions; to measure again:
// go test -v -run Medians ./agents/catalog
//
//	trials  branin  hartmann6  rosenbrock10  ackley20   nk20     trap30  knapsack30  tile_accel
//	100     0.4216  -2.905     208.3         2.156      -0.7425  7.5     -383        -7.193
//	200     0.4095  -3.17      63.13         1.275      -0.7832  5.5     -405        -7.383
//	1000    0.4038  -3.292     7.76          0.06625    -0.8371  5       -436        -7.453
package regevo
