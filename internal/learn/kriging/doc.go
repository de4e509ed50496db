// Package kriging tells the values of a case that is not known (a workload) from those of known cases, by numbers that describe all of them (features).
//
// Where v_s is the logarithm of a value in case s and x_s the features of the case, a rule says
//
//	v = o(x) + Σ_s w_s (v_s - o(x_s)),   Σ_s w_s = 1
//	o(x) = Σ ±ln x_i                                          over up to 2 features: values grow, or shrink, as these do
//	w = A⁻¹ (k + 1 (1 - 1ᵀA⁻¹k) / (1ᵀA⁻¹1))                   ordinary kriging: A_st = exp(-d²(x_s, x_t) / 2ℓ²) + λ [s = t],  k_s = exp(-d²(x, x_s) / 2ℓ²)
//
// with the distance d over up to 3 features, scaled to the mean 0 and the deviation 1 over the known cases. A feature that is positive, and ten times as large somewhere
// as elsewhere, counts by its logarithm; one that is zero somewhere, as ln(1 + x / its least positive value). Without features w is the mean, 1/n.
//
// # Choice
//
// Each known case is told by the others. From the mean on, the feature is added, to o or to d (with ℓ = 1, 2 or 4 times the root of the number of features in d, and λ = 0.01, 0.1 or 1), that brings the root of the mean squared error
// of a case, in the mean over the cases, down most, as long as the improvement is more than 1 % and more than its standard error over the cases: with few cases that is seldom so, and the
// mean stays. The weights of all left-out cases come from one inverse: with B = A⁻¹ - A⁻¹1 1ᵀA⁻¹ / (1ᵀA⁻¹1) those of case t are w_s = -B_ts / B_tt.
//
// Sources: N. Cressie, Statistics for Spatial Data, 1993, section 3.2 (ordinary kriging); O. Dubrule, Cross validation of kriging in a unique neighborhood, 1983.
//
// Not modelled: that values of designs differ in how they depend on the features: all designs of a case have the same weights.
package kriging
