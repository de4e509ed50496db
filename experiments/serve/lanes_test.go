package serve_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/serve"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators"
)

// TestStepsAreThoseOfAVector compares a served environment with env.NewVector.
func TestStepsAreThoseOfAVector(t *testing.T) {
	both(t, func(t *testing.T, hello *wire.Hello) {
		c, w := dial(t, serve.Options{Name: "toy", Horizon: 2, Groups: env.Subsystem, Workers: 2}, hello)
		in, err := newToy(defaults(t))
		require.NoError(t, err)
		o, err := objective.New(objective.Config{Minimise: []string{"latency_ns"}}, in.Simulator.Spec().Metrics)
		require.NoError(t, err)
		v, err := env.NewVector(in.Simulator, o, env.Options{Horizon: 2, Groups: env.Subsystem}, 3)
		require.NoError(t, err)

		require.Contains(t, c.refused(&wire.Step{Actions: levels([]uint32{0, 0, 0, 0})}), "call Reset first")
		first := c.ask(&wire.Reset{Lanes: 3, Seed: 5}).(*wire.Started)
		_, err = v.Reset(t.Context(), 5)
		require.NoError(t, err)
		require.Equal(t, flat(v), first.Observations.Data)
		require.Zero(t, first.Masks.Rows)
		for step := range uint32(5) {
			table := levels([]uint32{step % 4, 0, 1, 0}, []uint32{3, step % 4, 0, 0}, []uint32{1, 1, 1, 0})
			got := c.ask(&wire.Step{Actions: table, Results: step%2 == 0}).(*wire.Stepped)
			actions := make([][]env.Action, 3)
			for lane := range actions {
				p := table.Row(lane)
				actions[lane] = []env.Action{{int(p[0]), int(p[1])}, {int(p[2]), int(p[3])}}
			}
			outcomes, infos, err := v.Step(t.Context(), actions)
			require.NoError(t, err)
			require.Equal(t, flat(v), got.Observations.Data)
			if step%2 == 1 {
				require.Equal(t, []uint32{0, 1, 2}, got.Terminated)
				require.Empty(t, got.Truncated)
				require.Equal(t, 3, got.Final.Rows)
				require.Equal(t, outcomes[1][1].Obs.Values, got.Final.Row(1)[len(w.Agents[0].Observations):])
			} else {
				require.Empty(t, got.Terminated)
				require.Zero(t, got.Final.Rows)
				require.Equal(t, infos[2].Result.Values, got.Values.Row(2))
				require.Equal(t, infos[2].Score.Objectives, got.Objectives.Row(2))
				require.Equal(t, []uint32{1, 1, 1, 0}, got.Points.Row(2))
			}
			for lane := range outcomes {
				require.Equal(t, []float64{outcomes[lane][0].Reward, outcomes[lane][1].Reward}, got.Rewards.Row(lane))
			}
		}
		require.Contains(t, c.refused(&wire.Step{Actions: levels([]uint32{0, 0, 0, 0})}), "actions of 1 lanes with 4 levels each, for 3 lanes with 4 axes")
		require.Contains(t, c.refused(&wire.Step{Actions: levels([]uint32{9, 0, 0, 0}, []uint32{0, 0, 0, 0}, []uint32{0, 0, 0, 0})}), `lane 0: agent "array"`)
	})
}

func defaults(t *testing.T) simulators.Settings {
	t.Helper()
	s, err := simulators.NewSettings(toy().Settings, nil)
	require.NoError(t, err)
	return s
}

// flat is all observations one after the other.
func flat(v *env.Vector) []float64 {
	var all []float64
	for _, agents := range v.Observations() {
		for _, o := range agents {
			all = append(all, o.Values...)
		}
	}
	return all
}

func TestAnEnvironmentWithStateHasMasks(t *testing.T) {
	both(t, func(t *testing.T, hello *wire.Hello) {
		c, w := dial(t, serve.Options{Name: "games/corridor"}, hello)
		require.Equal(t, []string{"reset", "step"}, w.Serves)
		require.Nil(t, w.Objective)
		first := c.ask(&wire.Reset{Lanes: 2}).(*wire.Started)
		require.Equal(t, []uint32{0, 1, 0, 1}, first.Masks.Data, "left is a wall in both lanes")
		require.Contains(t, c.refused(&wire.Step{Actions: levels([]uint32{1}, []uint32{0})}), `lane 1: env: agent "walker": "left" is not legal`)
		var last *wire.Stepped
		for range 4 {
			last = c.ask(&wire.Step{Actions: levels([]uint32{1}, []uint32{1}), Results: true}).(*wire.Stepped)
		}
		require.Equal(t, []uint32{0, 1}, last.Terminated)
		require.Equal(t, []float64{4, 4}, last.Final.Data, "the goal")
		for _, cell := range last.Observations.Data {
			require.Less(t, cell, 4.0, "and the start of the next episode")
		}
		require.NotNil(t, last.Objectives.Row(0), "the episode's return")
		require.Equal(t, []float64{0}, last.Violations.Row(0))
	})
}

func TestTwoAgentsActAtOnce(t *testing.T) {
	c, w := dial(t, serve.Options{Name: "games/matrix"}, &wire.Hello{})
	require.Equal(t, "row", w.Agents[0].ID)
	require.Equal(t, 1, c.ask(&wire.Reset{}).(*wire.Started).Observations.Rows)
	got := c.ask(&wire.Step{Actions: levels([]uint32{0, 0})}).(*wire.Stepped)
	require.Equal(t, []float64{11, 11}, got.Rewards.Data, "the best cell of the climbing game")
}
