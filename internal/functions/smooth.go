package functions

import (
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// Branin is the Branin function on a grid of 101 x 101 over [-5, 10] x [0, 15] (L. C. W. Dixon and G. P. Szegő, Towards Global
// Optimisation 2, 1978). The least value was found by enumeration.
func Branin() Function {
	s := MustSpace(append(Ordinals(1, 101, -5, 10), space.Param{Name: "y", Kind: space.Ordinal, Values: Ordinals(1, 101, 0, 15)[0].Values})...)
	return Function{
		Name: "branin_grid", Doc: `Branin function on a grid: smooth, two axes, three valleys.

  f = (y - 5.1/(4π²) x² + 5/π x - 6)² + 10 (1 - 1/(8π)) cos x + 10,  x = x0 in [-5, 10], y in [0, 15]`,
		Space: s, Objectives: 1, Best: 0.40377012092497644,
		Eval: func(p space.Point) ([]float64, []float64) {
			v := values(s, p)
			a, b := v[0], v[1]
			t := b - 5.1/(4*math.Pi*math.Pi)*a*a + 5/math.Pi*a - 6
			return []float64{t*t + 10*(1-1/(8*math.Pi))*math.Cos(a) + 10}, nil
		},
	}
}

// Hartmann6 is the six-dimensional Hartmann function on a grid of 21 levels an axis over [0, 1] (as Branin's source). The least value was
// found by enumeration.
func Hartmann6() Function {
	s := MustSpace(Ordinals(6, 21, 0, 1)...)
	alpha := [4]float64{1.0, 1.2, 3.0, 3.2}
	a := [4][6]float64{{10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}}
	c := [4][6]float64{
		{.1312, .1696, .5569, .0124, .8283, .5886}, {.2329, .4135, .8307, .3736, .1004, .9991},
		{.2348, .1451, .3522, .2883, .3047, .6650}, {.4047, .8828, .8732, .5743, .1091, .0381},
	}
	return Function{
		Name: "hartmann6_grid", Doc: `Hartmann function of six dimensions on a grid: smooth, several local optima.

  f = -Σ_k α_k exp(-Σ_j A_kj (x_j - P_kj)²),  x in [0, 1]^6`,
		Space: s, Objectives: 1, Best: -3.2915966185560794,
		Eval: func(p space.Point) ([]float64, []float64) {
			sum := 0.0
			for k := range alpha {
				e := 0.0
				for j, v := range values(s, p) {
					e += a[k][j] * (v - c[k][j]) * (v - c[k][j])
				}
				sum += alpha[k] * math.Exp(-e)
			}
			return []float64{-sum}, nil
		},
	}
}

// Rosenbrock10 is the ten-dimensional Rosenbrock function on a grid of 41 levels an axis over [-2, 2]; its least value, 0, is at level 30
// of every axis (H. H. Rosenbrock, The Computer Journal 3, 1960).
func Rosenbrock10() Function {
	s := MustSpace(Ordinals(10, 41, -2, 2)...)
	return Function{
		Name: "rosenbrock10_grid", Doc: `Rosenbrock function of ten dimensions on a grid: one curved valley.

  f = Σ_i 100 (x_{i+1} - x_i²)² + (1 - x_i)²,  x in [-2, 2]^10`,
		Space: s, Objectives: 1, Best: 0,
		Eval: func(p space.Point) ([]float64, []float64) {
			v, sum := values(s, p), 0.0
			for i := range len(v) - 1 {
				a, b := v[i+1]-v[i]*v[i], 1-v[i]
				sum += 100*a*a + b*b
			}
			return []float64{sum}, nil
		},
	}
}

// Ackley20 is a mixed Ackley function (D. H. Ackley, 1987) of 20 axes: 8 ordinal ones of 65 levels, 6 nominal ones of 2 labels and 6 of 5,
// whose best levels are hidden by a hash, so that no agent gains from symmetry. Its least value is 0.
func Ackley20() Function {
	const seed = 20
	s := MustSpace(slices.Concat(Ordinals(8, 65, 0, 1), Nominals("b", 6, 2), Nominals("c", 6, 5))...)
	return Function{
		Name: "ackley20_mixed", Doc: `Ackley function of ordinal and nominal axes, its optimum hidden by a hash.

  f = -20 exp(-0.2 √(Σ z²/20)) - exp(Σ cos(2πz)/20) + 20 + e
  z = (level - best)/32 on ordinal axes, 0 or 1 on nominal ones of two labels, rank/4 on those of five`,
		Space: s, Objectives: 1, Best: 0,
		Eval: func(p space.Point) ([]float64, []float64) {
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
		},
	}
}
