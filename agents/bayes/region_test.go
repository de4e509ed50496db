package bayes

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// follower is an agent past its start, with a trust region, and a function that tells it a trial of the given value at a new design.
func follower(t *testing.T, o Options, objectives int) (*Agent, func(value float64)) {
	s := squares(t, 30)
	a, err := New(agents.Problem{Space: s, Objectives: objectives}, o, seed.New(1))
	require.NoError(t, err)
	a.starts = 0
	p, id := make(space.Point, 2), 0
	return a, func(value float64) {
		s.Next(p)
		a.guard.Ask(p)
		values := make([]float64, objectives)
		for i := range values {
			values[i] = value
		}
		require.NoError(t, a.Tell([]agents.Trial{{ID: id, Point: append(space.Point(nil), p...), Objectives: values, Violations: []float64{0}}}))
		id++
	}
}

func TestTheRegionGrowsShrinksAndStartsAnew(t *testing.T) {
	a, tell := follower(t, Options{Region: On}, 1)
	for value := range 3 {
		tell(float64(value))
	}
	require.Equal(t, 0.8, a.region.side, "the first is the best there is, two are better")
	tell(3)
	require.Equal(t, 1.6, a.region.side, "three in a row")
	for value := range 4 {
		tell(float64(value + 4))
	}
	require.Equal(t, 1.6, a.region.side, "the most")
	for range 3 {
		tell(0)
	}
	require.Equal(t, 1.6, a.region.side)
	tell(0)
	require.Equal(t, 0.8, a.region.side, "four in a row were not better")
	for range 6 * 4 {
		tell(0)
	}
	require.Equal(t, 0.0125, a.region.side)
	require.Zero(t, a.region.first)
	for range 4 {
		tell(0)
	}
	require.Equal(t, region{on: true, first: 40, side: 0.8, best: -1}, a.region)
	require.Equal(t, 6, a.starts)
	points, err := a.Ask(8)
	require.NoError(t, err)
	require.Len(t, points, 8, "nothing of the new region is told yet")
}

func TestTheRegionStaysWhereItMustNotLearn(t *testing.T) {
	for name, c := range map[string]struct {
		region     Region
		objectives int
	}{"off": {Off, 1}, "auto, room for all": {Auto, 1}, "several objectives": {On, 2}} {
		t.Run(name, func(t *testing.T) {
			a, tell := follower(t, Options{Region: c.region}, c.objectives)
			for range 40 {
				tell(1)
			}
			require.Equal(t, 0.8, a.region.side)
		})
	}
}

func TestTheModelHoldsTheNearestTrials(t *testing.T) {
	for _, r := range Regions() {
		a, tell := follower(t, Options{Points: 8, Region: Region(r)}, 1)
		for i := range 30 {
			tell(-float64((i - 20) * (i - 20))) // row 20 is the best; the designs differ in b alone, one level a row
		}
		v, err := a.view()
		require.NoError(t, err)
		require.Equal(t, []int{17, 18, 19, 20, 21, 22, 23, 24}, a.model.objectives[0].held, "of two equally near the later")
		require.Equal(t, 20, v.order[0])
		require.Equal(t, r != "off", v.box != nil)
	}
}

// mixed has two ordinal axes, three nominal ones, an order and an ordinal axis that is active where the first nominal one is not x.
func mixed(t *testing.T, levels int) space.Space {
	var values []float64
	for i := range levels {
		values = append(values, float64(i))
	}
	params := []space.Param{{Name: "a", Values: values}, {Name: "b", Values: values}}
	for _, name := range []string{"p", "q", "r"} {
		params = append(params, space.Param{Name: name, Kind: space.Nominal, Labels: []string{"x", "y", "z"}})
	}
	params = append(params,
		space.Param{Name: "order", Kind: space.Permutation, Labels: []string{"k", "l", "m"}},
		space.Param{Name: "sub", Values: values, When: []space.Cond{{Param: "p", In: []string{"y", "z"}}}})
	s, err := space.New(params...)
	require.NoError(t, err)
	return s
}

// Side 0.4 of 10 steps is 2 down and up; with length-scales of ratio 4 the geometric mean stretches a to 4 and b to 1. The ball over the four other axes has
// radius round(0.4·4) = 2.
func TestTheBoxFollowsTheLengthScales(t *testing.T) {
	e := newEncoder(mixed(t, 11))
	centre := space.Point{5, 0, 0, 0, 0, 0, 0}
	b := newBox(e, centre, 0.4, []float64{4, 1, 9, 9, 9, 9, 2})
	require.Equal(t, []int{1, 9}, []int{b.low[0], b.high[0]})
	require.Equal(t, []int{0, 1}, []int{b.low[1], b.high[1]})
	require.Equal(t, 2, b.ball)
	for name, c := range map[string]struct {
		p    space.Point
		want bool
	}{
		"centre":                 {centre, true},
		"within":                 {space.Point{9, 1, 0, 2, 1, 0, 0}, true},
		"outside a":              {space.Point{10, 0, 0, 0, 0, 0, 0}, false},
		"outside b":              {space.Point{5, 2, 0, 0, 0, 0, 0}, false},
		"three labels":           {space.Point{5, 0, 0, 2, 1, 3, 0}, false},
		"sub was not active":     {space.Point{5, 0, 1, 0, 0, 0, 10}, true},
		"orders count as labels": {space.Point{5, 0, 0, 0, 0, 5, 0}, true},
	} {
		require.Equal(t, c.want, b.has(c.p), name)
	}
	rng := seed.New(1)
	moved := map[int]bool{}
	for range 500 {
		p := b.sample(rng)
		require.NoError(t, e.space.Check(p))
		require.True(t, b.has(p), "%v", p)
		for axis := range p {
			moved[axis] = moved[axis] || p[axis] != centre[axis]
		}
	}
	require.Equal(t, map[int]bool{0: true, 1: true, 2: true, 3: true, 4: true, 5: true, 6: true}, moved)
	small := newBox(e, centre, leastSide, []float64{1, 1, 1, 1, 1, 1, 1})
	require.Equal(t, []int{4, 6, 0, 1, 1}, []int{small.low[0], small.high[0], small.low[1], small.high[1], small.ball}, "never less than a step")
}
