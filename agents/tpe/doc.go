// Package tpe is the tree-structured Parzen estimator (J. Bergstra, R. Bardenet, Y. Bengio and B. Kégl, NIPS 2011) in its multivariate form
// (S. Falkner, A. Klein and F. Hutter, BOHB, ICML 2018), with the settings of Optuna (T. Akiba et al., KDD 2019; S. Watanabe, arXiv:2304.11127)
// but for the bandwidth.
//
// # Algorithm
//
//	the first Startup designs are those of the start; given ones count
//	then: the best min(ceil(GoodFrac · n), MaxGood) of the n told designs are good, the others and the pending ones are bad
//	      l and g estimate the density of good and bad designs
//	      of Candidates draws from l, the one of the greatest l(x) / g(x), hence of the greatest expected improvement, is proposed
//
// "Best" is rank.Order: feasible designs first, then by total violation; of several objectives by non-dominated front and crowding, as MOTPE
// splits them (Y. Ozaki et al., GECCO 2020), but without its weights by hypervolume. Of several objectives a design that falls behind the best
// 2 · MaxGood when it is told stays bad, so that a trial costs no sorting of all.
//
// Draws that were seen come last. When all of them were, the best is changed one axis at a time, up to 32 times (vary.Walk), and then replaced by an
// unseen design where the space is small (sampling.Seen.Fresh).
//
// # Densities
//
// Each is a mixture of one component a design c_i, the oldest first, and of a prior:
//
//	p(x) = (sum over i = 1 … n of w_i K(x | c_i) + PriorWeight · P(x)) / (sum over i of w_i + PriorWeight)
//	w_i  = 1 for the newest 25 designs; rising evenly from 1/n to 1 over the older ones
//	K(x | c) = product over the axes a that are active in x of k_a(x_a | c_a), or of P_a(x_a) where a is inactive in c
//	P(x)     = product over the axes a that are active in x of P_a(x_a)
//
// With L levels 0 … L-1:
//
//	ordinal      k: Gaussian around c_a with deviation σ_a, integrated over [x - 1/2, x + 1/2] and truncated to [-1/2, L - 1/2]
//	             P: the same around the middle of the range with σ = L
//	nominal      k = (1 + s) / (1 + s L) on c_a, s / (1 + s L) on each other level, s = PriorWeight / (n + 1);  P = 1 / L
//	permutation  k = q^d / Z with the Kendall distance d, the number of label pairs in the other order, q = s / (1 + s) and
//	             Z = product over j = 1 … labels of (1 + q + … + q^(j-1)) (C. L. Mallows, Biometrika 44, 1957);  P = 1 / L
//
// With d axes of more than one level:
//
//	spread  σ_a = n^(-1/(d+4)) sqrt((sum of w_i (c_ia - mean)^2 + PriorWeight · L^2 / 12) / (sum of w_i + PriorWeight)), at least 1/2, at most L
//	range   σ_a = 0.2 n^(-1/(d+4)) L, at least L / min(100, n + 2), at most L                                  as Optuna
//
// The spread is D. W. Scott's rule (Multivariate Density Estimation, 1992), as in BOHB, with the prior counted as one more design that is uniform over
// the range. It narrows as the good designs gather; the range hardly does.
//
// With Univariate there is a pair of mixtures for each axis alone, of the designs in which it is active, and each axis is chosen from its own
// draws: interactions are invisible.
//
// # Defaults
//
//	startup  10   candidates    24   good_frac  0.1      max_good    25
//	start    random  prior_weight  1    bandwidth  spread   univariate  false
//
// # Cost
//
// Ask costs O(candidates · n · axes): some 3 ms with 1,000 told designs in 20 dimensions. It grows with the number of told designs, which are all
// kept; go test -bench . ./agents/tpe measures it.
//
// # Measured
//
// Medians of 20 seeds on the functions of package agenttest (minimised), default options; the bandwidth was chosen among the two by these and
// the functions below:
//
//	trials  branin  hartmann6  rosenbrock10  ackley20   nk20     trap30  knapsack30  tile_accel
//	100     0.4095  -3.158     140.1         2.246      -0.7205  8       -387        -7.27
//	200     0.4038  -3.276     52.7          1.795      -0.7327  6       -405.5      -7.453
//
// After 100 trials in ten dimensions, 101 levels on [-5, 5], medians of 20 seeds:
//
//	                       sphere  rosenbrock
//	joint, spread            6.2      1440
//	joint, range            12.2      3840
//	univariate, spread      18.0      5420
//	univariate, range       12.7      3830
//	uniform draws           31.4     18700
//
// Optuna's issue 2871 reports 0.40 and 163 of BOHB's kernel estimator on these two functions after 100 evaluations in ten continuous dimensions
// (10 seeds), and 10.8 and 4698 of its own univariate one: this package stays well behind the former.
package tpe
