// Package gp is Gaussian process regression over inputs of numbers and codes (C. E. Rasmussen and C. K. I. Williams, Gaussian Processes for
// Machine Learning, 2006), for a few hundred points.
//
// # Model
//
// Targets y_i = f(x_i) + noise, f a Gaussian process of constant mean m and covariance s² k, the noise normal of variance v. With A the
// covariance of the targets, a vector of ones 1 and c the covariances of a new x with the inputs,
//
//	m          = (1ᵀ A⁻¹ y) / (1ᵀ A⁻¹ 1)                generalised least squares; its own uncertainty is left out
//	mean(x)    = m + cᵀ A⁻¹ (y - m 1)
//	variance(x) = s² - cᵀ A⁻¹ c                          of f, without noise
//
// # Kernel
//
// Every Axis of an input has a length-scale l. The numeric axes are the Matern part, the overlap axes the other:
//
//	M = (1 + √5 r + 5 r²/3) exp(-√5 r),   r² = sum over numeric axes of (distance / l)²       Matern 5/2
//	O = exp(-sum over overlap axes whose codes differ of 1/(2 l²))                            exponentiated overlap
//
//	k = M O                               Product
//	k = (M + O)/2                         Sum
//	k = w M O + (1-w) (M + O)/2           Mixed, w in (0, 1) fitted
//
// as in CASMOPOLITAN (X. Wan et al., "Think Global and Act Local", ICML 2021), its transformed overlap kernel written with a length-scale an
// axis. An axis of several columns, such as the places of the labels in an order, is Euclidean over them with one length-scale. Inputs with axes
// of one sort only have the kernel of that sort.
//
// # Parameters
//
// Fit finds the greatest posterior density of ln l, ln s², ln v and logit w by L-BFGS with analytic derivatives, from where the fit before
// stopped, or from the modes of the priors where these are better. The priors, of d axes, for targets of mean 0 and variance 1:
//
//	l      lognormal, location √2 + (ln d)/2, scale √3    C. Hvarfner, E. O. Hellsten and L. Nardi, "Vanilla Bayesian Optimization
//	                                                      Performs Great in High Dimensions", ICML 2024
//	v      lognormal, location -4, scale 1                as BoTorch has it (FunctionNoise); location -1 for labels (LabelNoise):
//	                                                      our choice
//	s²     lognormal, location 0, scale 1                 weak: our choice
//	w      logit normal, mean 0, deviation 1.5            weak: our choice
//
// The diagonal gets a jitter of 1e-8, ten times as much where the covariance cannot be factored, and so on to 1e-4; then it is an error.
//
// # Cost
//
// With n inputs of d numbers: Add O(n d + n²), as the Cholesky factor grows by a row; Truncate, which takes back the latest inputs, nothing; Arrange O(n d)
// an input that is new, and O(n²) an input from the first on that is not in its place; SetTargets O(n²); Predict O(n d + n²); one step of Fit
// O(n³ + n² d). The factor is our own, packed by rows, because gonum's copies itself to grow and its triangular solve of one vector does not use
// the vector instructions that its dot product does.
//
// Codes are compared four at a time: 16 bits each of a word, so that an overlap part costs a table's entry for every four axes. A step of Fit computes what
// each pair of inputs is to each other once; the derivatives by the length-scales are then products of a matrix with a column, and sums of a tally.
//
// A Probe predicts many inputs that differ little from one, as searches of a best input do: O(n) a column that differs. The variance, which takes O(n²)
// more, is bounded from both sides in O(n), from an input whose V = A⁻¹ c is known (Probe.Look), and often a bound is all that a search needs.
//
// # Targets and improvement
//
// Standardise, RankGauss and PowerWarp (I.-K. Yeo and R. A. Johnson, Biometrika 87, 2000, its power by maximum likelihood over [-3, 5]) bring
// targets to the form that the priors expect. LogExpectedImprovement and LogNormalCDF stay finite in the far tail (S. Ament et al., "Unexpected
// Improvements to Expected Improvement for Bayesian Optimization", NeurIPS 2023; ours evaluates Mills' ratio by its continued fraction):
//
//	EI = E max(f - best, 0) = sd (φ(z) + z Φ(z)),   z = (mean - best)/sd
//
// Front has its counterpart of two functions, the expected improvement of the hypervolume. Model.Joint draws the function at many inputs at once.
package gp
