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
// Stratified draws from each of several strata (the runs of each task) by itself [AG21]: what differs between tasks does not widen the interval.
//
// # Many tasks
//
// Scores of different tasks are put on one scale by Normalised: 0 the score of a random search at the same budget, 1 the optimum. With S the scores
// of all runs on all tasks, m_t the mean on task t, and U the statistic of Mann and Whitney of the runs of two agents on a task
//
//	interquartile mean       mean of S without its ⌊|S|/4⌋ smallest and as many largest [AG21]
//	median                   median over t of m_t
//	probability of improvement   mean over the tasks of U / (n m), n and m the numbers of runs
//	performance profile      for each τ the mean over the tasks of the share of runs with a score above τ
//
// # Rank tests
//
// MannWhitney is for independent runs of two agents, SignedRank for pairs (the same seed), Friedman for several agents over the same tasks, Holm for many
// tests at once. With R the sum of the ranks of the n values of x among all n + m, equal values sharing their mean rank, t_g the sizes of the groups of equal
// values, V the sum of the ranks of the positive ones among n differences, R_j the mean rank of agent j of k over n tasks
//
//	U   = R - n(n+1)/2,   p = P(U' >= U), U' of all arrangements alike                    without ties, n < 50, m < 50
//	                      p = 1 - Φ((U - nm/2 - 1/2) / σ)                                 else
//	σ²  = nm/12 (n + m + 1 - Σ_g (t_g³ - t_g) / ((n+m)(n+m-1)))
//	V:  exact over the 2^n signs without ties and below n = 50, else normal with mean n(n+1)/4 and variance n(n+1)(2n+1)/24 - Σ_g (t_g³ - t_g)/48
//	χ²  = 12 n² Σ_j (R_j - (k+1)/2)² / (n k (k+1) - Σ_g (t_g³ - t_g)/(k-1)),   k - 1 degrees of freedom
//
// # Fixed targets and anytime curves
//
// The distribution of trials to target counts pairs of a run and a target; the targets of a task lie between an easy value and the optimum, the gap falling from
// 1 to 1/1000 in equal steps of its logarithm, and the optimum itself [HAN21]. The expected trials to one target are all trials spent by the number of successes. Area is the mean
// score of a best-so-far curve at a trial count picked evenly in its logarithm.
//
// # Lottery
//
// An agent's settings are drawn like lots: Lottery tells the best, the median and the spread of the settings' medians and the chance that a run of a random setting reaches what is
// asked for; ExpectedBest what tuning with k settings brings, the mean of the largest of k drawn without replacement [TAN20]. Importances says how much of
// the variance over the settings each hyper-parameter explains [HUT14]: the functional analysis of variance of package internal/learn/forest.
//
// # Several objectives
//
// a dominates b when a is nowhere smaller and somewhere larger. Front keeps what nothing dominates, equal vectors all. The hypervolume of a
// set S against the reference point r is the volume of the union of the boxes [r, s], s in S, s > r in every objective [ZT99]; r is
// the worst corner and belongs to the number: two hypervolumes compare only with the same r. It is computed exactly by slicing along the last
// objective [WHILE06]. The cross-section of two objectives is the area under a staircase, to which vectors are added one by one: O(n log n)
// comparisons for two and three objectives, and a factor n for each further one.
//
// Attainment is the border of what k of n runs have reached [FF96], Epsilon and InvertedDistance how far a front falls short of another one.
//
// # Best-so-far curves
//
// A curve is the best value of one run after 1, 2, … trials, stored where it changes. Bands takes the quantiles of several curves at the
// same trial counts: a run that has no feasible design yet counts as worse than any value (dropping it would flatter agents that fail
// often), and a run counts up to its last trial only.
//
// # References
//
//	[AG21]      Agarwal et al., Deep Reinforcement Learning at the Edge of the Statistical Precipice, NeurIPS 2021
//	[ET93]      Efron, Tibshirani, An Introduction to the Bootstrap, Chapman & Hall 1993
//	[F37]       Friedman, The Use of Ranks to Avoid the Assumption of Normality Implicit in the Analysis of Variance, J. Amer. Stat. Assoc. 32, 1937
//	[FF96]      Fonseca, Fleming, On the Performance Assessment and Comparison of Stochastic Multiobjective Optimizers, PPSN IV, 1996
//	[H79]       Holm, A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6, 1979
//	[HAN21]     Hansen et al., COCO: A Platform for Comparing Continuous Optimizers in a Black-Box Setting, Optimization Methods and Software 36, 2021
//	[HF96]      Hyndman, Fan, Sample Quantiles in Statistical Packages, The American Statistician 50(4), 1996
//	[HUT14]     Hutter, Hoos, Leyton-Brown, An Efficient Approach for Assessing Hyperparameter Importance, ICML 2014
//	[ISH15]     Ishibuchi et al., Modified Distance Calculation in Generational Distance and Inverted Generational Distance, EMO 2015
//	[MW47]      Mann, Whitney, On a Test of Whether One of Two Random Variables is Stochastically Larger than the Other, Ann. Math. Stat. 18, 1947
//	[TAN20]     Tang et al., Showing Your Work Doesn't Always Work, ACL 2020
//	[W45]       Wilcoxon, Individual Comparisons by Ranking Methods, Biometrics Bulletin 1, 1945
//	[WHILE06]   While et al., A Faster Algorithm for Calculating Hypervolume, IEEE Trans. Evol. Comp. 10(1), 2006
//	[YEH20]     Yang, Esperança, Carlucci, NAS Evaluation Is Frustratingly Hard, ICLR 2020
//	[ZIT03]     Zitzler et al., Performance Assessment of Multiobjective Optimizers: An Analysis and Review, IEEE Trans. Evol. Comp. 7(2), 2003
//	[ZT99]      Zitzler, Thiele, Multiobjective Evolutionary Algorithms: A Comparative Case Study, IEEE Trans. Evol. Comp. 3(4), 1999
package stats
