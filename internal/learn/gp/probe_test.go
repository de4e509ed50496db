package gp

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A probe that wanders among inputs of every kind has the means and variances of Predict, and its bounds hold.
func TestAProbePredictsAsTheModelDoes(t *testing.T) {
	axes := mixedAxes()
	x, y := sample(axes, 60, 4)
	rapid.Check(t, func(r *rapid.T) {
		m, err := New(axes, Mixed, FunctionNoise)
		require.NoError(r, err)
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 1))
		p := make(parameters, len(m.parameters))
		for i := range p {
			p[i] = -2 + 4*rng.Float64()
		}
		p[rng.IntN(len(axes))] = -2 - 4*rng.Float64() // one so short that overlaps vanish
		m.set(p)
		held := rapid.IntRange(1, 40).Draw(r, "held")
		for i := range held {
			require.NoError(r, m.Add(x[i]))
		}
		require.NoError(r, m.SetTargets(y[:held]))
		probe, base := m.Probe(), x[held]
		probe.Move(base, nil)
		for range 60 {
			next, columns := append([]float64(nil), base...), []int{}
			other := x[rng.IntN(len(x))]
			for range rng.IntN(4) {
				c := rng.IntN(len(next))
				if next[c] = other[c]; !slices.Contains(columns, c) {
					columns = append(columns, c)
				}
			}
			if rng.IntN(8) == 0 {
				next, columns = other, nil
			}
			mean, bounds := probe.Look(next, columns)
			wantMean, variance := m.Predict(next)
			require.InDelta(r, wantMean, mean, 1e-7)
			require.InDelta(r, variance, probe.Variance(), 1e-7)
			require.LessOrEqual(r, bounds.Least, variance+1e-7)
			require.GreaterOrEqual(r, bounds.Most, variance-1e-7)
			if rng.IntN(12) == 0 {
				base = next
				probe.Move(base, columns)
			}
		}
	})
}
