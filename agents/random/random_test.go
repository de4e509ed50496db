package random_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/random"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func TestConformance(t *testing.T) { agenttest.Test(t, random.Factory()) }

func two(t require.TestingT) space.Space {
	s, err := space.New(
		space.Param{Name: "move", Kind: space.Nominal, Labels: []string{"left", "stay", "right"}},
		space.Param{Name: "speed", Kind: space.Ordinal, Values: []float64{1, 2}, When: []space.Cond{{Param: "move", In: []string{"left", "right"}}}},
	)
	require.NoError(t, err)
	return s
}

func TestPolicyDrawsUniformlyOverLegalLevels(t *testing.T) {
	policy := random.NewPolicy([]env.AgentSpec{{ID: "walker", Actions: two(t)}}, seed.New(1))
	count := map[string]int{}
	for range 3000 {
		actions, err := policy.Act([][]env.Obs{{{Mask: [][]bool{{true, true, false}, {false, true}}}}})
		require.NoError(t, err)
		count[fmt.Sprint(actions[0][0])]++
	}
	// left at speed level 1 or stay, half each; the mask of the inactive speed does not matter.
	require.Len(t, count, 2)
	require.InDelta(t, 1500, count["[0 1]"], 150)
	require.InDelta(t, 1500, count["[1 0]"], 150)
}

func TestPolicyDrawsAsSampleAction(t *testing.T) {
	spec := env.AgentSpec{ID: "walker", Actions: two(t)}
	policy, rng := random.NewPolicy([]env.AgentSpec{spec}, seed.New(1)), seed.New(1)
	for _, mask := range [][][]bool{nil, {{true, true, true}, {true, true}}, {{true, false, true}, {true, true}}} {
		for range 20 {
			actions, err := policy.Act([][]env.Obs{{{Mask: mask}}})
			require.NoError(t, err)
			require.Equal(t, env.SampleAction(spec, env.Obs{Mask: mask}, rng), actions[0][0])
		}
	}
}

func TestMaskThatAllowsNothingIsAnError(t *testing.T) {
	policy := random.NewPolicy([]env.AgentSpec{{ID: "walker", Actions: two(t)}}, seed.New(1))
	_, err := policy.Act([][]env.Obs{{{Mask: [][]bool{{false, false, false}, {true, true}}}}})
	require.EqualError(t, err, `random: lane 0: agent "walker": the mask of "move" allows none of its 3 levels`)
	_, err = policy.Act([][]env.Obs{{{}, {}}})
	require.EqualError(t, err, "random: lane 0 has 2 observations for 1 agents")
}

func BenchmarkAct(b *testing.B) {
	policy := random.NewPolicy([]env.AgentSpec{{ID: "walker", Actions: two(b)}}, seed.New(1))
	lanes := [][]env.Obs{{{Mask: [][]bool{{true, true, false}, {false, true}}}}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := policy.Act(lanes); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleNew() {
	s, err := space.New(space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{4, 8, 16}})
	if err != nil {
		fmt.Println(err)
		return
	}
	agent, err := random.New(agents.Problem{Space: s, Objectives: 1}, seed.New(7, "agent", "random"))
	if err != nil {
		fmt.Println(err)
		return
	}
	points, err := agent.Ask(3)
	seen := map[int]bool{}
	for _, p := range points {
		seen[p[0]] = true
	}
	fmt.Println(len(seen), "different designs", err)
	// Output: 3 different designs <nil>
}
