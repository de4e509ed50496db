package study_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators"
)

// walkRight is a policy for the corridor that always walks right and writes down what happens to it.
type walkRight struct {
	acts, learns int
	lanes        []int // of each Act
	ends         int   // episodes that it was told the end of
	actErr       error
	learnErr     error
}

func (p *walkRight) Act(lanes [][]env.Obs) ([][]env.Action, error) {
	p.acts++
	p.lanes = append(p.lanes, len(lanes))
	actions := make([][]env.Action, len(lanes))
	for i := range actions {
		actions[i] = []env.Action{{1}}
	}
	return actions, p.actErr
}

func (p *walkRight) Learn(lanes [][]env.Outcome) error {
	p.learns++
	for _, outcomes := range lanes {
		if outcomes[0].Done() {
			p.ends++
		}
	}
	return p.learnErr
}

// steps is a log that keeps everything, or fails at a trial.
type steps struct {
	points  []space.Point
	results []simulators.Result
	failAt  int // 0 = never
}

func (s *steps) Step(id int, p space.Point, r simulators.Result) error {
	if id != len(s.points) {
		return fmt.Errorf("step %d after %d", id, len(s.points))
	}
	if s.failAt > 0 && id == s.failAt {
		return errors.New("replay: another step was recorded")
	}
	s.points, s.results = append(s.points, p), append(s.results, r)
	return nil
}

func corridor(t testing.TB, lanes int) *env.Vector {
	t.Helper()
	v, err := env.Vectorize(games.Corridor(), lanes)
	require.NoError(t, err)
	return v
}

// walk is the task of the greatest return in the corridor.
func walk(t testing.TB, trials int) study.Task {
	t.Helper()
	o, err := objective.New(objective.Config{Maximise: []string{"episode_return"}}, study.StepSpec(corridor(t, 1).Spec()).Metrics)
	require.NoError(t, err)
	return study.Task{Objective: o, Trials: trials, Lag: 1, MaxFailed: 2}
}

func TestEveryStepOfEveryLaneIsATrial(t *testing.T) {
	for _, c := range []struct{ trials, lanes, acts int }{{12, 1, 12}, {12, 3, 4}, {10, 3, 4}, {2, 5, 1}} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			policy, log, calls := &walkRight{}, &steps{}, 0
			ending, err := study.RunPolicy(t.Context(), walk(t, c.trials), corridor(t, c.lanes), policy, 7, log, func() { calls++ })
			require.NoError(t, err)
			require.Equal(t, study.BudgetSpent, ending.Reason)
			require.Equal(t, c.trials, ending.Trials)
			require.Equal(t, c.trials, calls)
			require.Len(t, log.points, c.trials)
			require.Equal(t, c.acts, policy.acts)
			require.Equal(t, c.acts-1, policy.learns, "nothing is learned from the last step: no act follows")
			require.Equal(t, c.lanes, policy.lanes[0])
		})
	}
}

func TestStepsAreRecordedWithReturnAndEnd(t *testing.T) {
	require.Equal(t, []string{"reward", "step_reward", "episode_return", "episode_done"}, study.StepSpec(corridor(t, 1).Spec()).Keys())
	task, log := walk(t, 60), &steps{}
	_, err := study.RunPolicy(t.Context(), task, corridor(t, 2), &walkRight{}, 7, log, nil)
	require.NoError(t, err)
	returns, ends := [2]float64{}, 0
	for id, r := range log.results {
		require.Equal(t, space.Point{1}, log.points[id])
		lane := id % 2
		reward := -0.1 // a step, and 1 more at the goal
		if r.Values[3] == 1 {
			reward = 0.9
		}
		returns[lane] += reward
		require.InDeltaSlice(t, []float64{reward, reward, returns[lane]}, r.Values[:3], 1e-12)
		scored, score := task.StepScore(r)
		require.Equal(t, r, scored)
		if r.Values[3] == 0 {
			require.Nil(t, score.Objectives)
			continue
		}
		require.InDeltaSlice(t, []float64{returns[lane]}, score.Objectives, 1e-12)
		returns[lane], ends = 0, ends+1
	}
	require.GreaterOrEqual(t, ends, 14, "an episode is four steps at most")
}

func TestSameSeedGivesTheSameSteps(t *testing.T) {
	logs := make([]steps, 3)
	for i, seed := range []uint64{7, 7, 8} {
		_, err := study.RunPolicy(t.Context(), walk(t, 50), corridor(t, 3), &walkRight{}, seed, &logs[i], nil)
		require.NoError(t, err)
	}
	require.Equal(t, logs[0], logs[1])
	require.NotEqual(t, logs[0], logs[2], "another seed begins elsewhere")
}

func TestStudiesOfPoliciesEndWithErrors(t *testing.T) {
	oops := errors.New("net diverged")
	for _, c := range []struct {
		name   string
		policy *walkRight
		log    *steps
		want   string
	}{
		{"act", &walkRight{actErr: oops}, &steps{}, "agent: act: net diverged"},
		{"learn", &walkRight{learnErr: oops}, &steps{}, "agent: learn: net diverged"},
		{"replay differs", &walkRight{}, &steps{failAt: 5}, "replay: another step was recorded"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ending, err := study.RunPolicy(t.Context(), walk(t, 20), corridor(t, 2), c.policy, 7, c.log, nil)
			require.EqualError(t, err, c.want)
			require.Less(t, ending.Trials, 20)
		})
	}
}

func TestInterruptedPolicy(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	ending, err := study.RunPolicy(ctx, walk(t, 20), corridor(t, 3), &walkRight{}, 7, &steps{}, func() {
		if calls++; calls == 7 {
			cancel()
		}
	})
	require.NoError(t, err)
	require.Equal(t, study.Interrupted, ending.Reason)
	require.Equal(t, 9, ending.Trials, "the step of all lanes is recorded to its end")
}

// flaw is a corridor whose steps go wrong: a result that is not finite, an error, a panic.
type flaw struct {
	env.Env
	kind string
}

func (f flaw) Step(ctx context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	outcomes, info, err := f.Env.Step(ctx, actions)
	switch f.kind {
	case "nan":
		info.Result = simulators.OK(math.NaN())
	case "failed":
		info.Result = simulators.Failed("the step broke")
	case "error":
		err = errors.New("the corridor is closed")
	case "panic":
		panic("the floor opens")
	}
	return outcomes, info, err
}

func TestFlawedEnvironments(t *testing.T) {
	for _, c := range []struct {
		kind, err, first string
	}{
		{"nan", "", `trial 0: metric "reward" is NaN`},
		{"failed", "", "trial 0: the step broke"},
		{"error", "environment: step of trial 0: lane 0: the corridor is closed", ""},
		{"panic", "environment: step of trial 0: panic: the floor opens", ""},
	} {
		t.Run(c.kind, func(t *testing.T) {
			vector, err := env.Vectorize(func() (env.Env, error) {
				e, err := games.Corridor()()
				return flaw{e, c.kind}, err
			}, 2)
			require.NoError(t, err)
			log := &steps{}
			ending, err := study.RunPolicy(t.Context(), walk(t, 20), vector, &walkRight{}, 7, log, nil)
			if c.err != "" {
				require.EqualError(t, err, c.err)
				require.Empty(t, log.points)
				return
			}
			require.NoError(t, err)
			require.Equal(t, study.TooManyFailed, ending.Reason)
			require.Equal(t, []int{3, 3}, []int{ending.Trials, ending.Failed}, "max_failed is 2: the third ends it, in the middle of a step")
			require.Equal(t, c.first, ending.FirstFailure)
			require.Len(t, log.points, 3)
		})
	}
}
