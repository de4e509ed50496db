package env_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
)

func TestSplitSharesTheAxes(t *testing.T) {
	whole := toy(t).Spec().Space
	for _, tc := range []struct {
		grouping env.Grouping
		ids      []string
		axes     [][]string
	}{
		{"", []string{"designer"}, [][]string{{"cached", "rows", "kib"}}},
		{env.Single, []string{"designer"}, [][]string{{"cached", "rows", "kib"}}},
		{env.Subsystem, []string{"memory", "rest"}, [][]string{{"cached", "kib"}, {"rows"}}},
		{env.PerAxis, []string{"cached", "rows", "kib"}, [][]string{{"cached"}, {"rows"}, {"kib"}}},
	} {
		t.Run(string(tc.grouping), func(t *testing.T) {
			split, err := env.NewSplit(whole, tc.grouping)
			require.NoError(t, err)
			specs := split.Specs([]env.Channel{{Name: "x"}})
			require.Len(t, specs, len(tc.ids))
			for i, spec := range specs {
				require.Equal(t, tc.ids[i], spec.ID)
				require.Equal(t, tc.axes[i], spec.Actions.Names())
				require.Equal(t, []env.Channel{{Name: "x"}}, spec.Obs)
			}
		})
	}
}

func TestSplitDropsConditionsOnOtherAgents(t *testing.T) {
	whole := toy(t).Spec().Space
	perAxis, err := env.NewSplit(whole, env.PerAxis)
	require.NoError(t, err)
	require.False(t, perAxis.Specs(nil)[2].Actions.Conditional(), "kib depends on an axis of another agent")
	require.Equal(t, space.Point{0, 2, 0}, perAxis.Join([]env.Action{{0}, {2}, {1}}), "kib is inactive without a cache")
	require.Equal(t, space.Point{1, 2, 1}, perAxis.Join([]env.Action{{1}, {2}, {1}}))
	bySystem, err := env.NewSplit(whole, env.Subsystem)
	require.NoError(t, err)
	require.True(t, bySystem.Specs(nil)[0].Actions.Conditional(), "kib depends on an axis of its own agent")
	require.Equal(t, []env.Action{{1, 2}, {0}}, bySystem.Cut(space.Point{1, 0, 2}))
}

func TestSplitErrors(t *testing.T) {
	_, err := env.NewSplit(toy(t).Spec().Space, "subsytem")
	require.EqualError(t, err, `unknown grouping "subsytem", did you mean "subsystem"? (known: single, subsystem, axis)`)
	_, err = env.NewSplit(space.Space{}, env.PerAxis)
	require.EqualError(t, err, `grouping "axis": the space has no axis, hence no agent`)
}

// anySpace draws a space of up to six axes in up to three groups, with conditions on earlier axes.
func anySpace(t *rapid.T) space.Space {
	n := rapid.IntRange(1, 6).Draw(t, "axes")
	var params []space.Param
	for i := range n {
		name := string(rune('a' + i))
		p := space.Param{Name: name, Kind: space.Nominal, Labels: []string{"x", "y", "z"}, Group: rapid.SampledFrom([]string{"", "g", "h"}).Draw(t, "group")}
		for j := range i {
			if rapid.IntRange(0, 2).Draw(t, "conditional") == 0 {
				p.When = append(p.When, space.Cond{Param: string(rune('a' + j)), In: []string{"y"}})
			}
		}
		params = append(params, p)
	}
	s, err := space.New(params...)
	require.NoError(t, err)
	return s
}

func TestJoinIsTheInverseOfCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := anySpace(t)
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		for _, name := range env.Groupings() {
			split, err := env.NewSplit(whole, env.Grouping(name))
			require.NoError(t, err)
			p := whole.Sample(rng)
			cut := split.Cut(p)
			require.Equal(t, p, split.Join(cut))
			var actions []env.Action
			for i, spec := range split.Specs(nil) {
				require.NoError(t, spec.Actions.Check(cut[i]), "a share is a canonical action")
				actions = append(actions, env.SampleAction(spec, env.Obs{}, rng))
			}
			require.NoError(t, whole.Check(split.Join(actions)), "any actions make a canonical design")
		}
	})
}

func TestSampleActionIsUniformOverLegalLevels(t *testing.T) {
	s, err := space.New(space.Param{Name: "a", Kind: space.Nominal, Labels: []string{"p", "q", "r", "s"}})
	require.NoError(t, err)
	rng := rand.New(rand.NewPCG(1, 2))
	counts := make([]int, 4)
	for range 3000 {
		counts[env.SampleAction(env.AgentSpec{Actions: s}, env.Obs{Mask: [][]bool{{true, false, true, true}}}, rng)[0]]++
	}
	require.Zero(t, counts[1])
	for _, level := range []int{0, 2, 3} {
		require.InDelta(t, 1000, counts[level], 100)
	}
}

func TestCheckActionsNamesEveryMistake(t *testing.T) {
	split, err := env.NewSplit(toy(t).Spec().Space, env.Subsystem)
	require.NoError(t, err)
	agents := split.Specs(nil)
	now := []env.Obs{{}, {Mask: [][]bool{{true, false, true}}}}
	require.NoError(t, env.CheckActions(agents, now, []env.Action{{1, 2}, {2}}))
	uncached := []env.Obs{{Mask: [][]bool{{true, true}, {false, true, true}}}, {}}
	require.NoError(t, env.CheckActions(agents, uncached, []env.Action{{0, 0}, {0}}), "the mask of an inactive axis means nothing")
	require.Error(t, env.CheckActions(agents, uncached, []env.Action{{1, 0}, {0}}))
	require.EqualError(t, env.CheckActions(agents, now, []env.Action{{1, 2}}), "env: 1 actions for 2 agents")
	require.EqualError(t, env.CheckActions(agents, now, []env.Action{{0, 2}, {1}}),
		"env: agent \"memory\": space: level 2 of \"kib\" must be 0: the axis is inactive in this point\n"+
			"env: agent \"rest\": \"4\" is not legal for \"rows\" now: legal are 2, 8")
}
