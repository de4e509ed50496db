// Package stats holds the statistics that sweeps are reported with: pure functions on float64 slices, larger is better unless said otherwise.
//
// Arguments are never changed. Infinite values are allowed wherever values are only ordered ("this seed never got there" is +Inf trials);
// a NaN among the values, or no values at all, makes the result NaN.
//
// # Quantiles
//
// With x(1) <= … <= x(n) the sorted values, the p-quantile is type 7 of [HF96], the default of R and NumPy:
//
//	h = (n-1) p + 1,   Q(p) = x(⌊h⌋) + (h - ⌊h⌋) (x(⌊h⌋+1) - x(⌊h⌋))
//
// Median = Q(1/2).
//
// # Bootstrap
//
// Bootstrap draws resamples of size n with replacement and returns the (1-c)/2 and (1+c)/2 quantiles of the statistic over them, the
// percentile interval at confidence c of [ET93, section 13.3]. It assumes independent values (seeds, not trials of one run) and is too short
// for very few of them: with n = 3 it can never reach beyond the smallest and the largest value. It depends on the given stream alone.
//
// # Several objectives
//
// a dominates b when a is nowhere smaller and somewhere larger. Front keeps what nothing dominates, equal vectors all. The hypervolume of a
// set S against the reference point r is the volume of the union of the boxes [r, s], s in S, s > r in every objective [ZT99]; r is
// the worst corner and belongs to the number: two hypervolumes compare only with the same r. It is computed exactly by slicing along the last
// objective [WHILE06]. The cross-section of two objectives is the area under a staircase, to which vectors are added one by one: O(n log n)
// comparisons for two and three objectives, and a factor n for each further one.
//
// # Best-so-far curves
//
// A curve is the best value of one run after 1, 2, … trials, stored where it changes. Bands takes the quantiles of several curves at the
// same trial counts: a run that has no feasible design yet counts as worse than any value (dropping it would flatter agents that fail
// often), and a run counts up to its last trial only.
//
// # References
//
//	[ET93]      Efron, Tibshirani, An Introduction to the Bootstrap, Chapman & Hall 1993
//	[HF96]      Hyndman, Fan, Sample Quantiles in Statistical Packages, The American Statistician 50(4), 1996
//	[WHILE06]   While et al., A Faster Algorithm for Calculating Hypervolume, IEEE Trans. Evol. Comp. 10(1), 2006
//	[ZT99]      Zitzler, Thiele, Multiobjective Evolutionary Algorithms: A Comparative Case Study, IEEE Trans. Evol. Comp. 3(4), 1999
package stats
