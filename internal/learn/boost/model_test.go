package boost

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// stump is a model of one split of the second of two features at 3: 10 up to it, 20 above, by 1 and 3 rows.
func stump() *Model {
	return &Model{Loss: Squared, Features: 2, Base: 1, Trees: []Tree{{
		Nodes:  []Node{{Threshold: 3, Feature: 1, Left: 1}, leafNode(1), leafNode(2)},
		Values: []float64{17.5, 10, 20}, Gains: []float64{5, 0, 0}, Weights: []float64{4, 1, 3}, Depth: 1,
	}}}
}

func TestPredictionByHand(t *testing.T) {
	m := stump()
	require.NoError(t, m.Check())
	for _, c := range []struct{ x, want float64 }{{3, 11}, {math.Nextafter(3, 4), 21}, {math.NaN(), 11}, {math.Inf(1), 21}, {math.Inf(-1), 11}} {
		require.InDelta(t, c.want, m.Score([]float64{0, c.x}), 0)
	}
	scores := make([]float64, 3)
	Scores(m, []float32{0, 3, 9, 4, 0, -1}, scores)
	require.Equal(t, []float64{11, 21, 11}, scores)
	require.Equal(t, []float64{0, 5}, m.Gains())
	into := make([]float64, 2)
	require.InDelta(t, 18.5, m.Contributions([]float64{0, 4}, into), 0)
	require.Equal(t, []float64{0, 2.5}, into)
	require.PanicsWithValue(t, "boost: 3 values of 2 rows of 2 features", func() { Scores(m, make([]float64, 3), make([]float64, 2)) })
}

// One row after the other and all in blocks give the same scores, and contributions sum to them.
func TestScoresAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, _ := random(t)
		m := fitted(t, d, Options{Trees: 8, MaxDepth: 5})
		into := make([]float64, d.Features)
		for i, score := range scoresOf(m, d.X) {
			row := d.X[i*d.Features : (i+1)*d.Features]
			require.Equal(t, score, m.Score(row))
			sum := m.Contributions(row, into)
			for _, c := range into {
				sum += c
			}
			require.InDelta(t, score, sum, 1e-9)
		}
	})
}

func TestPredictionAllocatesNothing(t *testing.T) {
	m, x, into, scores := stump(), make([]float64, 200), make([]float64, 2), make([]float64, 100)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		m.Score(x[:2])
		m.Contributions(x[:2], into)
		Scores(m, x, scores)
	}))
}

func TestCheckFindsWhatPredictionCannotBear(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(m *Model)
		want   string
	}{
		{"features", func(m *Model) { m.Features = 0 }, "0 features: need at least 1"},
		{"base", func(m *Model) { m.Base = math.NaN() }, "base NaN must be finite"},
		{"no nodes", func(m *Model) { m.Trees[0] = Tree{} }, "tree 0: 0 nodes, 0 values, 0 gains and 0 weights: need as many of each, and at least 1"},
		{"values", func(m *Model) { m.Trees[0].Values = nil }, "3 nodes, 0 values"},
		{"not finite", func(m *Model) { m.Trees[0].Values[2] = math.Inf(1) }, "node 2: value +Inf, gain 0 and weight 3 must be finite"},
		{"threshold", func(m *Model) { m.Trees[0].Nodes[0].Threshold = math.NaN() }, "threshold NaN a number"},
		{"backwards", func(m *Model) { m.Trees[0].Nodes[1].Left = 0 }, "node 1: children 0 and 1: they must come after it, among 3 nodes"},
		{"beyond", func(m *Model) { m.Trees[0].Nodes[0].Left = 2 }, "node 0: children 2 and 3"},
		{"feature", func(m *Model) { m.Trees[0].Nodes[0].Feature = 2 }, "node 0: feature 2 out of range [0, 2)"},
		{"leaf", func(m *Model) { m.Trees[0].Nodes[1].Threshold = 7 }, "node 1: a leaf has feature 0 and threshold +Inf, not 0 and 7"},
		{"depth", func(m *Model) { m.Trees[0].Depth = 0 }, "node 1: a leaf at depth 1 of a tree of depth 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := stump()
			c.change(m)
			require.ErrorContains(t, m.Check(), c.want)
		})
	}
}
