package cmaes

import (
	"math"
	"math/rand/v2"
)

// core is the normal distribution that the strategy adapts, without any axes: N(mean, (sigma scale)² C). Package comment: the equations.
type core struct {
	constants
	mean  []float64
	sigma float64
	scale []float64 // of each coordinate, apart from the covariance; 1 until the margin widens it

	covariance, factor triangle // factor factorᵀ = covariance as of the last factorisation
	pathSigma, pathC   []float64
	updates, factored  int // generations told, and at the last factorisation

	z, step, sum []float64 // scratch
}

// newCore is a distribution of unit covariance.
func newCore(mean []float64, sigma float64, lambda int) *core {
	n := len(mean)
	c := &core{
		constants: newConstants(n, lambda), mean: mean, sigma: sigma, scale: ones(n), covariance: identity(n), factor: identity(n),
		pathSigma: make([]float64, n), pathC: make([]float64, n), z: make([]float64, n), step: make([]float64, n), sum: make([]float64, n),
	}
	return c
}

func ones(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = 1
	}
	return v
}

// sample draws a place.
func (c *core) sample(rng *rand.Rand) []float64 {
	for i := range c.z {
		c.z[i] = rng.NormFloat64()
	}
	c.factor.times(c.step, c.z)
	x := make([]float64, len(c.mean))
	for i := range x {
		x[i] = c.mean[i] + c.sigma*c.scale[i]*c.step[i]
	}
	return x
}

// deviation is the standard deviation of a coordinate.
func (c *core) deviation(i int) float64 { return c.sigma * c.scale[i] * math.Sqrt(c.covariance[i][i]) }

// update moves the distribution after a generation of lambda places, the best first. They may have been drawn from an earlier distribution: the
// steps of places that are improbable now are shortened to maxLength. It overwrites the places.
func (c *core) update(ranked [][]float64) {
	n := float64(len(c.mean))
	maxLength := math.Sqrt(n) + 2*n/(n+2)
	lengths := make([]float64, len(ranked))
	for k, x := range ranked {
		for i := range x {
			x[i] = (x[i] - c.mean[i]) / (c.sigma * c.scale[i])
		}
		c.factor.solve(c.z, x)
		lengths[k] = norm(c.z)
		if lengths[k] > maxLength {
			for i := range x {
				x[i] *= maxLength / lengths[k]
			}
			lengths[k] = maxLength
		}
	}
	clear(c.sum)
	for k, w := range c.weights {
		if w > 0 {
			for i, y := range ranked[k] {
				c.sum[i] += w * y
			}
		}
	}
	for i, y := range c.sum {
		c.mean[i] += c.sigma * c.scale[i] * y
	}
	c.adapt(ranked, lengths)
}

// adapt learns the step size and the covariance from the steps of a generation, their whitened lengths and their weighted mean, which is in sum.
func (c *core) adapt(steps [][]float64, lengths []float64) {
	n := float64(len(c.mean))
	c.updates++
	c.factor.solve(c.z, c.sum)
	drift := math.Sqrt(c.cSigma * (2 - c.cSigma) * c.muEff)
	for i, z := range c.z {
		c.pathSigma[i] = (1-c.cSigma)*c.pathSigma[i] + drift*z
	}
	length := norm(c.pathSigma)
	steady := 0.0 // h of the equations
	if length/math.Sqrt(1-math.Pow(1-c.cSigma, 2*float64(c.updates))) < (1.4+2/(n+1))*c.expected {
		steady = 1
	}
	drift = math.Sqrt(c.cC * (2 - c.cC) * c.muEff)
	for i, y := range c.sum {
		c.pathC[i] = (1-c.cC)*c.pathC[i] + steady*drift*y
	}
	c.covariance.multiply(1 + c.c1*(1-steady)*c.cC*(2-c.cC) - c.c1 - c.cMu*c.weightSum)
	c.covariance.add(c.c1, c.pathC)
	for k, w := range c.weights {
		if w < 0 {
			w *= n / max(lengths[k]*lengths[k], tiny)
		}
		c.covariance.add(c.cMu*w, steps[k])
	}
	if n > 0 {
		c.sigma *= math.Exp(min(1, c.cSigma/c.dSigma*(length/c.expected-1)))
	}
	if float64(c.updates-c.factored) >= c.gap {
		c.factored = c.updates
		c.covariance.factorise(c.factor)
	}
}

// tiny keeps a step of length zero from dividing.
const tiny = 1e-300

func norm(v []float64) float64 {
	total := 0.0
	for _, x := range v {
		total += x * x
	}
	return math.Sqrt(total)
}
