// Package active chooses designs to learn from, not designs to build: what it evaluates becomes the training set of a proxy cost model. It has every objective of
// the problem for a quantity to be predicted, whichever way it is to go; `codesign proxy active` and `dataset collect --agents active` use it.
//
// # Loop
//
//  1. Startup designs drawn uniformly
//  2. a random forest (package internal/learn/forest, the law of total variance over its trees) of each objective, over all told trials with a result, and one of
//     whether a design has a result at all
//  3. a pool of Candidates unseen designs, drawn uniformly, and a score u ≥ 0 of each
//  4. a batch of Batch designs; of these RandomFrac, told by chance, are drawn uniformly in place of the chosen one
//  5. when the batch is handed out, go to 2
//
// # Acquisition
//
// With the mean m_k and the deviation s_k that the forest of objective k gives a candidate, y_k the told values and p the chance of a result, at least 0.05:
//
//	variance   u = p sqrt(sum_k (s_k / sd y_k)²)     the trees' disagreement, in units of the targets' spread
//	interval   u = p sqrt(sum_k ((h_k - l_k) / sd y_k)²)     the width between the 5 % and the 95 % quantile, by boosted trees under the quantile loss
//	front      u = p E[max(w·m + s N - best, 0)]     expected improvement of a random weighting w of the standardised objectives: better designs, told apart
//
// A batch is greedy: the next design has the greatest u d², where d is the distance of its features (space.Space.Features) to the nearest design of the batch and of the
// designs that are in flight; so designs of one batch differ.
//
// # When enough is known
//
// The uniformly drawn designs judge before they teach: each is predicted by the forests of its batch. With ErrorFrac above 0 the agent finishes as soon as, over the last 50 of
// them that have a result, the root mean square error of each objective over the mean of its magnitude is at most ErrorFrac. Because these designs are drawn as
// random designs are, this is an honest estimate for random designs; of the designs that were chosen for being hard it would not be. The forests are no better than the
// proxy that is fitted afterwards, boosted trees unless told otherwise, so that the bound errs to the safe side.
//
// # Determinism
//
// What is asked depends on the generator and the told trials alone. With more than one trial in flight a batch is planned when the one before was handed out, with
// what is told by then.
//
// # Defaults
//
//	startup 50, or a quarter of the budget when that is less   batch 20   random_frac 0.25   candidates 500   trees 20   acquisition variance   error_frac 0
//
// Not modelled: the noise of a simulator; costs that differ between designs; constraints, which are not learned.
//
// Sources: D. A. Cohn, Z. Ghahramani and M. I. Jordan, Active Learning with Statistical Models, J. Artif. Intell. Res. 4, 1996 (variance); D. Wu, C.-T. Lin and J. Huang,
// Active Learning for Regression Using Greedy Sampling, Inf. Sci. 474, 2019 (diversity); J. Knowles, ParEGO, IEEE Trans. Evol. Comput. 10, 2006 (random weightings).
package active
