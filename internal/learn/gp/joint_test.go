package gp

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
)

// The mean and the variance of draws are those of Predict, near inputs are drawn alike, and at a known input the draw is what is known.
func TestDrawsHaveThePosteriorsMoments(t *testing.T) {
	m, err := New([]Axis{{Columns: 1}, {Columns: 1, Overlap: true}}, "", 0)
	require.NoError(t, err)
	for _, x := range [][]float64{{0, 0}, {0.5, 1}, {1, 0}, {0.2, 1}} {
		require.NoError(t, m.Add(x))
	}
	require.NoError(t, m.SetTargets([]float64{-1, 1, 0.5, -0.5}))
	require.NoError(t, m.Fit(20))
	inputs := [][]float64{{0.4, 0}, {0.401, 0}, {0.9, 1}, {0, 0}}
	joint, err := m.Joint(inputs)
	require.NoError(t, err)

	const draws = 20_000
	rng := seed.New(1)
	sums, squares, product := make([]float64, 4), make([]float64, 4), 0.0
	got := make([]float64, 4)
	for range draws {
		joint.Draw(got, rng)
		for i, v := range got {
			sums[i], squares[i] = sums[i]+v, squares[i]+v*v
		}
		product += (got[0] - joint.mean[0]) * (got[1] - joint.mean[1])
	}
	for i, x := range inputs {
		mean, variance := m.Predict(x)
		require.InDelta(t, mean, sums[i]/draws, 5*math.Sqrt((variance+1e-6)/draws))
		require.InDelta(t, variance, squares[i]/draws-sums[i]/draws*sums[i]/draws, 0.05*variance+1e-6)
	}
	_, variance := m.Predict(inputs[0])
	require.InDelta(t, variance, product/draws, 0.05*variance)
}

func TestWithoutTargetsDrawsAreOfThePrior(t *testing.T) {
	m, err := New([]Axis{{Columns: 1}}, "", 0)
	require.NoError(t, err)
	joint, err := m.Joint([][]float64{{0}, {0}, {1}})
	require.NoError(t, err, "equal inputs take jitter")
	got := make([]float64, 3)
	joint.Draw(got, seed.New(1))
	require.InDelta(t, got[0], got[1], 1e-2)
	_, err = m.Joint([][]float64{{0, 1}})
	require.EqualError(t, err, "gp: an input of 2 numbers: the axes have 1")
}

func BenchmarkJoint(b *testing.B) {
	const points, inputs, width = 150, 512, 20
	axes := make([]Axis, width)
	for i := range axes {
		axes[i].Columns = 1
	}
	m, err := New(axes, "", 0)
	require.NoError(b, err)
	rng := seed.New(1)
	random := func(n int) [][]float64 {
		list := make([][]float64, n)
		for i := range list {
			for range width {
				list[i] = append(list[i], rng.Float64())
			}
		}
		return list
	}
	for _, x := range random(points) {
		require.NoError(b, m.Add(x))
	}
	require.NoError(b, m.SetTargets(make([]float64, points)))
	at := random(inputs)
	for b.Loop() {
		if _, err := m.Joint(at); err != nil {
			b.Fatal(err)
		}
	}
}
