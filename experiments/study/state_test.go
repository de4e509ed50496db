package study_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/marl"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators"
)

// clock is an environment of two blind agents whose central state is its episode, from 1, and the step in it.
type clock struct {
	own                    space.Space
	steps, episode, second int
}

// clocks makes clocks of episodes of so many steps; 1 is a design environment.
func clocks(t testing.TB, steps, lanes int) *env.Vector {
	s, err := space.New(space.Param{Name: "hand", Kind: space.Nominal, Labels: []string{"long", "short"}})
	require.NoError(t, err)
	v, err := env.Vectorize(func() (env.Env, error) { return &clock{own: s, steps: steps}, nil }, lanes)
	require.NoError(t, err)
	return v
}

func (c *clock) Agents() []env.AgentSpec {
	return []env.AgentSpec{{ID: "left", Actions: c.own}, {ID: "right", Actions: c.own}}
}

func (c *clock) StateChannels() []env.Channel {
	return []env.Channel{{Name: "episode", Low: 1, High: 100}, {Name: "step", Low: 0, High: 10}}
}

func (c *clock) State() []float64 { return []float64{float64(c.episode), float64(c.second)} }

func (c *clock) Reset(context.Context, uint64) ([]env.Obs, error) {
	c.episode, c.second = c.episode+1, 0
	return make([]env.Obs, 2), nil
}

func (c *clock) Step(_ context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	c.second++
	o := env.Outcome{Reward: float64(actions[0][0] + actions[1][0]), Terminated: c.second == c.steps}
	info := env.Info{Point: space.Point{actions[0][0], actions[1][0]}, Result: simulators.OK(o.Reward, o.Reward)}
	return []env.Outcome{o, o}, info, nil
}

// watcher is a policy that writes down the states that it sees.
type watcher struct {
	central bool
	read    func(lane int) []float64
	acts    [][]float64 // of lane 1
	learns  [][]float64
}

func (w *watcher) Central() bool { return w.central }

func (w *watcher) UseState(channels []env.Channel, read func(lane int) []float64) error {
	w.read = read
	return nil
}

func (w *watcher) Act(lanes [][]env.Obs) ([][]env.Action, error) {
	if w.read != nil {
		w.acts = append(w.acts, w.read(1))
	}
	actions := make([][]env.Action, len(lanes))
	for i := range actions {
		actions[i] = []env.Action{{0}, {1}}
	}
	return actions, nil
}

func (w *watcher) Learn(lanes [][]env.Outcome) error {
	if w.read != nil && !lanes[1][0].Done() {
		w.learns = append(w.learns, w.read(1))
	}
	return nil
}

// follow runs a policy on a vector for so many trials.
func follow(t *testing.T, v *env.Vector, policy agents.Policy, trials int) {
	t.Helper()
	require.NoError(t, study.ShareState(policy, v))
	o, err := objective.New(objective.Config{Maximise: []string{"episode_return"}}, study.StepSpec(v.Spec()).Metrics)
	require.NoError(t, err)
	_, err = study.RunPolicy(t.Context(), study.Task{Objective: o, Trials: trials, Lag: 1}, v, policy, 1, &steps{}, nil)
	require.NoError(t, err)
}

func TestCentralCriticsSeeTheState(t *testing.T) {
	oneStep, threeSteps := &watcher{central: true}, &watcher{central: true}
	follow(t, clocks(t, 1, 2), oneStep, 8)
	require.Equal(t, [][]float64{{1, 0}, {2, 0}, {3, 0}, {4, 0}}, oneStep.acts)
	require.Empty(t, oneStep.learns)
	follow(t, clocks(t, 3, 2), threeSteps, 10)
	require.Equal(t, [][]float64{{1, 0}, {1, 1}, {1, 2}, {2, 0}, {2, 1}}, threeSteps.acts)
	require.Equal(t, [][]float64{{1, 1}, {1, 2}, {2, 1}}, threeSteps.learns)
}

func TestStateIsForCentralCriticsAndEnvironmentsThatHaveOne(t *testing.T) {
	apart, blind := &watcher{}, &watcher{central: true}
	require.NoError(t, study.ShareState(apart, clocks(t, 1, 2)))
	require.NoError(t, study.ShareState(blind, corridor(t, 2)))
	require.NoError(t, study.ShareState(&walkRight{}, clocks(t, 1, 2)))
	require.Nil(t, apart.read)
	require.Nil(t, blind.read)
}

func TestMAPPOLearnsFromTheState(t *testing.T) {
	for _, steps := range []int{1, 3} {
		for name, central := range map[string]bool{"mappo": true, "ippo": false} {
			o := marl.IPPO()
			if central {
				o = marl.MAPPO()
			}
			o.Batch, o.Minibatches, o.Hidden = 8, 1, []int{4}
			v := clocks(t, steps, 2)
			policy, err := marl.NewPolicy(name, v.Agents(), o, seed.New(1))
			require.NoError(t, err)
			follow(t, v, policy, 40)
			var file bytes.Buffer
			require.NoError(t, policy.SavePolicy(&file))
			require.Equal(t, central, bytes.Contains(file.Bytes(), []byte("central state observer")), name)
		}
	}
}
