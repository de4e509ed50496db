package agenttest

import (
	"math"

	"github.com/codesign-gym/codesign/env/space"
)

// ZDT1 is the first function of Zitzler, Deb and Thiele (Evolutionary Computation 8, 2000) with 10 axes of 51 levels: two objectives,
// convex front. Its Best means nothing.
func ZDT1() Function {
	return zdt("zdt1_grid10", func(x, g float64) float64 { return 1 - math.Sqrt(x/g) })
}

// ZDT2 is the second function of the same source: concave front.
func ZDT2() Function { return zdt("zdt2_grid10", func(x, g float64) float64 { return 1 - x/g*x/g }) }

func zdt(name string, h func(x, g float64) float64) Function {
	s := mustSpace(ordinals(10, 51, 0, 1)...)
	return Function{name, s, 2, 0, math.NaN(), func(p space.Point) ([]float64, []float64) {
		v, sum := values(s, p), 0.0
		for _, x := range v[1:] {
			sum += x
		}
		g := 1 + 9*sum/9
		return []float64{v[0], g * h(v[0], g)}, nil
	}}
}

// DTLZ2 is the second function of Deb, Thiele, Laumanns and Zitzler (2002) with 12 axes of 51 levels: three objectives on a sphere.
func DTLZ2() Function {
	s := mustSpace(ordinals(12, 51, 0, 1)...)
	return Function{"dtlz2_grid12", s, 3, 0, math.NaN(), func(p space.Point) ([]float64, []float64) {
		v, g := values(s, p), 0.0
		for _, x := range v[2:] {
			g += (x - 0.5) * (x - 0.5)
		}
		a, b := v[0]*math.Pi/2, v[1]*math.Pi/2
		return []float64{(1 + g) * math.Cos(a) * math.Cos(b), (1 + g) * math.Cos(a) * math.Sin(b), (1 + g) * math.Sin(a)}, nil
	}}
}
