package grid_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/grid"
	"github.com/codesign-gym/codesign/env/space"
)

func TestConformance(t *testing.T) { agenttest.Test(t, grid.Factory()) }

// All 10,201 designs of Branin's grid: the best is the known one, for every seed.
func TestExhaustiveSearchFindsTheOptimum(t *testing.T) {
	f := agenttest.Branin()
	medians := agenttest.Medians(t, f, func(p agents.Problem, _ *rand.Rand) (agents.Agent, error) { return grid.New(p) }, 5000, 10201, 20000)
	require.Greater(t, medians[0], f.Best)
	require.InDelta(t, f.Best, medians[1], 1e-12)
	require.InDelta(t, f.Best, medians[2], 1e-12, "it has finished by then")
}

func BenchmarkAsk(b *testing.B) {
	agent, err := grid.New(agenttest.Trap30().Problem(0))
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := agent.Ask(1); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleAgent() {
	s, err := space.New(
		space.Param{Name: "buffer", Kind: space.Nominal, Labels: []string{"none", "fifo"}},
		space.Param{Name: "depth", Kind: space.Ordinal, Values: []float64{8, 16}, When: []space.Cond{{Param: "buffer", In: []string{"fifo"}}}},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	agent, err := grid.New(agents.Problem{Space: s, Objectives: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 3 {
		points, err := agent.Ask(2)
		fmt.Println(points, err)
	}
	// Output:
	// [[0 0] [1 0]] <nil>
	// [[1 1]] <nil>
	// [] <nil>
}
