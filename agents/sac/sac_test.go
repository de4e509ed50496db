package sac_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/sac"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/seed"
)

// designer makes designers of some groups.
func designer(name, groups string, o sac.DesignOptions) agenttest.New {
	return func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		return sac.NewDesigner(name, p, groups, o, rng)
	}
}

// Small nets and batches: the contract does not depend on their size. That work is steady takes 20,000 trials a learner.
func TestConformance(t *testing.T) {
	d := sac.DesignDefaults()
	d.Batch, d.Steps, d.Replay = 2, 1, 30
	agenttest.TestNew(t, designer("sac", "single", d), "steady-work")
	o := sac.Defaults()
	o.Hidden, o.Batch, o.Warmup, o.Every = []int{2}, 2, 20, 20
	agenttest.TestPolicy(t, func(specs []env.AgentSpec, rng *rand.Rand) (agents.Policy, error) {
		return sac.NewPolicy("isac", specs, o, rng)
	}, "steady-work")
}

// The median of random search after 200 trials is about -6.7.
func TestDesignersBeatRandomSearch(t *testing.T) {
	o := sac.DesignDefaults()
	o.Batch, o.Steps = 16, 1 // a tenth of the work
	agenttest.RequireMedian(t, agenttest.TileAccel(), designer("sac", "single", o), 200, -6.9)
}

func TestTrainedPoliciesAreSavedLoadedAndFrozen(t *testing.T) {
	trained, _ := train(t, games.Corridor(), quick(sac.Defaults()), 1, 4000)
	var first, second bytes.Buffer
	require.NoError(t, trained.SavePolicy(&first))
	v, err := env.Vectorize(games.Corridor(), 4)
	require.NoError(t, err)
	loaded, err := sac.NewPolicy("sac", v.Agents(), quick(sac.Defaults()), seed.New(99))
	require.NoError(t, err)
	require.NoError(t, loaded.LoadPolicy(bytes.NewReader(first.Bytes())))
	loaded.Freeze()
	require.InDelta(t, 0.75, agenttest.Play(t, v, loaded, 7, 2000), 0.05)
	require.NoError(t, loaded.SavePolicy(&second))
	require.Equal(t, first.Bytes(), second.Bytes(), "a frozen policy does not learn")
}

func TestWrongOptions(t *testing.T) {
	o := sac.Defaults()
	o.Entropy, o.Temperature = 2, 0
	_, err := sac.NewPolicy("isac", nil, o, seed.New(1))
	require.ErrorContains(t, err, "isac: entropy 2 must be in [0, 1]")
	require.ErrorContains(t, err, "isac: temperature 0 must be in [1e-06, 1000]")
	d := sac.DesignDefaults()
	d.Sharpness = -1
	p := agenttest.TileAccel().Problem(0)
	_, err = sac.NewDesigner("sac", p, "single", d, seed.New(1))
	require.EqualError(t, err, "sac: sharpness -1 must be in [0, 100]")
	_, err = sac.NewDesigner("isac", p, "axes", sac.DesignDefaults(), seed.New(1))
	require.ErrorContains(t, err, `isac: groups: unknown grouping "axes"`)
}

// The kinds differ in who owns the axes: the same designs when one owns all.
func TestFactoryDefaultsAreThoseOfTheOptions(t *testing.T) {
	p := agenttest.TileAccel().Problem(0)
	asked := func(a agents.Agent, err error) any {
		require.NoError(t, err)
		points, err := a.Ask(3)
		require.NoError(t, err)
		return points
	}
	want := asked(sac.NewDesigner("sac", p, "single", sac.DesignDefaults(), seed.New(1)))
	for i, given := range []map[string]any{nil, {"groups": "single"}} {
		f := sac.Factories()[i]
		settings := agenttest.Settings(t, f, given)
		require.Equal(t, want, asked(f.New(p, settings, seed.New(1))))
		v, err := env.Vectorize(games.Corridor(), 1)
		require.NoError(t, err)
		policy, err := f.NewPolicy(v.Agents(), settings, seed.New(1))
		require.NoError(t, err)
		byOptions, err := sac.NewPolicy(f.Name, v.Agents(), sac.Defaults(), seed.New(1))
		require.NoError(t, err)
		var first, second bytes.Buffer
		require.NoError(t, agents.PersistentOf(policy).SavePolicy(&first))
		require.NoError(t, byOptions.SavePolicy(&second))
		require.Equal(t, second.Bytes(), first.Bytes())
	}
}
