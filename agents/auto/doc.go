// Package auto picks an agent of the catalogue for a problem and hands everything to it: what to take when there is no reason for another.
//
// # Rule
//
// The first row that fits; a budget that is not known counts as 200 trials.
//
//	designs of the space <= budget                     grid     every design once
//	one or two objectives,   budget <= 1,000           bo       expected improvement, of two objectives of the hypervolume
//	more objectives,         budget <= 400             bo       ParEGO
//	one objective,           budget <= 5,000           turbo    draws in a trust region
//	one objective                                      regevo   regularised evolution
//	several objectives                                 nsga2
//
// Constraints do not change the choice: all of these know them beside the objectives, and the models of bo and turbo learn their own.
//
// bo and turbo think for 10 to 50 ms a trial: little beside a simulator that takes longer, much beside one of microseconds. Who has such a
// simulator and no patience names an evolution instead.
//
// # Measured
//
// On the eight functions of one objective of agents/README.md (3 seeds, to 1,000 trials: bo by the rule), beside the rows of that table, of 20 seeds: mean
// rank 2.6 after 100 trials and 2.1 after 200, the second behind bo alone, and 4.9 after 1,000, the first (regevo 6.8).
//
//	trials  branin  hartmann6  rosenbrock10  ackley20  nk20    trap30  knapsack30  tile_accel
//	100     0.404   -3.292     9.62          0.114     -0.732  5       -444        -7.453
//	200     0.404   -3.292     6.92          0         -0.794  5       -456        -7.453
//	1000    0.404   -3.292     5.34          0         -0.840  5       -457        -7.453
//
// The kind that was picked is part of what the seed decides: an experiment with auto is reproducible as any other. Its options are the kind's defaults.
package auto
