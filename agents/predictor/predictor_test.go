package predictor

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
	"github.com/codesign-gym/codesign/internal/learn/boost"
)

func TestRowsByHand(t *testing.T) {
	ops := []string{"skip", "conv"}
	when := []space.Cond{{Param: "left", In: []string{"conv"}}}
	s := functions.MustSpace(
		space.Param{Name: "left", Kind: space.Nominal, Labels: ops},
		space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{4, 8, 16}},
		space.Param{Name: "right", Kind: space.Nominal, Labels: ops},
		space.Param{Name: "cols", Kind: space.Ordinal, Values: []float64{4, 8, 16}, When: when},
		space.Param{Name: "alone", Kind: space.Ordinal, Values: []float64{1, 2}},
	)
	e := NewEncoder(s)
	// left=skip, left=conv, rows, right=skip, right=conv, cols?, cols, alone | skips, convs | rows and cols
	require.Equal(t, 11, e.Width())
	require.Equal(t, []float64{7, 0, 1, 1.0 / 3, 1, 0, 1, 1, 1, 1, 1, 2 + 3}, e.Append([]float64{7}, space.Point{1, 1, 0, 2, 1})[:12])
	require.Equal(t, []float64{1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 3}, e.Append(nil, space.Point{0, 2, 1, 0, 0}), "an inactive axis counts nowhere")
	none := NewEncoder(space.Space{})
	require.Equal(t, 1, none.Width())
	require.Equal(t, []float64{0}, none.Append(nil, space.Point{}))
}

func trial(x int, objectives []float64, violations ...float64) agents.Trial {
	return agents.Trial{Point: space.Point{x}, Objectives: objectives, Violations: violations}
}

// Best first: the feasible 5, the feasible 3 twice, what violates, what is at a known distance.
func TestPlacesByHand(t *testing.T) {
	trials := []agents.Trial{trial(0, []float64{3}, 0, 0), trial(1, nil, 1, 2), trial(2, []float64{5}, -1, 0), trial(3, []float64{3}, 0, 0), trial(4, []float64{9}, 1, 0)}
	require.Equal(t, []float64{-1, -4, 0, -1, -3}, places(trials))
	front := []agents.Trial{trial(0, []float64{0, 1}, 0), trial(1, []float64{1, 0}, 0), trial(2, []float64{0.5, 0.6}, 0)}
	require.Equal(t, []float64{0, -1, -2}, places(front), "of several objectives the crowded one comes last")
}

func fit() Options { return Options{Options: boost.Options{MaxDepth: 3}} }

func TestModelsOfAnAxis(t *testing.T) {
	s := functions.MustSpace(functions.Ordinals(1, 41, 0, 40)...)
	e, rng := NewEncoder(s), seed.New(1)
	var trials []agents.Trial
	for x := range 41 {
		switch {
		case x >= 30:
			trials = append(trials, trial(x, nil, 0))
		default:
			trials = append(trials, trial(x, []float64{-math.Abs(float64(x - 20)), float64(x)}, 0))
		}
	}
	score := func(m *boost.Model, x int) float64 { return m.Score(e.Append(nil, space.Point{x})) }
	result, err := e.Result(trials, fit(), rng)
	require.NoError(t, err)
	require.Greater(t, boost.Probability(score(result, 5)), 0.9)
	require.Less(t, boost.Probability(score(result, 38)), 0.1)
	second, err := e.Value(trials, func(t agents.Trial) float64 { return t.Objectives[1] }, fit(), rng)
	require.NoError(t, err)
	for _, x := range []int{0, 14, 29} {
		require.InDelta(t, x, second.Of(e.Append(nil, space.Point{x})), 2)
	}
	for i := range trials {
		if trials[i].Objectives != nil {
			trials[i].Objectives = trials[i].Objectives[:1]
		}
	}
	order, err := e.Order(trials, fit(), rng)
	require.NoError(t, err)
	require.Greater(t, score(order, 20), score(order, 12))
	require.Greater(t, score(order, 12), score(order, 2))
}

func TestNothingToLearn(t *testing.T) {
	s := functions.MustSpace(functions.Ordinals(1, 41, 0, 40)...)
	e, rng := NewEncoder(s), seed.New(1)
	crashed := []agents.Trial{trial(1, nil, 0), trial(2, nil, 0)}
	fine := []agents.Trial{trial(1, []float64{1}, 0), trial(2, []float64{2}, 0)}
	for _, c := range []struct {
		name string
		fit  func() (*boost.Model, error)
	}{
		{"order of crashes", func() (*boost.Model, error) { return e.Order(crashed, fit(), rng) }},
		{"all have a result", func() (*boost.Model, error) { return e.Result(fine, fit(), rng) }},
		{"none has a result", func() (*boost.Model, error) { return e.Result(crashed, fit(), rng) }},
		{"no trials", func() (*boost.Model, error) { return e.Result(nil, fit(), rng) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := c.fit()
			require.NoError(t, err)
			require.Nil(t, m)
		})
	}
	_, err := e.Value(crashed, func(t agents.Trial) float64 { return 0 }, fit(), rng)
	require.EqualError(t, err, "predictor: no trial has a result")
}

// Two draws differ, two models of the same trials without Bootstrap do not.
func TestBootstrapDraws(t *testing.T) {
	s := functions.MustSpace(functions.Ordinals(1, 41, 0, 40)...)
	e, rng := NewEncoder(s), seed.New(1)
	var trials []agents.Trial
	for x := range 41 {
		trials = append(trials, trial(x, []float64{float64(x * x % 17)}, 0))
	}
	same := func(o Options) bool {
		a, err := e.Order(trials, o, rng)
		require.NoError(t, err)
		b, err := e.Order(trials, o, rng)
		require.NoError(t, err)
		return a.Score([]float64{0.5}) == b.Score([]float64{0.5})
	}
	require.True(t, same(fit()))
	drawn := fit()
	drawn.Bootstrap = true
	require.False(t, same(drawn))
}
