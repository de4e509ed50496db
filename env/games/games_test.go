package games_test

import (
	"context"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/envtest"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

type config struct {
	rows  int
	mode  string
	depth int
}

// toy has an infeasible corner and an axis, depth, that is inactive in mode "flat"; latency = 100/rows + depth.
func toy(t testing.TB) simulators.Simulator {
	t.Helper()
	s, err := simulators.Model[config]{
		Name: "toy", Version: "1", Doc: "A toy.", Metrics: []simulators.Metric{{Name: "latency", Unit: "ns"}},
		Fields: []simulators.Field[config]{
			simulators.Choice("mode", "", []string{"flat", "deep"}, func(c *config) *string { return &c.mode }),
			simulators.Int("rows", "PE", "", []int{1, 2, 4}, func(c *config) *int { return &c.rows }),
			simulators.Int("depth", "", "", []int{1, 2, 3}, func(c *config) *int { return &c.depth }).When("mode", "deep"),
		},
		Eval: func(_ context.Context, c config) simulators.Result {
			if c.rows == 4 && c.depth == 3 {
				return simulators.Infeasible("too large", 1)
			}
			return simulators.OK(100/float64(c.rows) + float64(c.depth))
		},
	}.Build()
	require.NoError(t, err)
	return s
}

func fastest(t testing.TB) objective.Objective {
	t.Helper()
	o, err := objective.New(objective.Config{Minimise: []string{"latency_ns"}}, toy(t).Spec().Metrics)
	require.NoError(t, err)
	return o
}

func TestGamesConform(t *testing.T) {
	for name, m := range map[string]env.Maker{
		"climbing": games.Matrix(games.Climbing()),
		"wide":     games.Matrix([][]float64{{1, 2, 3}}),
		"corridor": games.Corridor(),
		"two-step": games.TwoStep(false),
		"blind":    games.TwoStep(true),
		"moves":    games.Moves(toy(t), fastest(t), 12),
	} {
		t.Run(name, func(t *testing.T) { envtest.Test(t, m) })
	}
}

func TestFactoriesConform(t *testing.T) {
	for _, f := range games.Factories() {
		t.Run(f.Name, func(t *testing.T) {
			settings, err := simulators.NewSettings(f.Settings, nil)
			require.NoError(t, err)
			m, err := f.New(settings)
			require.NoError(t, err)
			envtest.Test(t, m)
		})
	}
}

func TestTwoStepPays(t *testing.T) {
	for _, c := range []struct {
		game, first, second int
		want                float64
	}{{0, 0, 0, 7}, {0, 1, 0, 7}, {1, 0, 0, 0}, {1, 1, 0, 1}, {1, 0, 1, 1}, {1, 1, 1, 8}} {
		for _, other := range []int{0, 1} { // what the second agent does in the first step does not matter
			e, err := games.TwoStep(true)()
			require.NoError(t, err)
			_, err = e.Reset(t.Context(), 1)
			require.NoError(t, err)
			outcomes, _, err := e.Step(t.Context(), []env.Action{{c.game}, {other}})
			require.NoError(t, err)
			require.False(t, outcomes[0].Done())
			require.Equal(t, []float64{0}, outcomes[0].Obs.Values)
			state := []float64{0, 1, 0}
			if c.game == 1 {
				state = []float64{0, 0, 1}
			}
			require.Equal(t, state, env.StateOf(e, nil))
			outcomes, info, err := e.Step(t.Context(), []env.Action{{c.first}, {c.second}})
			require.NoError(t, err)
			require.True(t, outcomes[1].Terminated)
			require.InDelta(t, c.want, outcomes[1].Reward, 0)
			require.InDelta(t, c.want, info.Score.Objectives[0], 0)
		}
	}
}

// play takes the given single-agent actions and returns their rewards and the last step.
func play(t *testing.T, e env.Env, actions ...int) ([]float64, env.Outcome, env.Info) {
	t.Helper()
	var rewards []float64
	var outcomes []env.Outcome
	var info env.Info
	for _, a := range actions {
		var err error
		outcomes, info, err = e.Step(context.Background(), []env.Action{{a}})
		require.NoError(t, err)
		rewards = append(rewards, outcomes[0].Reward)
	}
	return rewards, outcomes[0], info
}

func start(t *testing.T, m env.Maker, seed uint64) (env.Env, env.Obs) {
	t.Helper()
	e, err := m()
	require.NoError(t, err)
	obs, err := e.Reset(context.Background(), seed)
	require.NoError(t, err)
	return e, obs[0]
}

func TestMatrixPaysBothTheCell(t *testing.T) {
	settings, err := simulators.NewSettings(games.Factories()[0].Settings, map[string]any{"game": "penalty", "penalty": -25})
	require.NoError(t, err)
	penalty, err := games.Factories()[0].New(settings)
	require.NoError(t, err)
	for _, tc := range []struct {
		name        string
		make        env.Maker
		row, column int
		want        float64
	}{
		{"climbing optimum", games.Matrix(games.Climbing()), 0, 0, 11},
		{"climbing miss", games.Matrix(games.Climbing()), 0, 1, -30},
		{"climbing shadowed", games.Matrix(games.Climbing()), 2, 1, 6},
		{"penalty optimum", penalty, 2, 0, 10},
		{"penalty miss", penalty, 2, 2, -25},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e, _ := start(t, tc.make, 1)
			outcomes, info, err := e.Step(context.Background(), []env.Action{{tc.row}, {tc.column}})
			require.NoError(t, err)
			want := env.Outcome{Reward: tc.want, Terminated: true}
			require.Equal(t, []env.Outcome{want, want}, outcomes)
			require.Equal(t, []float64{tc.want}, info.Score.Objectives)
		})
	}
}

func TestMatrixErrors(t *testing.T) {
	_, err := games.Matrix(nil)()
	require.EqualError(t, err, "games: matrix: the payoffs are empty: there must be at least one row and one column")
	_, err = games.Matrix([][]float64{{1, 2}, {3}})()
	require.EqualError(t, err, "games: matrix: row 1 has 1 payoffs: must have 2 as row 0")
}

// from is a seed whose corridor starts in the given cell.
func from(t *testing.T, cell float64) uint64 {
	for seed := range uint64(100) {
		if _, obs := start(t, games.Corridor(), seed); obs.Values[0] == cell {
			return seed
		}
	}
	t.Fatalf("no seed below 100 starts in cell %v", cell)
	return 0
}

func TestCorridor(t *testing.T) {
	e, obs := start(t, games.Corridor(), from(t, 0))
	require.Equal(t, env.Obs{Values: []float64{0}, Mask: [][]bool{{false, true}}}, obs)
	_, _, err := e.Step(context.Background(), []env.Action{{0}})
	require.EqualError(t, err, `env: agent "walker": "left" is not legal for "walk" now: legal are right`)
	rewards, last, info := play(t, e, 1, 1, 1, 1)
	require.InDeltaSlice(t, []float64{-0.1, -0.1, -0.1, 0.9}, rewards, 1e-12)
	require.True(t, last.Terminated)
	require.Equal(t, env.Obs{Values: []float64{4}, Mask: [][]bool{{true, false}}}, last.Obs)
	require.InDelta(t, 0.6, info.Score.Objectives[0], 1e-12) // 1 - 4 * 0.1

	e, _ = start(t, games.Corridor(), from(t, 2))
	var there []int
	for range 10 {
		there = append(there, 0, 1)
	}
	_, last, info = play(t, e, there...)
	require.True(t, last.Truncated, "20 steps without the goal")
	require.InDelta(t, -2, info.Score.Objectives[0], 1e-12)
}

func TestMovesChangeTheDesign(t *testing.T) {
	m := games.Moves(toy(t), fastest(t), 4)
	var e env.Env
	var obs env.Obs
	for seed := uint64(0); obs.Values == nil || obs.Values[0] != 1 || obs.Values[2] != 0; seed++ {
		e, obs = start(t, m, seed) // until mode is flat and rows is 1
	}
	agent := e.Agents()[0]
	require.Equal(t, []string{"stay", "mode down", "mode up", "rows down", "rows up", "depth down", "depth up"}, agent.Actions.Param(0).Labels)
	require.Equal(t, [][]bool{{true, false, true, false, true, false, false}}, obs.Mask, "depth is inactive")
	o := fastest(t)
	reward := func(latency float64) float64 {
		return o.Reward(objective.Score{Objectives: []float64{-latency}, Violations: []float64{0}})
	}
	require.InDelta(t, reward(100), obs.Values[len(obs.Values)-1], 1e-12) // 100/1 + 0
	rewards, last, info := play(t, e, 0, 2, 6, 4)                         // stay; mode deep (depth 1); depth 2; rows 2
	require.InDeltaSlice(t, []float64{0, reward(101) - reward(100), reward(102) - reward(101), reward(52) - reward(102)}, rewards, 1e-12)
	require.Equal(t, space.Point{1, 1, 1}, info.Point)
	require.Equal(t, simulators.OK(52), info.Result)
	require.True(t, last.Truncated)
	require.False(t, last.Terminated)
}

func TestMovesMakeTheDesignCanonical(t *testing.T) {
	sim := toy(t)
	e, obs := start(t, games.Moves(sim, fastest(t), 1000), 5)
	rng := rand.New(rand.NewPCG(1, 1))
	infeasible, before := 0, obs.Values[len(obs.Values)-1]
	for range 500 {
		rewards, last, info := play(t, e, env.SampleAction(e.Agents()[0], obs, rng)[0])
		require.NoError(t, sim.Spec().Space.Check(info.Point))
		obs = last.Obs
		after := obs.Values[len(obs.Values)-1]
		require.InDelta(t, after-before, rewards[0], 1e-12)
		before = after
		if info.Result.Infeasible != "" {
			infeasible++
			require.Equal(t, -1.5, after)
		}
	}
	require.NotZero(t, infeasible, "the walk must cross the infeasible corner")
}

func TestMovesErrors(t *testing.T) {
	for _, horizon := range []int{0, -3} {
		_, err := games.Moves(toy(t), fastest(t), horizon)()
		require.EqualError(t, err, "games: moves: horizon "+strconv.Itoa(horizon)+": must be at least 1")
	}
}
