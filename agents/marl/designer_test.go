package marl_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/env/seed"
)

// designer makes designers of some groups with the default options but for the optimism.
func designer(groups string, optimism float64) agenttest.New {
	return func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		o := policygrad.DesignPPO()
		o.Optimism = optimism
		return policygrad.NewDesigner("ippo", p, groups, o, rng)
	}
}

// The median of a plain REINFORCE after 200 trials.
func TestAnAgentAnAxisBeatsREINFORCE(t *testing.T) {
	agenttest.RequireMedian(t, agenttest.TileAccel(), designer("axis", 0), 200, -6.9)
}

func TestDesignersOfGivenGroupsConform(t *testing.T) {
	agenttest.TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		if p.Space.Len() == 0 {
			return designer("axis", 0)(p, rng)
		}
		groups := "first: " + p.Space.Param(0).Name
		for axis := 1; axis < p.Space.Len(); axis++ {
			groups += map[bool]string{true: "; rest: ", false: ", "}[axis == 1] + p.Space.Param(axis).Name
		}
		return designer(groups, 0.5)(p, rng)
	}, "steady-work")
}

func TestWrongDesigners(t *testing.T) {
	p := agenttest.TileAccel().Problem(0)
	_, err := policygrad.NewDesigner("ippo", p, "axes", policygrad.DesignPPO(), seed.New(1))
	require.ErrorContains(t, err, `ippo: groups: unknown grouping "axes"`)
	wrong := policygrad.DesignPPO()
	wrong.Optimism = 2
	_, err = policygrad.NewDesigner("ippo", p, "axis", wrong, seed.New(1))
	require.EqualError(t, err, "ippo: optimism 2 must be in [0, 1]")
}

// BenchmarkDesigns measures the table of the package comment. No function has sub-systems of its own: one is given some.
func BenchmarkDesigns(b *testing.B) {
	measure := func(f agenttest.Function, groups string, optimism float64) {
		b.Logf("%s, %q, optimism %v: %.4g", f.Name, groups, optimism, agenttest.Medians(b, f, designer(groups, optimism), 200, 1000))
	}
	measure(agenttest.TileAccel(), "array: rows, columns, dataflow; memory: sram, memory; tiles: tile_m, tile_n, tile_k", 0)
	for _, f := range agenttest.Functions()[:8] {
		measure(f, "axis", 0)
		measure(f, "single", 0)
		measure(f, "axis", 0.5)
	}
}
