package env_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/envtest"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func TestDesignEnvironmentsConform(t *testing.T) {
	for _, options := range []env.Options{{}, {Horizon: 3, Groups: env.Subsystem}, {Horizon: 2, Groups: env.PerAxis}} {
		t.Run(string(options.Groups), func(t *testing.T) {
			sim, o := toy(t), fast(t)
			envtest.Test(t, func() (env.Env, error) { return env.New(sim, o, options) })
		})
	}
}

func TestDesignStep(t *testing.T) {
	ctx := context.Background()
	e := newEnv(t, toy(t), env.Options{Horizon: 3, Groups: env.Subsystem})
	obs, err := e.Reset(ctx, 1)
	require.NoError(t, err)
	require.Equal(t, []env.Obs{{Values: []float64{0, 0, 0, 0}}, {Values: []float64{0, 0, 0, 0}}}, obs)
	for _, tc := range []struct {
		name       string
		actions    []env.Action // memory: cached, kib; rest: rows
		point      space.Point
		obs        []float64 // latency_ns, area_mm2, feasible, violation
		reward     float64
		terminated bool
	}{
		{"feasible: 1000/4 - 2 ns, 4 + 2 mm2", []env.Action{{1, 1}, {1}}, space.Point{1, 1, 1}, []float64{248, 6, 1, 0}, 0.5 * (1 - 6.206579949/7.206579949), false}, // asinh(248)
		{"too large by a fifth: 8 + 4 mm2 is infeasible in itself", []env.Action{{1, 2}, {2}}, space.Point{1, 2, 2}, []float64{0, 0, 0, 1.5}, -1 - 0.5/1.5, false},
		{"at the bound: 8 + 2 mm2", []env.Action{{1, 1}, {2}}, space.Point{1, 2, 1}, []float64{123, 10, 1, 0}, 0.5 * (1 - 5.505348068/6.505348068), true}, // asinh(123)
	} {
		outcomes, info, err := e.Step(ctx, tc.actions)
		require.NoError(t, err, tc.name)
		require.Equal(t, tc.point, info.Point, tc.name)
		for _, o := range outcomes {
			require.Equal(t, tc.obs, o.Obs.Values, tc.name)
			require.InDelta(t, tc.reward, o.Reward, 1e-9, tc.name)
			require.Equal(t, tc.terminated, o.Terminated, tc.name)
			require.False(t, o.Truncated)
		}
	}
	_, _, err = e.Step(ctx, []env.Action{{0, 0}, {0}})
	require.ErrorIs(t, err, env.ErrNoEpisode)
}

func TestDesignOfABrokenSimulator(t *testing.T) {
	ctx := context.Background()
	sim := &counting{Simulator: toy(t)}
	e := newEnv(t, sim, env.Options{})
	_, err := e.Reset(ctx, 1)
	require.NoError(t, err)
	sim.broken = errLicence
	_, _, err = e.Step(ctx, []env.Action{{0, 0, 0}})
	require.EqualError(t, err, "env: toy: licence expired")
	sim.broken = nil
	_, info, err := e.Step(ctx, []env.Action{{0, 0, 0}})
	require.NoError(t, err, "the error changed nothing: the episode still runs")
	require.Equal(t, []float64{500, 2}, info.Result.Values)
}

func TestScoreThatIsNotFiniteIsAFailedDesign(t *testing.T) {
	ctx := context.Background()
	o, err := objective.New(objective.Config{Minimise: []string{"1 / (latency_ns - 500)"}}, toy(t).Spec().Metrics)
	require.NoError(t, err)
	e, err := env.New(toy(t), o, env.Options{})
	require.NoError(t, err)
	_, err = e.Reset(ctx, 1)
	require.NoError(t, err)
	outcomes, info, err := e.Step(ctx, []env.Action{{0, 0, 0}}) // 1000/2 - 0 = 500 ns: 1/0
	require.NoError(t, err)
	require.Equal(t, simulators.Failed(`objective: term "1 / (latency_ns - 500)" is +Inf for this result: it must be finite`), info.Result)
	require.Equal(t, -2.0, outcomes[0].Reward)
	require.Equal(t, []float64{0, 0, 0, 0}, outcomes[0].Obs.Values)
}

func TestNewErrors(t *testing.T) {
	_, err := env.New(toy(t), fast(t), env.Options{Horizon: -1})
	require.EqualError(t, err, "env: toy: horizon -1: must be at least 1, or 0 for the default of 1")
	_, err = env.New(toy(t), fast(t), env.Options{Groups: "agents"})
	require.EqualError(t, err, `env: toy: unknown grouping "agents" (known: single, subsystem, axis)`)
}
