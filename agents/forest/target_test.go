package forest

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/forest"
)

// The mean absolute violations are 3 and 1 of the first and second constraint; bilog(v) = sign(v) ln(1 + |v|). Distances are 1 and 3, mean 2.
func TestMarginsByHand(t *testing.T) {
	ok := func(violations ...float64) agents.Trial {
		return agents.Trial{Objectives: []float64{0}, Violations: append(violations, 0)}
	}
	gone := func(distance float64) agents.Trial {
		return agents.Trial{Infeasible: "no", Violations: []float64{1, 1, distance}}
	}
	got := margins([]agents.Trial{ok(-3, -1), ok(6, -1), ok(0, -1), gone(1), gone(3), gone(0)})
	farthest := math.Log(3) // of 6 / 3
	want := []float64{-math.Log(2), farthest, 0, farthest + 1 + 1.0/3, farthest + 1 + 3.0/5, farthest + 2}
	require.InDeltaSlice(t, want, got, 1e-12)
	require.InDeltaSlice(t, []float64{-math.Log(2)}, margins([]agents.Trial{ok()}), 1e-12, "without constraints")
}

// Of 0 … 20 the 95th percentile is 19, one from the best: far is 21, and -ln((21 - v)/21) is 0 of the worst and ln 21 of the best.
func TestLogDistanceByHand(t *testing.T) {
	var values []float64
	for i := range 21 {
		values = append(values, float64(i))
	}
	targets := logDistance(values)
	require.InDelta(t, 0, targets[0], 1e-12)
	require.InDelta(t, math.Log(21.0/11), targets[10], 1e-12)
	require.InDelta(t, math.Log(21), targets[20], 1e-12)
	require.Equal(t, []float64{0, 0}, logDistance([]float64{4, 4}))
}

// A design that is best in both objectives has the scalar 0, the one that is worst in both -1 at least; what is not evaluated has none.
func TestScalarsOfTwoObjectives(t *testing.T) {
	trials := []agents.Trial{{Objectives: []float64{5, 9}}, {Objectives: []float64{1, 1}}, {}, {Objectives: []float64{3, 1}}}
	values := scalars(trials, 2, seed.New(1))
	require.InDelta(t, 0, values[0], 1e-12)
	require.Less(t, values[1], -0.5)
	require.Greater(t, values[1], -1.06)
	require.True(t, math.IsNaN(values[2]))
	require.GreaterOrEqual(t, values[3], values[1])
	require.NotEqual(t, values, scalars(trials, 2, seed.New(2)), "other weights")
}

func TestRowsByHand(t *testing.T) {
	when := []space.Cond{{Param: "cache", In: []string{"set"}}}
	s, err := space.New(
		space.Param{Name: "size", Kind: space.Ordinal, Values: []float64{1, 2, 4}},
		space.Param{Name: "cache", Kind: space.Nominal, Labels: []string{"none", "set"}},
		space.Param{Name: "sets", Kind: space.Ordinal, Values: []float64{16, 32}, When: when},
		space.Param{Name: "policy", Kind: space.Nominal, Labels: []string{"lru", "fifo"}, When: when},
		space.Param{Name: "order", Kind: space.Permutation, Labels: []string{"a", "b", "c"}},
	)
	require.NoError(t, err)
	require.Equal(t, []forest.Feature{
		{Levels: 3}, {Levels: 2, Nominal: true}, {Levels: 2}, {Levels: 2}, {Levels: 3, Nominal: true}, {Levels: 3}, {Levels: 3}, {Levels: 3},
	}, Features(s))
	// Order 3 is b c a: a is third, b first, c second.
	require.Equal(t, []int{2, 1, 1, 1, 0, 2, 0, 1}, AppendRow(nil, s, space.Point{2, 1, 1, 0, 3}))
	require.Equal(t, []int{0, 0, 0, 0, 2, 0, 1, 2}, AppendRow(nil, s, space.Point{0, 0, 0, 0, 0}))
}
