package mcts

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func TestConformance(t *testing.T) { agenttest.Test(t, Factory()) }

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), nil)
	for _, c := range []struct {
		p    agents.Problem
		want Options
	}{
		{agenttest.Trap30().Problem(100), Options{Exploration: 0.1, Guided: 0.9, Change: 1}},
		{agenttest.ZDT1().Problem(100), Options{Exploration: 0.3, Guided: 0.9, Change: 1}},
	} {
		made, err := Factory().New(c.p, settings, seed.New(1))
		require.NoError(t, err)
		require.Equal(t, c.want, made.(*Agent).options)
		zero, err := New(c.p, Options{}, seed.New(1))
		require.NoError(t, err)
		require.Equal(t, c.want, zero.options)
	}
}

func TestProbabilityZeroOfAFileMeansNever(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), map[string]any{"guided": 0.0})
	made, err := Factory().New(agenttest.Trap30().Problem(100), settings, seed.New(1))
	require.NoError(t, err)
	require.Zero(t, made.(*Agent).options.Guided)
}

func TestBadOptionsAreAllReported(t *testing.T) {
	p := agenttest.Trap30().Problem(10)
	_, err := New(p, Options{Exploration: -1, Guided: 2, Change: -3}, seed.New(1))
	require.EqualError(t, err, "mcts: exploration -1 must be above 0 and at most 1000\nguided 2 must be at most 1\nchange -3 must be above 0 and at most 1000")
}

// 7 sizes; a cache of none or, with 3 ways, some; one fixed axis: 7 · (1 + 3) designs.
func small(t testing.TB) space.Space {
	s, err := space.New(
		space.Param{Name: "size", Kind: space.Ordinal, Values: []float64{1, 2, 3, 4, 5, 6, 7}},
		space.Param{Name: "fixed", Kind: space.Nominal, Labels: []string{"only"}},
		space.Param{Name: "cache", Kind: space.Nominal, Labels: []string{"none", "some"}},
		space.Param{Name: "ways", Kind: space.Ordinal, Values: []float64{1, 2, 4}, When: []space.Cond{{Param: "cache", In: []string{"some"}}}},
	)
	require.NoError(t, err)
	return s
}

// Level 4 of 7: [0,7) halves to [3,7), that to [3,5), that to 4, which fixes the axis; "fixed" has no choice; label 1 of cache; way 1 of [0,3): [1,3), then 1.
func TestPathByHand(t *testing.T) {
	tree := newTree(small(t))
	p := space.Point{4, 0, 1, 1}
	type set struct{ axis, low, high int }
	var last []set
	for range 8 {
		last = nil
		for _, n := range tree.path(p) {
			last = append(last, set{n.axis, n.low, n.high})
		}
	}
	require.Equal(t, []set{{0, 0, 7}, {0, 3, 7}, {0, 3, 5}, {2, 0, 2}, {3, 0, 3}, {3, 1, 3}, {4, 0, 0}}, last)
	// Without a cache there are no ways to decide.
	none := space.Point{4, 0, 0, 0}
	require.Len(t, tree.path(none), 5)
	require.True(t, tree.root.children[1].children[0].children[1].children[0].closed)
	require.False(t, tree.root.children[1].children[0].children[1].closed)
}

func TestTheTreeClosesWhenEveryDesignWasVisited(t *testing.T) {
	s := small(t)
	tree := newTree(s)
	for p := range s.Points() {
		require.False(t, tree.root.closed)
		for range 8 {
			tree.path(p)
		}
	}
	require.True(t, tree.root.closed)
}

func TestNoDesignTwiceWhileSomeAreNew(t *testing.T) {
	for _, lag := range []int{1, 5} {
		p := agents.Problem{Space: small(t), Objectives: 1}
		agent, err := New(p, Options{}, seed.New(4))
		require.NoError(t, err)
		agenttest.RequireEachOnce(t, p, agent, lag)
	}
}

func trial(objectives ...float64) agents.Trial {
	return agents.Trial{Objectives: objectives, Violations: []float64{0}}
}

func TestRewardByHand(t *testing.T) {
	var one peers
	require.Equal(t, 0.5, one.reward(trial(3)), "no peers yet")
	require.Equal(t, 1.0, one.reward(trial(5)))
	require.Equal(t, 0.25, one.reward(trial(3)), "as good as one of two, worse than the other")
	require.Equal(t, 0.0, one.reward(agents.Trial{Infeasible: "no", Violations: []float64{1}}))
	several := peers{several: true}
	several.reward(trial(1, 1))
	require.Equal(t, 0.0, several.reward(trial(0, 0)), "dominated")
	require.Equal(t, 1.0, several.reward(trial(2, 2)))
	require.InDelta(t, 1.0/3, several.reward(trial(1, 0.5)), 1e-12, "behind (2, 2) and (1, 1), before (0, 0)")
}

func TestPeersOfOneObjectiveAreTheLastOnes(t *testing.T) {
	var r peers
	for i := range most + 10 {
		r.reward(trial(float64(i)))
	}
	require.Len(t, r.trials, 64)
	least := r.trials[0].Objectives[0]
	for _, p := range r.trials {
		least = min(least, p.Objectives[0])
	}
	require.Equal(t, 10.0, least)
}

// Visits 4 and 1 of 5: 3/4 + c sqrt(ln 5 / 4) = 0.75 + 0.634 c against 0.5 + 1.269 c; they are equal at c = 0.394.
func TestTheGreatestBoundIsChosen(t *testing.T) {
	for c, want := range map[float64]int{0.38: 0, 0.41: 1} {
		a, err := New(agents.Problem{Space: small(t), Objectives: 1}, Options{Exploration: c}, seed.New(1))
		require.NoError(t, err)
		n := a.tree.root
		n.visits, n.opened = 5, 2
		n.children = []*node{{visits: 4, reward: 3}, {visits: 1, reward: 0.5}}
		require.Equal(t, want, a.choose(n), "c = %v", c)
		n.children[want].closed = true
		require.Equal(t, 1-want, a.choose(n), "the other one has no new design")
	}
}

func BenchmarkAskAndTell(b *testing.B) {
	f := agenttest.Ackley20()
	agent, err := New(f.Problem(1000), Options{}, seed.New(1))
	require.NoError(b, err)
	agenttest.BenchmarkAfter(b, f, agent, 1000)
}

func ExampleNew() {
	f := agenttest.TileAccel()
	agent, err := New(f.Problem(1000), Options{}, seed.New(1, "agent", "mcts"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, least, err := f.Search(agent, 1000)
	fmt.Printf("%d trials, within 5 %% of the optimum: %t %v\n", trials, least < f.Best*0.95, err)
	// Output: 1000 trials, within 5 % of the optimum: true <nil>
}
