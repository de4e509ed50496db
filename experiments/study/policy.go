package study

import (
	"context"
	"fmt"
	"time"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Log takes the steps of an environment in order: it compares a step with the one recorded before or, past the record's end, writes it.
type Log interface {
	Step(id int, p space.Point, r simulators.Result) error
}

// The metrics that StepSpec adds to an environment's own.
const (
	rewardMetric = "step_reward" // "reward" is what SpecOf calls an environment's own
	returnMetric = "episode_return"
	doneMetric   = "episode_done"
)

// StepSpec is what a step of an environment is recorded as: the environment's own specification with three more metrics. Objectives may
// use all of them; the usual one is to maximise episode_return.
func StepSpec(own simulators.Spec) simulators.Spec {
	spec := own
	spec.Metrics = append(own.Metrics[:len(own.Metrics):len(own.Metrics)],
		simulators.Metric{Name: rewardMetric, Doc: "mean over the agents of the step's reward"},
		simulators.Metric{Name: returnMetric, Doc: "sum of reward since the episode began"},
		simulators.Metric{Name: doneMetric, Doc: "1 when the episode ended with this step, else 0"},
	)
	return spec
}

// StepScore is the score of a recorded step: that of the whole episode when it ended with this step, else none.
func (t Task) StepScore(r simulators.Result) (simulators.Result, objective.Score) {
	if r.Values != nil && r.Values[len(r.Values)-1] == 0 {
		return r, objective.Score{}
	}
	return t.Score(r)
}

// ShareState lets a policy's central critics see the own state of the environments that it is to learn in, where both have such. It comes before
// RunPolicy, and before what the policy learned earlier is loaded.
func ShareState(policy agents.Policy, vector *env.Vector) error {
	central, ok := policy.(agents.CentralPolicy)
	channels := vector.StateChannels()
	if !ok || !central.Central() || channels == nil {
		return nil
	}
	return central.UseState(channels, vector.State)
}

// RunPolicy learns with a policy in the lanes of an environment until the task is done or ctx ends. Every step of every lane is a trial;
// the last step may give fewer trials to the budget than there are lanes, and then the policy is not told of it.
func RunPolicy(ctx context.Context, task Task, vector *env.Vector, policy agents.Policy, seed uint64, log Log, progress func()) (Ending, error) {
	l := learner{
		task: task, vector: vector, spec: StepSpec(vector.Spec()), policy: policy, log: log, progress: progress, returns: make([]float64, vector.Lanes()),
	}
	err := l.run(ctx, seed)
	return interruption(ctx, l.ending, err)
}

// learner is the state of one study of a policy.
type learner struct {
	task     Task
	vector   *env.Vector
	spec     simulators.Spec // of a recorded step
	policy   agents.Policy
	log      Log
	progress func()
	returns  []float64 // of each lane's running episode
	ending   Ending
}

func (l *learner) run(ctx context.Context, seed uint64) error {
	seen, err := l.vector.Reset(ctx, seed)
	if err != nil {
		return fmt.Errorf("environment: reset: %w", err)
	}
	for l.ending.Reason == "" {
		if err := ctx.Err(); err != nil {
			return err
		}
		start := time.Now()
		actions, err := l.policy.Act(seen)
		l.ending.AskTime += time.Since(start)
		if err != nil {
			return fmt.Errorf("agent: act: %w", err)
		}
		start = time.Now()
		outcomes, infos, err := l.advance(ctx, actions)
		l.ending.StepTime += time.Since(start)
		if err != nil {
			return fmt.Errorf("environment: step of trial %d: %w", l.ending.Trials, err)
		}
		if err := l.record(outcomes, infos); err != nil {
			return err
		}
		if l.ending.Reason != "" {
			return nil
		}
		start = time.Now()
		err = l.policy.Learn(outcomes)
		l.ending.TellTime += time.Since(start)
		if err != nil {
			return fmt.Errorf("agent: learn: %w", err)
		}
		seen = l.vector.Observations()
	}
	return nil
}

// advance takes a step in every lane. A panic of an environment is its error: the state it leaves is nobody's to use.
func (l *learner) advance(ctx context.Context, actions [][]env.Action) (outcomes [][]env.Outcome, infos []env.Info, err error) {
	defer func() {
		if value := recover(); value != nil {
			err = fmt.Errorf("panic: %v", value)
		}
	}()
	return l.vector.Step(ctx, actions)
}

// record counts and logs one trial a lane, up to the budget.
func (l *learner) record(outcomes [][]env.Outcome, infos []env.Info) error {
	for lane, info := range infos {
		if l.ending.Reason != "" {
			return nil
		}
		r := l.step(lane, outcomes[lane], info.Result)
		if err := l.log.Step(l.ending.Trials, info.Point, r); err != nil {
			return err
		}
		scored, score := l.task.StepScore(r)
		l.task.count(&l.ending, l.ending.Trials, scored, score)
		if l.ending.Reason == "" && l.ending.Trials == l.task.Trials {
			l.ending.Reason = BudgetSpent
		}
		if l.progress != nil {
			l.progress()
		}
	}
	return nil
}

// step is the result to record: the environment's own with reward, return and done; one that breaks the contract has failed.
func (l *learner) step(lane int, outcomes []env.Outcome, own simulators.Result) simulators.Result {
	reward, done := 0.0, 0.0
	for _, o := range outcomes {
		reward += o.Reward
		if o.Done() {
			done = 1
		}
	}
	reward /= float64(len(outcomes))
	l.returns[lane] += reward
	total := l.returns[lane]
	if done == 1 {
		l.returns[lane] = 0
	}
	if own.Values != nil {
		own = simulators.OK(append(own.Values[:len(own.Values):len(own.Values)], reward, total, done)...)
	}
	if err := l.spec.CheckResult(own); err != nil {
		return simulators.Failed(err.Error())
	}
	return own
}
