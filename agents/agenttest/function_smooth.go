package agenttest

import (
	"cmp"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// Branin is the Branin function on a grid of 101 x 101 over [-5, 10] x [0, 15] (L. C. W. Dixon and G. P. Szegő, Towards Global
// Optimisation 2, 1978). The least value was found by enumeration.
func Branin() Function {
	s := mustSpace(append(ordinals(1, 101, -5, 10), space.Param{Name: "y", Kind: space.Ordinal, Values: ordinals(1, 101, 0, 15)[0].Values})...)
	return Function{"branin_grid", s, 1, 0, 0.40377012092497644, func(p space.Point) ([]float64, []float64) {
		v := values(s, p)
		a, b := v[0], v[1]
		t := b - 5.1/(4*math.Pi*math.Pi)*a*a + 5/math.Pi*a - 6
		return []float64{t*t + 10*(1-1/(8*math.Pi))*math.Cos(a) + 10}, nil
	}}
}

// Hartmann6 is the six-dimensional Hartmann function on a grid of 21 levels an axis over [0, 1] (as Branin's source). The least value was
// found by enumeration.
func Hartmann6() Function {
	s := mustSpace(ordinals(6, 21, 0, 1)...)
	alpha := [4]float64{1.0, 1.2, 3.0, 3.2}
	a := [4][6]float64{{10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}}
	c := [4][6]float64{
		{.1312, .1696, .5569, .0124, .8283, .5886}, {.2329, .4135, .8307, .3736, .1004, .9991},
		{.2348, .1451, .3522, .2883, .3047, .6650}, {.4047, .8828, .8732, .5743, .1091, .0381},
	}
	return Function{"hartmann6_grid", s, 1, 0, -3.2915966185560794, func(p space.Point) ([]float64, []float64) {
		sum := 0.0
		for k := range alpha {
			e := 0.0
			for j, v := range values(s, p) {
				e += a[k][j] * (v - c[k][j]) * (v - c[k][j])
			}
			sum += alpha[k] * math.Exp(-e)
		}
		return []float64{-sum}, nil
	}}
}

// Rosenbrock10 is the ten-dimensional Rosenbrock function on a grid of 41 levels an axis over [-2, 2]; its least value, 0, is at level 30
// of every axis (H. H. Rosenbrock, The Computer Journal 3, 1960).
func Rosenbrock10() Function {
	s := mustSpace(ordinals(10, 41, -2, 2)...)
	return Function{"rosenbrock10_grid", s, 1, 0, 0, func(p space.Point) ([]float64, []float64) {
		v, sum := values(s, p), 0.0
		for i := range len(v) - 1 {
			a, b := v[i+1]-v[i]*v[i], 1-v[i]
			sum += 100*a*a + b*b
		}
		return []float64{sum}, nil
	}}
}

// Ackley20 is a mixed Ackley function (D. H. Ackley, 1987) of 20 axes: 8 ordinal ones of 65 levels, 6 nominal ones of 2 labels and 6 of 5,
// whose best levels are hidden by a hash, so that no agent gains from symmetry. Its least value is 0.
func Ackley20() Function {
	const seed = 20
	s := mustSpace(slices.Concat(ordinals(8, 65, 0, 1), nominals("b", 6, 2), nominals("c", 6, 5))...)
	return Function{"ackley20_mixed", s, 1, 0, 0, func(p space.Point) ([]float64, []float64) {
		s1, s2 := 0.0, 0.0
		for i, level := range p {
			z := 0.0
			switch {
			case i < 8:
				z = float64(level-12-hashInt(seed, 0, uint64(i), 41)) / 32
			case i < 14:
				if level != hashInt(seed, 1, uint64(i-8), 2) {
					z = 1
				}
			default:
				z = float64(shuffled(seed, uint64(2+i-14), 5)[level]) * 0.25
			}
			s1 += z * z
			s2 += math.Cos(2 * math.Pi * z)
		}
		return []float64{-20*math.Exp(-0.2*math.Sqrt(s1/20)) - math.Exp(s2/20) + 20 + math.E}, nil
	}}
}

// shuffled is the order of 0 … n-1 by their hashes.
func shuffled(seed, a uint64, n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(hash01(seed, a, uint64(i)), hash01(seed, a, uint64(j))) })
	return order
}
