package study_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators"
)

// run is RunAgent without what differs from run to run.
func run(ctx context.Context, task study.Task, sim simulators.Simulator, agent agents.Agent) (study.Ending, error) {
	ending, err := study.RunAgent(ctx, task, sim, agent, nil)
	ending.AskTime, ending.TellTime = 0, 0
	return ending, err
}

func TestTrialIsAskedWhenLagOnesAreInFlight(t *testing.T) {
	for _, lag := range []int{1, 2, 5} {
		synctest.Test(t, func(t *testing.T) {
			sim, agent := newLine(t), &script{}
			sim.delay = func(x int) time.Duration { return time.Duration((x*7)%11) * time.Millisecond } // ends out of order
			ending, err := run(t.Context(), task(t, 40, lag), sim, agent)
			require.NoError(t, err)
			require.Equal(t, study.Ending{Reason: study.BudgetSpent, Trials: 40}, ending)
			for id, told := range agent.askedFor {
				require.Equal(t, max(0, id-lag+1), told, "trial %d with lag %d", id, lag)
			}
			for id, trial := range agent.told {
				require.Equal(t, id, trial.ID, "told in ID order")
				require.Equal(t, space.Point{id}, trial.Point)
				require.Equal(t, []float64{-float64(id)}, trial.Objectives)
			}
		})
	}
}

func TestTrialsInFlightRunAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sim := newLine(t)
		sim.delay = func(int) time.Duration { return time.Second }
		start := time.Now()
		_, err := run(t.Context(), task(t, 20, 5), sim, &script{})
		require.NoError(t, err)
		require.Equal(t, 4*time.Second, time.Since(start))
	})
}

func TestAgentMayProposeFewerThanAsked(t *testing.T) {
	agent := &script{perAsk: 2}
	_, err := run(t.Context(), task(t, 7, 5), newLine(t), agent)
	require.NoError(t, err)
	require.Equal(t, []string{
		"ask 5", "ask 3", "ask 1", "tell 0", "ask 1", "tell 1", "ask 1", "tell 2", "tell 3", "tell 4", "tell 5", "tell 6",
	}, agent.log, "what is missing is asked for at once; the last asks are trimmed to the budget")
}

func TestBudgetTrimsTheLastAsk(t *testing.T) {
	agent := &script{}
	ending, err := run(t.Context(), task(t, 3, 8), newLine(t), agent)
	require.NoError(t, err)
	require.Equal(t, study.Ending{Reason: study.BudgetSpent, Trials: 3}, ending)
	require.Equal(t, []string{"ask 3", "tell 0", "tell 1", "tell 2"}, agent.log)
}

func TestStartDesignsAreToldBeforeTheFirstAsk(t *testing.T) {
	for _, c := range []struct {
		name   string
		lag    int
		trials int
		want   []string
	}{
		{"one by one", 1, 5, []string{"tell 0", "tell 1", "tell 2", "ask 1", "tell 3", "ask 1", "tell 4"}},
		{"in flight", 2, 5, []string{"tell 0", "tell 1", "tell 2", "ask 2", "tell 3", "tell 4"}},
		{"all at once", 9, 5, []string{"tell 0", "tell 1", "tell 2", "ask 2", "tell 3", "tell 4"}},
		{"nothing else", 2, 3, []string{"tell 0", "tell 1", "tell 2"}},
		{"more than the budget", 2, 2, []string{"tell 0", "tell 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			agent, task := &script{}, task(t, c.trials, c.lag)
			task.Starts = []space.Point{{50}, {60}, {70}}
			ending, err := run(t.Context(), task, newLine(t), agent)
			require.NoError(t, err)
			require.Equal(t, study.Ending{Reason: study.BudgetSpent, Trials: c.trials}, ending, "start designs cost a trial each")
			require.Equal(t, c.want, agent.log)
			for _, trial := range agent.told {
				require.Equal(t, trial.ID < 3, trial.Given)
			}
			require.Equal(t, space.Point{50}, agent.told[0].Point)
		})
	}
}

// What is known from earlier studies is told at once, scored by this study's objective, with IDs below 0, and costs nothing.
func TestKnownEvaluationsAreToldBeforeEverythingElse(t *testing.T) {
	agent, task, sim := &script{}, task(t, 2, 1), newLine(t)
	task.Starts = []space.Point{{50}}
	task.Warm = []study.Known{
		{Point: space.Point{7}, Result: simulators.OK(3)}, {Point: space.Point{8}, Result: simulators.Infeasible("does not fit", 2)},
	}
	ending, err := run(t.Context(), task, sim, agent)
	require.NoError(t, err)
	require.Equal(t, study.Ending{Reason: study.BudgetSpent, Trials: 2}, ending)
	require.Equal(t, []string{"tell -2", "tell -1", "tell 0", "ask 1", "tell 1"}, agent.log)
	require.Equal(t, agents.Trial{ID: -2, Point: space.Point{7}, Objectives: []float64{-3}, Violations: []float64{0}, Given: true}, agent.told[0])
	require.Equal(t, agents.Trial{ID: -1, Point: space.Point{8}, Violations: []float64{2}, Infeasible: "does not fit", Given: true}, agent.told[1])
	require.Len(t, sim.seen, 2, "nothing known is evaluated")

	agent = &script{tellErr: errors.New("no memory")}
	_, err = run(t.Context(), task, newLine(t), agent)
	require.EqualError(t, err, "agent: tell 2 warm-start trials: no memory")
}

func TestFinishedAgentEndsTheStudy(t *testing.T) {
	agent := &script{most: 3}
	ending, err := run(t.Context(), task(t, 10, 2), newLine(t), agent)
	require.NoError(t, err)
	require.Equal(t, study.Ending{Reason: study.AgentFinished, Trials: 3}, ending)
	require.Equal(t, []string{"ask 2", "tell 0", "ask 1", "tell 1", "ask 1", "tell 2"}, agent.log, "it is not asked again after it proposed nothing")
}

func TestBadProposalsAreErrors(t *testing.T) {
	oops := errors.New("out of ideas")
	for _, c := range []struct {
		name   string
		points []space.Point
		err    error
		want   string
	}{
		{"too many", []space.Point{{1}, {2}, {3}}, nil, "agent: asked for at most 2 designs, it proposed 3"},
		{"level out of range", []space.Point{{1}, {100}}, nil, `agent: trial 1: space: level 100 of "x" out of range [0, 100): x ∈ [0, 99] (100 levels)`},
		{"too long", []space.Point{{1, 2}}, nil, "agent: trial 0: space: a point of 2 levels in a space of 1 axes"},
		{"its own error", nil, oops, "agent: ask for trial 0: out of ideas"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sim := newLine(t)
			_, err := run(t.Context(), task(t, 10, 2), sim, &script{propose: func(int) ([]space.Point, error) { return c.points, c.err }})
			require.EqualError(t, err, c.want)
			require.Empty(t, sim.seen, "nothing is evaluated")
		})
	}
	_, err := run(t.Context(), task(t, 10, 1), newLine(t), &script{tellErr: oops})
	require.EqualError(t, err, "agent: tell trial 0: out of ideas")
	require.ErrorIs(t, err, oops)
}

func TestFailedEvaluationsAreToldAsInfeasible(t *testing.T) {
	sim, agent := newLine(t), &script{}
	sim.answer = func(_ context.Context, x int) (simulators.Result, error) {
		switch x {
		case 1:
			return simulators.Failed("timeout after 1s: design [x:1]"), nil
		case 2:
			return simulators.Infeasible("does not fit", 0.5), nil
		case 3:
			return simulators.Failed("panic: three"), nil
		}
		return simulators.OK(float64(x)), nil
	}
	ending, err := run(t.Context(), task(t, 6, 1), sim, agent)
	require.NoError(t, err)
	require.Equal(t, study.Ending{
		Reason: study.BudgetSpent, Trials: 6, Failed: 2, TimedOut: 1, FirstFailure: "trial 1: timeout after 1s: design [x:1]",
	}, ending)
	require.Equal(t, agents.Trial{ID: 1, Point: space.Point{1}, Violations: []float64{0}, Infeasible: "failed: timeout after 1s: design [x:1]"}, agent.told[1])
	require.Equal(t, agents.Trial{ID: 2, Point: space.Point{2}, Violations: []float64{0.5}, Infeasible: "does not fit"}, agent.told[2])
}

func TestObjectiveThatIsNotFiniteFailsTheTrial(t *testing.T) {
	agent, task := &script{}, task(t, 3, 1)
	task.Objective = least(t, "1 / (latency_ns - 1)")
	ending, err := run(t.Context(), task, newLine(t), agent)
	require.NoError(t, err)
	require.Equal(t, 1, ending.Failed)
	require.Contains(t, ending.FirstFailure, `trial 1: objective: term "1 / (latency_ns - 1)" is +Inf`)
	require.Nil(t, agent.told[1].Objectives)
	require.Equal(t, []float64{-1}, agent.told[2].Objectives)

	result, score := task.Score(simulators.OK(math.NaN()))
	require.NotEmpty(t, result.Failed)
	require.Nil(t, score.Objectives)
}

func TestTooManyFailuresEndTheStudyWithEverythingTold(t *testing.T) {
	for _, lag := range []int{1, 4} {
		sim, agent := newLine(t), &script{}
		sim.answer = func(_ context.Context, x int) (simulators.Result, error) { return simulators.Failed("no"), nil }
		ending, err := run(t.Context(), task(t, 40, lag), sim, agent)
		require.NoError(t, err)
		require.Equal(t, study.TooManyFailed, ending.Reason)
		require.Equal(t, 3+lag, ending.Trials, "the fourth failure ends it; those in flight are told")
		require.Len(t, sim.seen, 3+lag, "and nothing else is evaluated")
	}
	task := task(t, 40, 1)
	task.MaxFailed = 0
	sim := newLine(t)
	sim.answer = func(context.Context, int) (simulators.Result, error) { return simulators.Failed("no"), nil }
	ending, err := run(t.Context(), task, sim, &script{})
	require.NoError(t, err)
	require.Equal(t, study.Ending{Reason: study.TooManyFailed, Trials: 1, Failed: 1, FirstFailure: "trial 0: no"}, ending)
}

func TestBrokenSimulatorEndsTheStudyAndWhatIsInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sim := newLine(t)
		sim.delay = func(x int) time.Duration { return time.Duration(x) * time.Hour }
		sim.answer = func(_ context.Context, x int) (simulators.Result, error) {
			if x == 1 {
				return simulators.Result{}, errors.New("licence server gone")
			}
			return simulators.OK(1), nil
		}
		start := time.Now()
		_, err := run(t.Context(), task(t, 40, 4), sim, &script{})
		require.EqualError(t, err, "trial 1: licence server gone")
		require.Equal(t, time.Hour, time.Since(start), "evaluations in flight are given up")
		// synctest.Test fails if a goroutine is left
	})
}

func TestInterruptionIsAnEnding(t *testing.T) {
	for _, lag := range []int{1, 4} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
			defer cancel()
			sim, agent := newLine(t), &script{}
			sim.delay = func(int) time.Duration { return time.Second }
			ending, err := run(ctx, task(t, 40, lag), sim, agent)
			require.NoError(t, err)
			require.Equal(t, study.Ending{Reason: study.Interrupted, Trials: 2 * lag}, ending)
			require.Len(t, agent.told, 2*lag)
		})
	}
}

func TestEndedContextBeginsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	sim, agent := newLine(t), &script{}
	ending, err := run(ctx, task(t, 5, 1), sim, agent)
	require.NoError(t, err)
	require.Equal(t, study.Ending{Reason: study.Interrupted}, ending)
	require.Empty(t, agent.log)
}

func TestProgressFollowsEachToldTrial(t *testing.T) {
	agent, calls := &script{}, 0
	_, err := study.RunAgent(t.Context(), task(t, 6, 3), newLine(t), agent, func() {
		calls++
		require.Len(t, agent.told, calls)
	})
	require.NoError(t, err)
	require.Equal(t, 6, calls)
}

// BenchmarkRunAgent is what the loop adds to 1000 trials of a simulator and an agent that do nothing.
func BenchmarkRunAgent(b *testing.B) {
	for _, lag := range []int{1, 4} {
		b.Run(fmt.Sprintf("lag %d", lag), func(b *testing.B) {
			sim, task := still{newLine(b)}, study.Task{Objective: least(b, "latency_ns"), Trials: 1000, Lag: lag}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := study.RunAgent(context.Background(), task, sim, lazy{}, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// still is a simulator that answers at once; lazy is an agent that proposes the same design for ever.
type still struct{ *line }

func (s still) Evaluate(context.Context, []space.Point) ([]simulators.Result, error) {
	return []simulators.Result{simulators.OK(1)}, nil
}

type lazy struct{}

func (lazy) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		points[i] = space.Point{0}
	}
	return points, nil
}

func (lazy) Tell([]agents.Trial) error { return nil }
