package nn

import "math"

// Adam's constants; see the package comment.
const (
	beta1   = 0.9
	beta2   = 0.999
	epsilon = 1e-5
)

// Adam is the optimiser of one slice of parameters. The zero value is ready.
type Adam struct {
	mean, square   []float64
	decay1, decay2 float64 // β1^t and β2^t
}

// Step moves the parameters against their gradients, which it leaves alone. The parameters must be as many at every step.
func (a *Adam) Step(params, grads []float64, rate float64) {
	if a.mean == nil {
		a.mean, a.square = make([]float64, len(params)), make([]float64, len(params))
		a.decay1, a.decay2 = 1, 1
	}
	a.decay1 *= beta1
	a.decay2 *= beta2
	scale, unbiased := rate/(1-a.decay1), 1/(1-a.decay2)
	mean, square, grads := a.mean[:len(params)], a.square[:len(params)], grads[:len(params)]
	for i, g := range grads {
		mean[i] = beta1*mean[i] + (1-beta1)*g
		square[i] = beta2*square[i] + (1-beta2)*g*g
		params[i] -= scale * mean[i] / (math.Sqrt(square[i]*unbiased) + epsilon)
	}
}

// ClipNorm scales the gradients of all nets together such that their Euclidean norm is at most limit, and returns the norm before.
func ClipNorm(limit float64, nets ...*Net) float64 {
	sum := 0.0
	for _, n := range nets {
		for _, g := range n.grads {
			sum += g * g
		}
	}
	norm := math.Sqrt(sum)
	if norm <= limit {
		return norm
	}
	scale := limit / norm
	for _, n := range nets {
		for i := range n.grads {
			n.grads[i] *= scale
		}
	}
	return norm
}
