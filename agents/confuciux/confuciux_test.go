package confuciux

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// The contract of a first stage of some trials and of the second: the default share is only longer.
func TestConformance(t *testing.T) {
	f := Factory()
	for i := range f.Options {
		if f.Options[i].Name == "share" {
			f.Options[i].Default = 0.005
		}
	}
	agenttest.Test(t, f)
}

// study runs the agent on trap30 with so many trials in flight and returns the trials.
func study(t *testing.T, o Options, budget, lag int) (*Agent, []agents.Trial) {
	t.Helper()
	f := agenttest.Trap30()
	agent, err := New(f.Problem(budget), o, seed.New(1))
	require.NoError(t, err)
	s := agenttest.Study{Budget: budget, Lag: lag, Evaluate: func(_ int, p space.Point) agents.Trial { return f.Trial(p) }}
	trials, err := s.Run(agent, f.Space)
	require.NoError(t, err)
	require.Len(t, trials, budget)
	return agent, trials
}

// nearest is the median over some designs of the number of axes in which the nearest of others differs.
func nearest(designs, others []agents.Trial) int {
	var least []int
	for _, d := range designs {
		closest := len(d.Point)
		for _, other := range others {
			apart := 0
			for axis, level := range d.Point {
				if level != other.Point[axis] {
					apart++
				}
			}
			closest = min(closest, apart)
		}
		least = append(least, closest)
	}
	slices.Sort(least)
	return least[len(least)/2]
}

// The second stage breeds around what the first found: its children are near to designs of the first stage, where the policy draws all thirty axes anew.
func TestSecondStageIsLocal(t *testing.T) {
	for _, lag := range []int{1, 7} {
		_, trials := study(t, Options{Share: 0.1, Population: 10}, 400, lag)
		require.GreaterOrEqual(t, nearest(trials[20:40], trials[:20]), 8)
		require.LessOrEqual(t, nearest(trials[50:70], trials[:40]), 6, "%d in flight", lag)
	}
}

func TestStagesShareTheBudget(t *testing.T) {
	agent, _ := study(t, Options{}, 100, 1)
	require.Equal(t, [3]int{20, 20, 20}, [3]int{agent.length, agent.asked, agent.told})
	agent, _ = study(t, Options{Share: 1}, 50, 1)
	require.False(t, agent.begun)
	unknown, err := New(agenttest.Trap30().Problem(0), Options{}, seed.New(1))
	require.NoError(t, err)
	require.Equal(t, 500, unknown.length)
}

// The two stages together are better than random search: its median is 9 after 1,000 trials, the optimum 0.
func TestBeatsRandom(t *testing.T) {
	best := 30.0
	_, trials := study(t, Options{}, 1000, 1)
	for _, trial := range trials {
		best = min(best, -trial.Objectives[0])
	}
	require.LessOrEqual(t, best, 7.0)
}

func TestOptionsOutOfRangeAreNamed(t *testing.T) {
	p := agenttest.Trap30().Problem(100)
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Share: -1}, "confuciux: share -1 must be above 0 and at most 1"},
		{Options{Share: 1.5, Population: 1}, "confuciux: share 1.5 must be above 0 and at most 1\npopulation 1 must be at least 2"},
		{Options{Population: 101}, "confuciux: population 101 must be at most 100, the budget in trials"},
		{Options{Form: "rotating"}, "rotating"},
	} {
		_, err := New(p, c.o, seed.New(1))
		require.ErrorContains(t, err, c.want)
	}
	settings := agenttest.Settings(t, Factory(), map[string]any{"share": 0.0})
	_, err := Factory().New(p, settings, seed.New(1))
	require.ErrorContains(t, err, "share -1 must be above 0")
}

// Sixteen layers share out processing elements; the agent is asked and told like any other.
func ExampleNew() {
	var params []space.Param
	for layer := range 16 {
		params = append(params, space.Param{Name: fmt.Sprintf("layer%02d_pes", layer), Group: "pes", Values: []float64{1, 2, 4, 8}})
	}
	s, err := space.New(params...)
	if err != nil {
		fmt.Println(err)
		return
	}
	agent, err := New(agents.Problem{Space: s, Objectives: 1, Budget: 200}, Options{}, seed.New(1))
	if err != nil {
		fmt.Println(err)
		return
	}
	best := -1000
	for id := range 200 {
		points, err := agent.Ask(1)
		if err != nil || len(points) == 0 {
			fmt.Println("finished", err)
			return
		}
		cost := 0
		for layer, level := range points[0] {
			cost += max(level-layer%4, layer%4-level)
		}
		best = max(best, -cost)
		err = agent.Tell([]agents.Trial{{ID: id, Point: points[0], Objectives: []float64{float64(-cost)}, Violations: []float64{0}}})
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Println("within", -best < 8)
	// Output:
	// within true
}
