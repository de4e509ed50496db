// Package nn is small dense nets on flat []float64, with backward passes written by hand, and what trains them: Adam, gradient clipping,
// orthogonal initialisation, and files of parameters.
//
// # Equations
//
// A Net of layers l = 1 … n maps a row x_0 to x_n:
//
//	z_l = b_l + W_l^T x_{l-1}      W_l has one row an input and one column an output
//	x_l = f(z_l) for l < n,        x_n = z_n
//	f   = tanh or max(0, z)
//
// Backward takes dL/dx_n of the rows of the last Forward and adds, summed over the rows,
//
//	d_n = dL/dx_n,  d_l = f'(z_l) * (W_{l+1} d_{l+1})     with f' = 1 - x_l^2 or [x_l > 0]
//	dL/dW_l += x_{l-1} d_l^T,  dL/db_l += d_l,  dL/dx_0 = W_1 d_1
//
// Adam (D. P. Kingma and J. Ba, ICLR 2015), for a gradient g at step t = 1, 2, …:
//
//	m = β1 m + (1 - β1) g     v = β2 v + (1 - β2) g^2
//	θ -= rate · m / (1 - β1^t) / (sqrt(v / (1 - β2^t)) + ε)        β1 = 0.9, β2 = 0.999, ε = 1e-5
//
// ε is that of the reference implementations of PPO (S. Huang et al., "The 37 implementation details of proximal policy optimization", ICLR
// blog track 2022), not the 1e-8 of the paper. Weights begin as orthogonal matrices (A. M. Saxe et al., ICLR 2014) times a gain, sqrt 2 of
// hidden layers and Shape.Gain of the output, biases as 0.
//
// # Cost
//
// Forward and Backward allocate nothing once the largest number of rows was seen. Sums are in the order of the inputs and rows, so results
// are equal from run to run on one architecture. A net keeps its scratch: it serves one goroutine.
//
// There is no convolution, no recurrence and no automatic differentiation.
package nn
