package env_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func TestSpecOf(t *testing.T) {
	require.Equal(t, "toy", env.SpecOf(newEnv(t, toy(t), env.Options{})).Name, "an environment's own Spec comes first")
	walker, err := games.Corridor()()
	require.NoError(t, err)
	require.Equal(t, []string{"walk"}, env.SpecOf(walker).Space.Names())
	require.Equal(t, []string{"reward"}, env.SpecOf(walker).Keys())
	players, err := games.Matrix(games.Climbing())()
	require.NoError(t, err)
	require.Equal(t, []string{"row.choice", "column.choice"}, env.SpecOf(players).Space.Names())
	require.Equal(t, []string{"reward_row", "reward_column"}, env.SpecOf(players).Keys())
}

// central is an environment with a state of its own.
type central struct{ env.Env }

func (central) StateChannels() []env.Channel {
	return []env.Channel{{Name: "power", Unit: "mW", High: 9}}
}
func (central) State() []float64 { return []float64{4} }

func TestStateOf(t *testing.T) {
	e := newEnv(t, toy(t), env.Options{Groups: env.Subsystem})
	now := []env.Obs{{Values: []float64{1, 2, 3, 4}}, {Values: []float64{5, 6, 7, 8}}}
	require.Equal(t, []float64{1, 2, 3, 4, 5, 6, 7, 8}, env.StateOf(e, now))
	var names []string
	for _, c := range env.StateChannels(e) {
		names = append(names, c.Name)
	}
	require.Equal(t, []string{"memory.latency_ns", "memory.area_mm2", "memory.design.feasible", "memory.design.violation",
		"rest.latency_ns", "rest.area_mm2", "rest.design.feasible", "rest.design.violation"}, names)
	require.Equal(t, []float64{4}, env.StateOf(central{e}, now))
	require.Equal(t, "power", env.StateChannels(central{e})[0].Name)
}

func TestClose(t *testing.T) {
	e, closed := newEnv(t, toy(t), env.Options{}), 0
	require.NoError(t, env.Close(e), "an environment that cannot be closed")
	require.ErrorIs(t, env.Close(closable{e, &closed, errLicence}), errLicence)
	require.Equal(t, 1, closed)
}

func TestTallySumsTheMeanReward(t *testing.T) {
	var tally env.Tally
	actions := []env.Action{{1}, {2, 3}}
	info := tally.Info(actions, []env.Outcome{{Reward: 1}, {Reward: 2}})
	require.Equal(t, env.Info{Point: space.Point{1, 2, 3}, Result: simulators.OK(1, 2)}, info)
	for range 2 { // the second episode starts from 0
		info = tally.Info(actions, []env.Outcome{{Reward: 4, Truncated: true}, {Reward: 5, Truncated: true}})
		want := objective.Score{Objectives: []float64{6}, Violations: []float64{0}} // (1+2)/2 + (4+5)/2
		require.Equal(t, want, info.Score)
		tally.Info(actions, []env.Outcome{{Reward: 1}, {Reward: 2}})
	}
}

func TestEvaluateCountsResults(t *testing.T) {
	_, err := env.Evaluate(context.Background(), short{toy(t)}, fast(t), []space.Point{{0, 0, 0}})
	require.EqualError(t, err, "env: toy: 0 results for 1 points")
}

// short loses its results.
type short struct{ simulators.Simulator }

func (short) Evaluate(context.Context, []space.Point) ([]simulators.Result, error) { return nil, nil }
