package env_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

func openLoop(t testing.TB, m env.Maker, horizon int) simulators.Simulator {
	t.Helper()
	sim, err := env.AsSimulator(m, horizon, 3)
	require.NoError(t, err)
	return sim
}

func TestAsSimulatorConforms(t *testing.T) {
	sim, o := toy(t), fast(t)
	for name, s := range map[string]simulators.Simulator{
		"corridor": openLoop(t, games.Corridor(), 6),
		"matrix":   openLoop(t, games.Matrix(games.Climbing()), 2),
		"moves":    openLoop(t, games.Moves(sim, o, 3), 3),
		"design":   openLoop(t, func() (env.Env, error) { return env.New(sim, o, env.Options{Horizon: 2, Groups: env.Subsystem}) }, 2),
	} {
		t.Run(name, func(t *testing.T) { simtest.Test(t, simulators.Instance{Simulator: s}) })
	}
}

func TestAsSimulatorOfTheCorridor(t *testing.T) {
	s := openLoop(t, games.Corridor(), 6)
	require.Equal(t, []string{"t0.walk", "t1.walk", "t2.walk", "t3.walk", "t4.walk", "t5.walk"}, s.Spec().Space.Names())
	require.Equal(t, []string{"return", "steps"}, s.Spec().Keys())
	require.Equal(t, 2, firstCell(t))
	right := space.Point{1, 1, 1, 1, 1, 1}
	intoTheWall := space.Point{0, 0, 0, 0, 1, 1}
	there := space.Point{0, 1, 0, 1, 0, 1}
	got, err := s.Evaluate(context.Background(), []space.Point{right, intoTheWall, there})
	require.NoError(t, err)
	require.InDeltaSlice(t, []float64{0.8, 2}, got[0].Values, 1e-12)  // 1 - 2 * 0.1; the last four actions mean nothing
	require.InDeltaSlice(t, []float64{-0.6, 6}, got[2].Values, 1e-12) // 6 * -0.1, still running
	// 2 -> 1 -> 0, then left is illegal: 4 of 6 steps are missing
	require.Equal(t, simulators.Infeasible(`step 2: env: agent "walker": "left" is not legal for "walk" now: legal are right`, 4.0/6), got[1])
}

// firstCell is where the corridor of seed 3 starts.
func firstCell(t *testing.T) int {
	e, err := games.Corridor()()
	require.NoError(t, err)
	obs, err := e.Reset(context.Background(), 3)
	require.NoError(t, err)
	return int(obs[0].Values[0])
}

func TestAsSimulatorOfSeveralAgents(t *testing.T) {
	s := openLoop(t, games.Matrix(games.Climbing()), 1)
	require.Equal(t, []string{"t0.row.choice", "t0.column.choice"}, s.Spec().Space.Names())
	got, err := s.Evaluate(context.Background(), []space.Point{{0, 0}, {0, 1}, {2, 1}})
	require.NoError(t, err)
	require.Equal(t, []simulators.Result{simulators.OK(11, 1), simulators.OK(-30, 1), simulators.OK(6, 1)}, got)
}

func TestAsSimulatorReportsTheMetricsOfASpeccer(t *testing.T) {
	sim, o := toy(t), fast(t)
	s := openLoop(t, func() (env.Env, error) { return env.New(sim, o, env.Options{Horizon: 2, Groups: env.Subsystem}) }, 2)
	require.Equal(t, "toy/open-loop", s.Spec().Name)
	require.Equal(t, []string{"return", "steps", "latency_ns", "area_mm2"}, s.Spec().Keys())
	require.Equal(t, []string{"t0.memory.cached", "t0.memory.kib", "t0.rest.rows", "t1.memory.cached", "t1.memory.kib", "t1.rest.rows"}, s.Spec().Space.Names())
	require.True(t, s.Spec().Space.Conditional(), "t0.memory.kib depends on t0.memory.cached")
	got, err := s.Evaluate(context.Background(), []space.Point{{1, 2, 2, 0, 0, 0}, {0, 0, 0, 1, 2, 2}})
	require.NoError(t, err)
	require.InDeltaSlice(t, []float64{-1.333333333 + 0.063229060, 2, 500, 2}, got[0].Values, 1e-9) // 0.5 / (1 + asinh(500)), asinh(500) = 6.907756279
	require.Equal(t, simulators.Infeasible("8 rows do not fit beside 4 KiB", 0.5), got[1])
}

func TestAsSimulatorErrors(t *testing.T) {
	_, err := env.AsSimulator(games.Corridor(), 0, 1)
	require.EqualError(t, err, "env: horizon 0: must be at least 1")
	_, err = env.AsSimulator(func() (env.Env, error) { return nil, errLicence }, 1, 1)
	require.EqualError(t, err, "env: licence expired")
	sim := &counting{Simulator: toy(t), broken: errLicence}
	s := openLoop(t, func() (env.Env, error) { return env.New(sim, fast(t), env.Options{}) }, 1)
	_, err = s.Evaluate(context.Background(), []space.Point{{0, 0, 0}})
	require.ErrorIs(t, err, errLicence)
}
