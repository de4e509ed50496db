package gp

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// mixedAxes are two numbers, a code, a group of three numbers and a code.
func mixedAxes() []Axis {
	return []Axis{{Columns: 1}, {Columns: 1}, {Columns: 1, Overlap: true}, {Columns: 3}, {Columns: 1, Overlap: true}}
}

// sample draws n inputs of the axes and a rough function of them.
func sample(axes []Axis, n int, seed uint64) (x [][]float64, y []float64) {
	rng := rand.New(rand.NewPCG(seed, 7))
	for range n {
		var input []float64
		value := 0.0
		for _, a := range axes {
			for range a.Columns {
				v := rng.Float64()
				if a.Overlap {
					v = float64(rng.IntN(3))
				}
				value += math.Sin(3*v + value)
				input = append(input, v)
			}
		}
		x, y = append(x, input), append(y, value)
	}
	y, _, _ = Standardise(y)
	return x, y
}

func fitted(t testing.TB, axes []Axis, mix Mix, x [][]float64, y []float64) *Model {
	m, err := New(axes, mix, FunctionNoise)
	require.NoError(t, err)
	for _, input := range x {
		require.NoError(t, m.Add(input))
	}
	require.NoError(t, m.SetTargets(y))
	return m
}

func TestSlopesOfThePosteriorAreThoseOfDifferences(t *testing.T) {
	for name, c := range map[string]struct {
		axes []Axis
		mix  Mix
	}{
		"mixed":   {mixedAxes(), Mixed},
		"product": {mixedAxes(), Product},
		"sum":     {mixedAxes(), Sum},
		"numbers": {[]Axis{{Columns: 1}, {Columns: 2}}, Mixed},
		"codes":   {[]Axis{{Columns: 1, Overlap: true}, {Columns: 1, Overlap: true}}, Mixed},
	} {
		t.Run(name, func(t *testing.T) {
			x, y := sample(c.axes, 25, 3)
			m := fitted(t, c.axes, c.mix, x, y)
			rng := rand.New(rand.NewPCG(5, 5))
			for range 5 {
				p := make(parameters, len(m.parameters))
				for i := range p {
					p[i] = -1 + 2*rng.Float64()
				}
				p[len(c.axes)+1] -= 2 // less noise than signal
				m.loss(p)
				slopes := append([]float64(nil), m.fitting.slopes...)
				for i := range p {
					const h = 1e-5
					at := p[i]
					p[i] = at + h
					up := m.loss(p)
					p[i] = at - h
					down := m.loss(p)
					p[i] = at
					require.InDelta(t, (up-down)/(2*h), slopes[i], 1e-5*max(1, math.Abs(slopes[i])), "parameter %d at %v", i, p)
				}
			}
		})
	}
}

func BenchmarkFit(b *testing.B) {
	for _, n := range []int{100, 200} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			axes := make([]Axis, 20)
			for i := range axes {
				axes[i] = Axis{Columns: 1, Overlap: i >= 10}
			}
			x, y := sample(axes, n, 1)
			m := fitted(b, axes, Mixed, x, y)
			start := append(parameters(nil), m.parameters...)
			b.Run("loss", func(b *testing.B) {
				for b.Loop() {
					m.fitting.at = nil
					m.loss(start)
				}
			})
			b.Run("fit", func(b *testing.B) {
				for b.Loop() {
					m.set(append(parameters(nil), start...))
					require.NoError(b, m.Fit(30))
				}
			})
			b.Run("predict", func(b *testing.B) {
				for b.Loop() {
					m.Predict(x[3])
				}
			})
		})
	}
}
