package functions

import (
	"math"

	"github.com/codesign-gym/codesign/env/space"
)

// ZDT1 is the first function of Zitzler, Deb and Thiele (Evolutionary Computation 8, 2000) with 10 axes of 51 levels: two objectives,
// convex front.
func ZDT1() Function {
	return zdt("zdt1_grid10", `ZDT1: two objectives with a convex front, ten axes.

  f1 = x_0,  f2 = g (1 - √(x_0/g)),  g = 1 + Σ_{i>0} x_i`, func(x, g float64) float64 { return 1 - math.Sqrt(x/g) })
}

// ZDT2 is the second function of the same source: concave front.
func ZDT2() Function {
	return zdt("zdt2_grid10", `ZDT2: two objectives with a concave front, ten axes.

  f1 = x_0,  f2 = g (1 - (x_0/g)²),  g = 1 + Σ_{i>0} x_i`, func(x, g float64) float64 { return 1 - x/g*x/g })
}

func zdt(name, doc string, h func(x, g float64) float64) Function {
	s := MustSpace(Ordinals(10, 51, 0, 1)...)
	return Function{
		Name: name, Doc: doc, Space: s, Objectives: 2, Best: math.NaN(), Reference: []float64{11, 11},
		Eval: func(p space.Point) ([]float64, []float64) {
			v, sum := values(s, p), 0.0
			for _, x := range v[1:] {
				sum += x
			}
			g := 1 + 9*sum/9
			return []float64{v[0], g * h(v[0], g)}, nil
		},
	}
}

// DTLZ2 is the second function of Deb, Thiele, Laumanns and Zitzler (2002) with 12 axes of 51 levels: three objectives on a sphere.
func DTLZ2() Function {
	s := MustSpace(Ordinals(12, 51, 0, 1)...)
	return Function{
		Name: "dtlz2_grid12", Doc: `DTLZ2: three objectives with a spherical front, twelve axes.

  f1 = (1+g) cos a cos b,  f2 = (1+g) cos a sin b,  f3 = (1+g) sin a
  a = π/2 x_0,  b = π/2 x_1,  g = Σ_{i>1} (x_i - 1/2)²`,
		Space: s, Objectives: 3, Best: math.NaN(), Reference: []float64{2.5, 2.5, 2.5},
		Eval: func(p space.Point) ([]float64, []float64) {
			v, g := values(s, p), 0.0
			for _, x := range v[2:] {
				g += (x - 0.5) * (x - 0.5)
			}
			a, b := v[0]*math.Pi/2, v[1]*math.Pi/2
			return []float64{(1 + g) * math.Cos(a) * math.Cos(b), (1 + g) * math.Cos(a) * math.Sin(b), (1 + g) * math.Sin(a)}, nil
		},
	}
}
