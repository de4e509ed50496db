package anneal

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/random"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func TestConformance(t *testing.T) { agenttest.Test(t, Factory()) }

// Without advice, which the suite's problems have none of, the guided search must keep the contract as well.
func TestConformanceOfGuided(t *testing.T) { agenttest.Test(t, GuidedFactory()) }

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), nil)
	got, err := options(settings).withDefaults()
	require.NoError(t, err)
	require.Equal(t, Options{Temperature: 1, Final: 0.01, Depth: 1}, got)
	zero, err := Options{}.withDefaults()
	require.NoError(t, err)
	require.Equal(t, got, zero)
}

func TestBadOptionsAreAllReported(t *testing.T) {
	p := agenttest.Trap30().Problem(10)
	_, err := New(p, Options{Temperature: -1, Final: -2, Depth: -3}, seed.New(1))
	require.EqualError(t, err, "anneal: temperature -1 must be above 0\nfinal -2 must be above 0\ndepth -3 must be at least 1")
}

func feasible(values ...float64) agents.Trial {
	return agents.Trial{Objectives: values, Violations: []float64{0, 0}}
}

func violating(v float64) agents.Trial {
	return agents.Trial{Objectives: []float64{9, 9}, Violations: []float64{v, 0}}
}

func distant(d float64) agents.Trial {
	return agents.Trial{Infeasible: "far", Violations: []float64{1, d}}
}

func TestWorseningIsInMeanChanges(t *testing.T) {
	s := scales{objectives: make([]mean, 2)}
	require.Equal(t, math.Inf(1), s.worsening(feasible(2, 2), feasible(1, 2)), "no change was seen yet")
	s.observe(feasible(0, 0), feasible(2, -10))
	s.observe(feasible(0, 0), feasible(4, -10))
	s.observe(violating(3), violating(1))
	s.observe(distant(1), distant(9))
	for _, c := range []struct {
		name     string
		from, to agents.Trial
		want     float64
	}{
		{"better", feasible(1, 1), feasible(2, 1), 0},
		{"neither dominates", feasible(1, 1), feasible(2, 0), 0},
		{"6 of mean change 3 and 5 of mean change 10, over two objectives", feasible(8, 7), feasible(2, 2), (6.0/3 + 5.0/10) / 2},
		{"from feasible to a violation of 4 with mean change 2", feasible(1, 1), violating(4), 2},
		{"violation 1 to 4", violating(1), violating(4), 1.5},
		{"violation falls", violating(4), violating(1), 0},
		{"distance 1 to 5 with mean change 8", distant(1), distant(5), 0.5},
		{"not evaluated", violating(1), distant(1), math.Inf(1)},
		{"unknown distance", distant(1), distant(0), math.Inf(1)},
	} {
		t.Run(c.name, func(t *testing.T) { require.InDelta(t, c.want, s.worsening(c.from, c.to), 1e-12) })
	}
}

func TestMeanForgetsWhatIsOld(t *testing.T) {
	var m mean
	m.add(4)
	m.add(-8)
	require.InDelta(t, 6, m.value, 1e-12)
	for range 400 {
		m.add(1)
	}
	require.InDelta(t, 1, m.value, 1e-4)
}

// At temperature 1 a worsening of one mean change passes with exp(-1), at the end of the budget with exp(-100).
func TestAcceptanceCools(t *testing.T) {
	a, err := New(agenttest.Trap30().Problem(100), Options{}, seed.New(1))
	require.NoError(t, err)
	count := func(told int) (n int) {
		a.told = told
		for range 10_000 {
			if a.accepts(1) {
				n++
			}
		}
		return n
	}
	require.InDelta(t, 10_000*math.Exp(-1), count(0), 200)
	require.InDelta(t, 10_000*math.Exp(-10), count(50), 5)
	require.Zero(t, count(100))
	require.True(t, a.accepts(0), "what is not worse is always accepted")
	require.False(t, a.accepts(math.Inf(1)))
}

// Designs of the start spread the search of several objectives; given ones stand for them, and of one objective there is one.
func TestSeveralObjectivesBeginWithStarts(t *testing.T) {
	for _, c := range []struct{ objectives, budget, given, want int }{
		{1, 100, 0, 1}, {1, 100, 2, 0}, {2, 0, 0, 20}, {3, 1000, 0, 30}, {2, 40, 0, 10}, {2, 1, 0, 1}, {2, 100, 15, 5}, {2, 100, 25, 0},
	} {
		a, err := New(agents.Problem{Space: ladder(t).Space, Objectives: c.objectives, Budget: c.budget}, Options{}, seed.New(1))
		require.NoError(t, err)
		for id := range c.given {
			require.NoError(t, a.Tell([]agents.Trial{{
				ID: id, Point: space.Point{id % 16, id / 16}, Objectives: make([]float64, c.objectives), Violations: []float64{0}, Given: true,
			}}))
		}
		require.Equal(t, c.want, a.opening, "%+v", c)
	}
}

// What enters the front is gone on from at some weights; what is refused sends the search back to the front.
func TestSeveralObjectivesGoOnFromTheFront(t *testing.T) {
	p := ladder(t)
	p.Objectives, p.Budget, p.Advise = 2, 8, nil // two designs of the start
	a, err := New(p, Options{Temperature: 1e-9}, seed.New(1))
	require.NoError(t, err)
	for id, objectives := range [][]float64{{0, 4}, {4, 0}, {3, 3}, {-9, -9}} {
		points, err := a.Ask(1)
		require.NoError(t, err)
		require.NoError(t, a.Tell([]agents.Trial{{ID: id, Point: points[0], Objectives: objectives, Violations: []float64{0}}}))
		require.True(t, slices.ContainsFunc(a.front, func(h rank.Held[struct{}]) bool { return h.Trial.ID == a.current.ID }), "after trial %d", id)
	}
	require.Len(t, a.front, 3)
}

// ladder is a space of one long axis whose model advises one step up, and, first, a useless change of another axis.
func ladder(t testing.TB) agents.Problem {
	s, err := space.New(
		space.Param{Name: "rung", Kind: space.Ordinal, Values: []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}},
		space.Param{Name: "paint", Kind: space.Nominal, Labels: []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"}},
	)
	require.NoError(t, err)
	return agents.Problem{Space: s, Objectives: 1, Budget: 200, Advise: func(p space.Point) []simulators.Advice {
		if p == nil {
			return []simulators.Advice{{Point: space.Point{0, 0}}}
		}
		list := []simulators.Advice{{Point: space.Point{p[0], (p[1] + 1) % 16}, About: "paint"}}
		if p[0] < 15 {
			list = append(list, simulators.Advice{Point: space.Point{p[0] + 1, p[1]}, About: "height"})
		}
		return list
	}}
}

func TestGuidedFollowsAdviceThatHelps(t *testing.T) {
	p := ladder(t)
	a, err := New(p, Options{Depth: 2}, seed.New(1))
	require.NoError(t, err)
	points, err := a.Ask(1)
	require.NoError(t, err)
	require.Equal(t, space.Point{0, 0}, points[0], "the search begins where the model says")
	top, asked := 0, 1
	for ; top < 15; asked++ {
		top = max(top, points[0][0])
		height := float64(points[0][0])
		require.NoError(t, a.Tell([]agents.Trial{{ID: asked, Point: points[0], Objectives: []float64{height}, Violations: []float64{0}}}))
		require.LessOrEqual(t, a.counsel.failures["paint"], patience)
		points, err = a.Ask(1)
		require.NoError(t, err)
	}
	// A start, 15 steps up, and between two of them three useless moves at most.
	require.LessOrEqual(t, asked, 1+15*(1+patience))
}

func TestAChainWithoutAdviceIsOneMove(t *testing.T) {
	p := ladder(t)
	a, err := New(p, Options{Depth: 5}, seed.New(1))
	require.NoError(t, err)
	require.Equal(t, 5, a.options.Depth)
	p.Advise = nil
	a, err = New(p, Options{Depth: 5}, seed.New(1))
	require.NoError(t, err)
	require.Equal(t, 1, a.options.Depth)
}

func TestThingsThatDoNotHelpArePutAside(t *testing.T) {
	c := newCounsel(ladder(t).Advise)
	for range patience {
		c.learn("height", false)
	}
	c.learn("paint", false)
	a, err := New(ladder(t), Options{}, seed.New(1))
	require.NoError(t, err)
	for range 50 {
		advice, ok := c.choose(space.Point{3, 3}, a.seen, a.rng)
		require.True(t, ok)
		require.Equal(t, "paint", advice.About)
	}
	a.seen.Add(space.Point{3, 4})
	_, ok := c.choose(space.Point{3, 3}, a.seen, a.rng)
	require.False(t, ok, "the only piece of advice left was proposed before")
	c.forget()
	advice, ok := c.choose(space.Point{3, 3}, a.seen, a.rng)
	require.True(t, ok)
	require.Equal(t, "height", advice.About)
}

// At equal budget both kinds, which are one without advice, are better than random search by a third of the way to the optimum.
func TestAnnealingBeatsRandom(t *testing.T) {
	const budget, share = 400, 1.0 / 3
	for _, f := range []agenttest.Function{agenttest.Ackley20(), agenttest.Rosenbrock10(), agenttest.TileAccel()} {
		base := agenttest.Medians(t, f, made(random.Factory()), budget)[0]
		for _, kind := range []agents.Factory{Factory(), GuidedFactory()} {
			median := agenttest.Medians(t, f, made(kind), budget)[0]
			t.Logf("%s on %s: %.4g, random %.4g, best %.4g", kind.Name, f.Name, median, base, f.Best)
			require.LessOrEqual(t, median, base-share*(base-f.Best), "%s on %s", kind.Name, f.Name)
		}
	}
}

// made makes a kind with its default options.
func made(f agents.Factory) agenttest.New {
	return func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		settings, err := simulators.NewSettings(f.Options, nil)
		if err != nil {
			return nil, err
		}
		return f.New(p, settings, rng)
	}
}

func ExampleNew() {
	f := agenttest.TileAccel()
	agent, err := New(f.Problem(500), Options{}, seed.New(1, "agent", "sa"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, least, err := f.Search(agent, 500)
	fmt.Printf("%d trials, within 5 %% of the optimum: %t %v\n", trials, least < f.Best*0.95, err)
	// Output: 500 trials, within 5 % of the optimum: true <nil>
}
