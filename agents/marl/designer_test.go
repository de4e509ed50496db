package marl_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/marl"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// designer makes designers of some groups with the default options but for the optimism.
func designer(groups string, optimism float64) agenttest.New {
	return func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		o := policygrad.DesignPPO()
		o.Optimism = optimism
		return marl.NewDesigner("ippo", p, groups, o, rng)
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

func chip(t testing.TB) space.Space {
	s, err := space.New(
		space.Param{Name: "rows", Group: "array", Kind: space.Ordinal, Values: []float64{4, 8}},
		space.Param{Name: "sram", Unit: "KiB", Group: "memory", Kind: space.Ordinal, Values: []float64{16, 32}},
		space.Param{Name: "columns", Group: "array", Kind: space.Ordinal, Values: []float64{4, 8}},
	)
	require.NoError(t, err)
	return s
}

func TestGroups(t *testing.T) {
	groups, err := marl.ParseGroups(" pe: rows, columns; store : sram")
	require.NoError(t, err)
	require.Equal(t, []marl.Group{{Name: "pe", Axes: []string{"rows", "columns"}}, {Name: "store", Axes: []string{"sram"}}}, groups)
	s, err := marl.Regroup(chip(t), groups)
	require.NoError(t, err)
	for axis, want := range []string{"pe", "store", "pe"} {
		require.Equal(t, want, s.Param(axis).Group)
		require.Equal(t, chip(t).Param(axis).Values, s.Param(axis).Values)
	}
}

func TestWrongGroups(t *testing.T) {
	for _, c := range []struct{ groups, want string }{
		{"pe: rows, colums; store: sram", "unknown axis \"colums\""},
		{"pe: rows, columns; store: sram, rows", `axis "rows" is in the groups "pe" and "store": must be in one`},
		{"pe: rows, rows, columns, sram", `axis "rows" is in the groups "pe" and "pe": must be in one`},
		{"pe: rows, columns", `axis "sram" is in no group: must be in one`},
		{"pe: rows, columns; sram", `"sram" is no group: must be "group: axis, axis"`},
		{"pe: rows, columns; pe: sram", `group "pe": names must be unique and not empty`},
		{": rows, columns, sram", `group "": names must be unique and not empty`},
		{"axes", `unknown grouping "axes"`},
	} {
		_, err := marl.NewDesigner("ippo", agents.Problem{Space: chip(t), Objectives: 1}, c.groups, policygrad.DesignPPO(), seed.New(1))
		require.ErrorContains(t, err, c.want)
		require.ErrorContains(t, err, "ippo: groups: ")
	}
	wrong := policygrad.DesignPPO()
	wrong.Optimism = 2
	_, err := marl.NewDesigner("ippo", agents.Problem{Space: chip(t), Objectives: 1}, "axis", wrong, seed.New(1))
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
