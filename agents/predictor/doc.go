// Package predictor learns from told trials what a design of a space will be like, with boosted trees (package internal/learn/boost): which of two designs is better,
// what an objective will be, whether a design will have a result at all.
//
// # Rows
//
// A design becomes the numbers of space.AppendFeatures and, for axes of the same kind with the same levels, what these have in common, because it seldom
// matters alone on which of them a level is chosen:
//
//	nominal axes with equal labels   one number a label: how many active axes have it
//	ordinal axes with equal values   one number: the sum of 1 + level over the active axes
//
// In a cell of six edges that each choose one of five operations these are the numbers of each operation, without which trees on the edges alone rank
// cells of NAS-Bench-201 poorly.
//
// # Targets
//
//	order      normal quantiles of the positions in rank.Order: all that is known of the trials in one number, constraints and several objectives
//	           included. Trials of the class "unknown" of package rank are left out; equal trials share their position.
//	value      an objective or a violation of evaluated trials, standardised, by the squared loss
//	result     1 of evaluated trials, 0 of others, logistic
//
// With Bootstrap the rows have weights drawn from the exponential distribution (the Bayesian bootstrap, D. B. Rubin, Ann. Statist. 9, 1981): the model is then
// a draw of what the trials leave possible, and who follows the best of one draw after the other samples as W. R. Thompson (Biometrika 25, 1933) did.
package predictor
