package bayes

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/gp"
)

func TestInputsOfEveryKindOfAxis(t *testing.T) {
	s, err := space.New(
		space.Param{Name: "size", Values: []float64{1, 2, 16}, Log: true},
		space.Param{Name: "fixed", Values: []float64{7}},
		space.Param{Name: "kind", Kind: space.Nominal, Labels: []string{"none", "one", "two"}},
		space.Param{Name: "ways", Values: []float64{0, 1, 4}, When: []space.Cond{{Param: "kind", In: []string{"one", "two"}}}},
		space.Param{Name: "policy", Kind: space.Nominal, Labels: []string{"lru", "fifo"}, When: []space.Cond{{Param: "kind", In: []string{"two"}}}},
		space.Param{Name: "order", Kind: space.Permutation, Labels: []string{"k", "l", "m"}},
	)
	require.NoError(t, err)
	e := newEncoder(s)
	require.Equal(t, []gp.Axis{{Columns: 1}, {Columns: 1, Overlap: true}, {Columns: 2}, {Columns: 1, Overlap: true}, {Columns: 3}}, e.axes)
	require.Equal(t, [][]float64{{0, 0.25, 1}, nil, {0, 0.25, 1}, nil, nil}, e.places)
	r := math.Sqrt(0.5) // places 0, 1/2, 1 over √2, the distance of the reversed order
	for _, c := range []struct {
		p    space.Point
		want []float64
	}{
		{space.Point{1, 0, 0, 0, 0, 0}, []float64{0.25, 1, 0, 0, 0, 0, r / 2, r}},
		{space.Point{2, 0, 1, 0, 0, 5}, []float64{1, 2, 1, 0, 0, r, r / 2, 0}},
		{space.Point{0, 0, 2, 2, 1, 0}, []float64{0, 3, 1, 1, 2, 0, r / 2, r}},
	} {
		require.InDeltaSlice(t, c.want, e.append(nil, c.p), 1e-12, "%v", c.p)
	}
}

// Magnitudes have the median 2: bilog of 0, 2, -2, 6 is 0, ln 2, -ln 2, ln 4. The bound keeps its place.
func TestBilogKeepsTheBound(t *testing.T) {
	z, bound := bilog([]float64{0, 2, -2, 6})
	unit := z[1] - z[0]
	require.InDelta(t, bound, z[0], 1e-12)
	require.InDelta(t, -unit, z[2]-bound, 1e-12)
	require.InDelta(t, 2*unit, z[3]-bound, 1e-12)
	again, same := bilog([]float64{0, 2e9, -2e9, 6e9})
	require.InDeltaSlice(t, z, again, 1e-12)
	require.InDelta(t, bound, same, 1e-12)
	z, bound = bilog([]float64{-3, -3})
	require.Equal(t, []float64{0, 0}, z)
	require.InDelta(t, 1, bound, 1e-12, "all hold, by their own magnitude")
	z, bound = bilog([]float64{0, 0})
	require.Equal(t, []float64{0, 0}, z)
	require.Zero(t, bound)
	require.Equal(t, 1e100, finite(math.NaN()))
	require.Equal(t, -1e100, finite(math.Inf(-1)))
}

// The costs of (10, 0), (0, 4), (5, 4) and of the infeasible (20, 9) are (0, 1), (1, 0), (1/2, 0) and (-1, -5/4).
func TestScoresOfSeveralObjectives(t *testing.T) {
	a, err := New(agents.Problem{Space: squares(t, 9), Objectives: 2}, Options{}, seed.New(1))
	require.NoError(t, err)
	for id, o := range [][]float64{{10, 0}, {0, 4}, {5, 4}, {20, 9}, nil} {
		violation := 0.0
		if id >= 3 {
			violation = 1
		}
		require.NoError(t, a.Tell([]agents.Trial{{ID: id, Point: space.Point{id, id}, Objectives: o, Violations: []float64{violation}, Given: true}}))
	}
	low, high := a.ranges(2)
	require.Equal(t, []float64{0, 0}, low)
	require.Equal(t, []float64{10, 4}, high)
	a.rng = seed.New(7)
	w := a.weights(2)
	require.InDelta(t, 1, w[0]+w[1], 1e-12)
	a.rng = seed.New(7)
	got := a.scores()
	want := []float64{-1.05 * w[1], -1.05 * w[0], -1.05 * w[0] / 2, 0, 0}
	want[3] = -(max(-w[0], -1.25*w[1]) + 0.05*(-w[0]-1.25*w[1]))
	require.InDeltaSlice(t, want, got, 1e-12)
}

// Climbs from the candidates find the design that trying all 14,850 finds.
func TestTheSearchFindsTheGreatestAcquisition(t *testing.T) {
	s := mixed(t, 5)
	rng := seed.New(5)
	a, err := New(agents.Problem{Space: s, Objectives: 1}, Options{}, rng)
	require.NoError(t, err)
	for id := range 40 {
		p := s.Sample(rng)
		x := a.encoder.append(nil, p)
		value := 0.0
		for i, v := range x {
			value -= (v - 0.4) * (v - 0.4) * float64(1+i%3)
		}
		require.NoError(t, a.Tell([]agents.Trial{{ID: id, Point: p, Objectives: []float64{value}, Violations: []float64{0}, Given: true}}))
	}
	a.starts = 0
	v, err := a.view()
	require.NoError(t, err)
	require.InDelta(t, a.enumerate(v.acquisition()).value, valueOf(v, a.search(v)), 1e-9)
}

func TestDesignsInFlightAreNotExpectedToImprove(t *testing.T) {
	a, err := New(agents.Problem{Space: squares(t, 40), Objectives: 1}, Options{}, seed.New(1))
	require.NoError(t, err)
	for id, p := range []space.Point{{0, 0}, {39, 0}, {0, 39}, {39, 39}, {20, 20}, {30, 20}, {10, 28}} {
		trial := far(0, p)
		trial.ID, trial.Point, trial.Given = id, p, true
		require.NoError(t, a.Tell([]agents.Trial{trial}))
	}
	points, err := a.Ask(1)
	require.NoError(t, err)
	v, err := a.view()
	require.NoError(t, err)
	require.Equal(t, 8, a.model.objectives[0].gp.Len())
	lied := valueOf(v, points[0])
	a.guard, err = agents.NewGuard(a.problem)
	require.NoError(t, err)
	v, err = a.view()
	require.NoError(t, err)
	require.Less(t, lied, valueOf(v, points[0])-1)
}

// valueOf is the acquisition of a design.
func valueOf(v *view, p space.Point) float64 {
	value, _ := v.acquisition().above(v.a.encoder.append(nil, p), nil, math.Inf(-1))
	return value
}
