// Package cmaes is the covariance matrix adaptation evolution strategy, CMA-ES (N. Hansen, "The CMA Evolution Strategy: A Tutorial",
// arXiv:1604.00772v2, 2016), for spaces of discrete axes.
//
// # Distribution
//
// Places x of n coordinates are drawn as x = m + σ D y, y = L z, z standard normal, C = L Lᵀ; D is diagonal and 1 but for the margin. A
// generation is λ places with their results, ranked (package rank), best first: y_1 … y_λ. With the weights w_i = ln((λ+1)/2) - ln i, the first
// λ/2 scaled to the sum 1, the others to the sum of the tutorial's minimum (equations 50 to 53), and μ = (Σ w_i)² / Σ w_i² of the first:
//
//	d   = Σ_(i ≤ λ/2) w_i y_i                                      m ← m + σ D d
//	p_σ ← (1-c_σ) p_σ + sqrt(c_σ (2-c_σ) μ) L⁻¹ d
//	σ   ← σ exp(min(1, c_σ/d_σ (|p_σ| / E|z| - 1)))
//	h   = 1 when |p_σ| / sqrt(1 - (1-c_σ)^(2g)) < (1.4 + 2/(n+1)) E|z| in generation g, else 0
//	p_c ← (1-c_c) p_c + h sqrt(c_c (2-c_c) μ) d
//	C   ← (1 + c_1 (1-h) c_c (2-c_c) - c_1 - c_μ Σ w_i) C + c_1 p_c p_cᵀ + c_μ Σ w_i° y_i y_iᵀ
//
// where w_i° is w_i, and w_i n / |L⁻¹ y_i|² of a negative one. The rates are those of the tutorial's table 1. L is the Cholesky factor instead of
// the symmetric root (T. Suttorp, N. Hansen and C. Igel, Machine Learning 75, 2009): it costs n³/6, and is renewed every 1/(10 n (c_1+c_μ))
// generations.
//
// Results of trials in flight belong to the generation in which they are told. A step from a distribution that has moved on since is cut to
// the whitened length sqrt(n) + 2n/(n+2) (N. Hansen, "Injecting External Solutions into CMA-ES", arXiv:1110.4181).
//
// # Axes
//
//	ordinal, or nominal of two labels   one coordinate; level floor(x L) of L, the end levels beyond [0, 1]
//	nominal of more labels              one coordinate a label; the greatest tells
//	permutation                         one coordinate a label; labels in ascending order
//
// Inactive axes have coordinates that mean nothing. Of two labels the greatest of two coordinates is the sign of their difference, hence one.
//
// # Margin
//
// After each generation no level may be out of reach: with α = 1/(nλ) and deviations s_i = σ D_ii sqrt(C_ii), the means move to the nearest and D grows by
// the least such that the following hold (after R. Hamano et al., "CMA-ES with Margin", GECCO 2022, which has the first two):
//
//	end level         P(leave it) >= α
//	other level       P(below) >= α/2 and P(above) >= α/2: D_ii and m_i solve both as equations when one fails
//	label             P(beats the label of the greatest mean) >= α/(L-1)
//	order             P(two labels that follow one another change places) >= α/(L-1)
//
// # Repeats and restarts
//
// A place whose design was told before joins the generation with the known result: repeats cost no trial. When 10 λ draws in a row give no new
// design, or after 10 + 30 n/λ generations without a better one, the search starts elsewhere with twice the population, at most 64 times the first
// (IPOP, A. Auger and N. Hansen, CEC 2005). A start has the deviation sigma, the means of ordinal axes uniform in [1/4, 3/4], and no label ahead. The first
// one begins at the best given trial, if there is one.
//
// Of several objectives a generation is ranked together with the 50 best designs of all starts by non-dominated front and crowding: members that fill
// gaps of the front come first.
//
// # Defaults
//
//	population  4 + floor(3 ln n)
//	sigma       0.2
//	growth      2
//
// Memory: n² numbers, and the told trials. A trial costs O(n²), on average some 0.01 ms of 20 axes.
//
// # Measured
//
// In the median of 11 seeds the continuous strategy, population 10, reaches 1e-8 in ten coordinates after 1,484 evaluations of the sphere, 4,327 of the
// ellipsoid of condition 10⁶ and 5,153 of Rosenbrock's function (cmaes 0.9.1: 1,500, 4,320, 5,080).
//
// On the functions of package agenttest with the default options, against a plain CMA-ES with greatest-of-labels: no worse on all eight functions after 200
// trials and on seven after 1,000. It is worse there on ackley20_mixed (0.85 to 0.35).
package cmaes
