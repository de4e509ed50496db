package gp

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Standardise shifts and scales y to mean 0 and variance 1; equal numbers become 0, their magnitude being the scale. It returns a new slice, and shift and scale such that
// y = shift + scale z.
func Standardise(y []float64) (z []float64, shift, scale float64) {
	z = slices.Clone(y)
	if len(y) == 0 {
		return z, 0, 1
	}
	greatest := 0.0
	for _, v := range y {
		greatest = max(greatest, math.Abs(v))
	}
	if greatest == 0 {
		return z, 0, 1
	}
	for i := range z { // squares of the quotients neither overflow nor vanish
		z[i] /= greatest
	}
	mean, variance := stat.PopMeanVariance(z, nil)
	spread := math.Sqrt(variance)
	if !(spread > 1e-12) {
		spread = 1
		mean = z[0]
		for i := range z {
			z[i] = mean
		}
	}
	for i := range z {
		z[i] = (z[i] - mean) / spread
	}
	return z, mean * greatest, spread * greatest
}

// RankGauss replaces each number by the normal quantile of its rank: Φ⁻¹((rank - 1/2) / n), equal numbers sharing the mean of their ranks.
// It returns a new slice.
func RankGauss(y []float64) []float64 {
	order := make([]int, len(y))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(y[i], y[j]) })
	z := make([]float64, len(y))
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && y[order[end]] == y[order[start]] {
			end++
		}
		quantile := distuv.UnitNormal.Quantile(float64(start+end) / 2 / float64(len(y)))
		for _, i := range order[start:end] {
			z[i] = quantile
		}
		start = end
	}
	return z
}

// PowerWarp standardises y, bends it by the power of Yeo and Johnson under which it is most like a normal sample, and standardises again. It is
// strictly increasing, up to rounding. It returns a new slice.
func PowerWarp(y []float64) []float64 {
	z, _, _ := Standardise(y)
	power := likeliestPower(z)
	for i, v := range z {
		z[i] = yeoJohnson(v, power)
	}
	z, _, _ = Standardise(z)
	return z
}

// yeoJohnson is ((1+v)^p - 1)/p for v >= 0 and -((1-v)^(2-p) - 1)/(2-p) for v < 0.
func yeoJohnson(v, power float64) float64 {
	if v < 0 {
		return -yeoJohnson(-v, 2-power)
	}
	if power == 0 {
		return math.Log1p(v)
	}
	return math.Expm1(power*math.Log1p(v)) / power
}

// likeliestPower maximises the normal log-likelihood of the warped numbers, -n/2 ln variance + (p - 1) sum sign(v) ln(1 + |v|), over [-3, 5]
// by golden section.
func likeliestPower(z []float64) float64 {
	const low, high, steps = -3.0, 5.0, 40
	slope := 0.0
	for _, v := range z {
		slope += math.Copysign(math.Log1p(math.Abs(v)), v)
	}
	warped := make([]float64, len(z))
	likelihood := func(power float64) float64 {
		for i, v := range z {
			warped[i] = yeoJohnson(v, power)
		}
		_, variance := stat.PopMeanVariance(warped, nil)
		if !(variance > 0) {
			return math.Inf(-1)
		}
		return -float64(len(z))/2*math.Log(variance) + (power-1)*slope
	}
	if len(z) < 2 || !(likelihood(1) > math.Inf(-1)) {
		return 1
	}
	const ratio = 0.61803398874989484820458683436564
	a, b := low, high
	c, d := b-ratio*(b-a), a+ratio*(b-a)
	atC, atD := likelihood(c), likelihood(d)
	for range steps {
		if atC >= atD {
			b, d, atD = d, c, atC
			c = b - ratio*(b-a)
			atC = likelihood(c)
		} else {
			a, c, atC = c, d, atD
			d = a + ratio*(b-a)
			atD = likelihood(d)
		}
	}
	return (a + b) / 2
}
