// Package confuciux is the two-stage search of ConfuciuX (S.-C. Kao, G. Jeong and T. Krishna, MICRO 2020), "confuciux": reinforcement learning finds a region, and
// a local genetic algorithm tunes the designs in it.
//
// # Algorithm
//
//	first stage   Share · budget trials of REINFORCE on designs (package policygrad): an episode assigns all axes of a design
//	second stage  the genetic algorithm (package genetic, its defaults but for the population), whose first parents are the best designs of the first
//	              stage: steady state, nothing good is lost, one axis of a child changes, half of the ordinal changes by a few levels
//
// Trials of the first stage that are told after the second has begun (trials in flight) do not reach it. Given trials belong to the first stage, and so
// to the parents of the second. With a Share of 1 there is no second stage.
//
// # Defaults
//
//	share       0.2          500 of 2,500 trials: the released script's 500 episodes, and its 100 generations of 20 designs
//	population  20
//	form        factorised
//
// With an unknown budget the first stage has 500 trials.
//
// # Differences from the released code
//
// github.com/maestro-project/confuciux at commit 2885eef walks through the layers: the state of a step is the layer's shape and the last choice, a recurrent policy
// shares what it learns over layers, a step is rewarded with what its layer costs, and an episode ends where the budget is exceeded. Here a design is proposed
// whole: a free distribution an axis (or with form = autoregressive or recurrent one that sees the earlier choices), ranked by the objective of the whole design, and designs above
// the budget by how much they exceed it. The local search does not look at single layers either. So an agent needs nothing but the space and the told trials.
package confuciux
