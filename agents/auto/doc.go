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
// On the eight functions of one objective of agents/README.md, 20 seeds to 1,000 trials (bo by the rule), among all agents and references of that table which have the eight: mean
// rank 2.75 after 100 trials, the second behind bo, which it is; 2.69 after 200, the first; and 8.25 after 1,000, the second behind turbo (7.44). Medians, and all others beside them:
// "go run ./cmd/agentsbench --agents auto", agents/README.md.
//
// The kind that was picked is part of what the seed decides: an experiment with auto is reproducible as any other. Its options are the kind's defaults.
package auto
