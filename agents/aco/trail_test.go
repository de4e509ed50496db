package aco

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func newSpace(t require.TestingT, params ...space.Param) space.Space {
	s, err := space.New(params...)
	require.NoError(t, err)
	return s
}

func nominal(name string, labels ...string) space.Param {
	return space.Param{Name: name, Kind: space.Nominal, Labels: labels}
}

func ordinal(name string, levels int) space.Param {
	p := space.Param{Name: name, Kind: space.Ordinal}
	for i := range levels {
		p.Values = append(p.Values, float64(i))
	}
	return p
}

// mixed has two axes for edges, one that "none" switches off, and an order.
func mixed(t require.TestingT) space.Space {
	sets := ordinal("sets", 4)
	sets.When = []space.Cond{{Param: "cache", In: []string{"direct", "set"}}}
	return newSpace(t, nominal("cache", "none", "direct", "set"), sets, nominal("policy", "lru", "fifo"),
		space.Param{Name: "loops", Kind: space.Permutation, Labels: []string{"m", "n", "k"}})
}

func TestDrawIsInProportionOrGreedy(t *testing.T) {
	for _, c := range []struct {
		name    string
		weights []float64
		greed   float64
		want    []float64
	}{
		{"in proportion", []float64{1, 0, 3}, 0, []float64{0.25, 0, 0.75}},
		{"greedy", []float64{1, 0, 3}, 1, []float64{0, 0, 1}},
		{"half greedy", []float64{1, 0, 3}, 0.5, []float64{0.125, 0, 0.875}},
		{"equals", []float64{2, 1, 2}, 1, []float64{0.5, 0, 0.5}},
		{"one", []float64{0.1}, 0.5, []float64{1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rng, count := seed.New(1, "draw"), make([]float64, len(c.weights))
			for range 10_000 {
				count[draw(c.weights, c.greed, rng)]++
			}
			for i, want := range c.want {
				require.InDelta(t, want, count[i]/10_000, 0.02, "column %d", i)
			}
		})
	}
}

// Of 50 levels, smoothing 0.02 is a width of one level: exp(-1) = 0.3679, exp(-4) = 0.0183, and exp(-5) is below 1 %.
func TestKernel(t *testing.T) {
	require.InDeltaSlice(t, []float64{1, 0.3679, 0.1353, 0.0498, 0.0183}, kernel(ordinal("x", 50), 0.02), 1e-4)
	require.Equal(t, []float64{1}, kernel(ordinal("x", 50), 0))
	require.Equal(t, []float64{1}, kernel(nominal("x", "a", "b", "c"), 1))
	require.InDeltaSlice(t, []float64{1, 0.3679}, kernel(ordinal("x", 2), 0.5), 1e-4)
}

// Three levels of acs begin at 1/4. Half of the way to 1 is 0.625, and to exp(-1) = 0.3679 it is 0.3089. An ant then takes half of what is
// above 1/4: 0.4375.
func TestACSByHand(t *testing.T) {
	r := acs{evaporation: 0.5, decay: 0.5}
	s := newSpace(t, ordinal("x", 3))
	l := newTrail(s, 0, Options{Smoothing: 1.0 / 3}, r)
	p := space.Point{0}
	r.evaporate(l)
	r.mark(l, p)
	require.InDeltaSlice(t, []float64{0.625, 0.3089, 0.25}, l.pheromone().trails, 1e-4)
	r.proposed(l, p)
	require.InDeltaSlice(t, []float64{0.4375, 0.3089, 0.25}, l.pheromone().trails, 1e-4)
}

// Three levels with q = 0.8: τ_min = 0.2 / (2 · 0.8) = 0.125. After one turn of evaporation 0.5 from 1: 0.5, the marked level 1, its neighbours
// 0.5 + 0.5 · 0.3679 = 0.6839 and 0.5 + 0.5 · 0.1353 = 0.5677; after three more turns without a mark 1/8, and 0.0855 and 0.0710, cut to 0.125.
func TestMaxMinByHand(t *testing.T) {
	r := mmas{evaporation: 0.5, repeat: 0.8}
	s := newSpace(t, ordinal("x", 3))
	l := newTrail(s, 0, Options{Smoothing: 1.0 / 3}, r)
	r.evaporate(l)
	r.mark(l, space.Point{0})
	require.InDeltaSlice(t, []float64{1, 0.6839, 0.5677}, l.pheromone().trails, 1e-4)
	for range 3 {
		r.evaporate(l)
	}
	require.InDeltaSlice(t, []float64{0.125, 0.125, 0.125}, l.pheromone().trails, 1e-4)
}

// With 30 choices of two, converged: PBest = q^30 = 0.2 gives q = 0.94777 and τ_min = 0.05223 / 0.94777 = 0.05511.
func TestConvergedAntsRepeatTheBestAsOftenAsPBestSays(t *testing.T) {
	f := agenttest.Trap30()
	a, err := NewMMAS(f.Problem(0), Options{}, seed.New(1))
	require.NoError(t, err)
	best := make(space.Point, 30)
	for range 100 {
		for _, l := range a.trails {
			a.rule.evaporate(l)
		}
		a.active(best, a.rule.mark)
	}
	require.InDelta(t, 0.05511, a.trails[7].pheromone().trails[1], 1e-5)
	require.True(t, a.converged())
	repeats := 0
	for range 5000 {
		if f.Space.Key(a.ant()) == f.Space.Key(best) {
			repeats++
		}
	}
	require.InDelta(t, 0.2, float64(repeats)/5000, 0.02)
}

// Marked are (0, 0) and (1, 1). Edges repeat the pairs, values mix them.
func TestEdgesRememberPairs(t *testing.T) {
	s := newSpace(t, nominal("a", "0", "1"), nominal("b", "0", "1"))
	for trails, want := range map[Trails]float64{Values: 0.5, Edges: 0} {
		a, err := NewACS(agenttest.Trap30().Problem(0), Options{Trails: trails}, seed.New(1))
		require.NoError(t, err)
		a.space, a.trails, a.greed = s, []trail{newTrail(s, 0, a.options, a.rule), newTrail(s, 1, a.options, a.rule)}, 0
		for range 200 {
			a.active(space.Point{0, 0}, a.rule.mark)
			a.active(space.Point{1, 1}, a.rule.mark)
		}
		for _, l := range a.trails { // nothing of the outset is left
			for i, trail := range l.pheromone().trails {
				if trail < 0.5 {
					l.pheromone().trails[i] = 0
				}
			}
		}
		mixed := 0.0
		for range 2000 {
			if p := a.ant(); p[0] != p[1] {
				mixed++
			}
		}
		require.InDelta(t, want, mixed/2000, 0.05, trails)
	}
}

func TestRowsOfEdges(t *testing.T) {
	s, o, r := mixed(t), Options{Trails: Edges, Smoothing: 0.5}, acs{0.5, 0.5}
	first, sets, policy, loops := newTrail(s, 0, o, r), newTrail(s, 1, o, r), newTrail(s, 2, o, r), newTrail(s, 3, o, r)
	require.Len(t, first.pheromone().trails, 3, "no axis before: levels alone")
	require.Len(t, sets.pheromone().trails, (3+1)*4)
	require.Len(t, policy.pheromone().trails, (4+1)*2)
	require.Len(t, loops.pheromone().trails, (3+1)*3, "labels by label before or first place")
	r.mark(policy, space.Point{0, 0, 1, 0}) // no sets: the last row alone
	third := 1.0 / 3
	require.InDeltaSlice(t, []float64{third, third, third, third, third, third, third, third, third, 2 * third}, policy.pheromone().trails, 1e-9)
	r.mark(policy, space.Point{1, 3, 0, 0}) // sets 3, and 2 with exp(-1/2) = 0.6065; never the row of the absent sets
	require.InDeltaSlice(t, []float64{third, third, 0.3506, third, 0.4699, third, 2 * third, third, third, 2 * third}, policy.pheromone().trails, 1e-4)

	wide := newSpace(t, ordinal("a", 200), ordinal("b", 200))
	require.Len(t, newTrail(wide, 1, o, r).pheromone().trails, 200, "201 · 200 edges are too many")
}

// An unmarked order is uniform; a marked one, "k m n", is all that greedy ants make.
func TestOrders(t *testing.T) {
	p := space.Param{Name: "loops", Kind: space.Permutation, Labels: []string{"m", "n", "k"}}
	s, r, rng := newSpace(t, p), acs{0.5, 0.5}, seed.New(1, "orders")
	l := newTrail(s, 0, Options{}, r)
	count := map[int]int{}
	for range 6000 {
		count[l.draw(nil, 0, rng)]++
	}
	require.Len(t, count, 6)
	for rank, n := range count {
		require.InDelta(t, 1000, n, 120, "order %d", rank)
	}
	marked := space.Rank([]int{2, 0, 1})
	r.mark(l, space.Point{marked})
	for range 20 {
		require.Equal(t, marked, l.draw(nil, 1, rng))
	}
}

func TestTrailsStayWithinTheirBounds(t *testing.T) {
	s := mixed(t)
	rapid.Check(t, func(t *rapid.T) {
		rng := seed.New(rapid.Uint64().Draw(t, "seed"))
		o := Options{
			Trails:    rapid.SampledFrom([]Trails{Values, Edges}).Draw(t, "trails"),
			Smoothing: rapid.Float64Range(0, 1).Draw(t, "smoothing"),
		}
		rate := rapid.Float64Range(1e-6, 1).Draw(t, "rate")
		for _, r := range []rule{acs{rate, rapid.Float64Range(0, 1).Draw(t, "decay")}, mmas{rate, rapid.Float64Range(0.01, 0.99).Draw(t, "repeat")}} {
			for axis := range s.Len() {
				l := newTrail(s, axis, o, r)
				for range 30 {
					if p := s.Sample(rng); s.Active(p, axis) {
						r.proposed(l, p)
						r.evaporate(l)
						r.mark(l, p)
						p[axis] = l.draw(p, 0.5, rng)
						require.Less(t, p[axis], s.Levels(axis))
					}
				}
				for _, trail := range l.pheromone().trails {
					require.GreaterOrEqual(t, trail, l.pheromone().least*(1-1e-12))
					require.LessOrEqual(t, trail, 1.0)
				}
			}
		}
	})
}

// Ten levels: two marked ones out of ten have the factor 2, one with a neighbour at exp(-1) also counts three by itself: 1.
func TestBranchingByHand(t *testing.T) {
	s, r := newSpace(t, ordinal("x", 10)), acs{0.5, 0.5}
	sharp := newTrail(s, 0, Options{}, r)
	_, ok := sharp.pheromone().branching()
	require.False(t, ok, "no preference yet")
	r.mark(sharp, space.Point{2})
	factor, ok := sharp.pheromone().branching()
	require.True(t, ok)
	require.InDelta(t, 1.0, factor, 1e-9)
	r.mark(sharp, space.Point{7})
	factor, _ = sharp.pheromone().branching()
	require.InDelta(t, 2.0, factor, 1e-9)
	smooth := newTrail(s, 0, Options{Smoothing: 0.1}, r)
	r.mark(smooth, space.Point{4})
	factor, _ = smooth.pheromone().branching()
	require.InDelta(t, 0.6, factor, 1e-9, "3 of the 5 levels within exp(-2): those above the outset, 1/11")
}
