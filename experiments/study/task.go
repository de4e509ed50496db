package study

import (
	"fmt"
	"slices"
	"time"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// Task is what a study has to do.
type Task struct {
	Objective objective.Objective
	Warm      []Known       // of earlier studies, told before everything else; they cost nothing
	Starts    []space.Point // known designs, told first; each costs one trial
	Trials    int           // the budget, >= 1
	Lag       int           // trials in flight, >= 1
	MaxFailed int           // the study ends when more evaluations than this have failed
	// StopOnSpec ends the study when a design meets every constraint.
	StopOnSpec bool
}

// Known is an evaluation of an earlier study.
type Known struct {
	Point  space.Point
	Result simulators.Result
	Task   int // see agents.Trial
}

// Reason says why a study ended.
type Reason string

// The ends of a study. All but Interrupted and TimeSpent are the same in every run of the same file.
const (
	BudgetSpent   Reason = "budget spent"
	AgentFinished Reason = "agent finished"
	TooManyFailed Reason = "too many failed"
	SpecReached   Reason = "spec reached" // where the task asks for it
	LeftBehind    Reason = "left behind"  // other settings were better at a rung
	TimeSpent     Reason = "time spent"   // a time limit of the file: not the same in every run
	Interrupted   Reason = "interrupted"
)

// Ending is how a study went. Times are wall-clock.
type Ending struct {
	Reason       Reason
	Trials       int // told
	Failed       int
	TimedOut     int           // of the failed ones: ended by the time limit, which is outside the reproducibility promise
	FirstFailure string        // the first failed trial and its reason
	AskTime      time.Duration // spent in Ask or Act
	TellTime     time.Duration // spent in Tell or Learn
	StepTime     time.Duration // spent in the steps of an environment
}

// Score is what the agent is told of a result, with the result as it is to be recorded: one whose score is not finite has failed.
func (t Task) Score(r simulators.Result) (simulators.Result, objective.Score) {
	score, err := t.Objective.Score(r)
	if err == nil {
		return r, score
	}
	r = simulators.Failed(err.Error())
	score, _ = t.Objective.Score(r) // a failed result has a score by contract
	return r, score
}

// Reward is what a learner receives for a trial.
func (t Task) Reward(trial agents.Trial) float64 {
	return t.Objective.Reward(objective.Score{Objectives: trial.Objectives, Violations: trial.Violations})
}

// warm is the known evaluations as the agent hears of them: given, with the IDs -n … -1.
func (t Task) warm() []agents.Trial {
	trials := make([]agents.Trial, len(t.Warm))
	for i, known := range t.Warm {
		result, score := t.Score(known.Result)
		trials[i] = told(i-len(t.Warm), true, known.Point, result, score)
		trials[i].Task = known.Task
	}
	return trials
}

// count keeps the ending up to date with one told result.
func (t Task) count(e *Ending, id int, r simulators.Result, s objective.Score) {
	e.Trials++
	if t.StopOnSpec && s.Objectives != nil && !slices.ContainsFunc(s.Violations, func(v float64) bool { return v > 0 }) && e.Reason == "" {
		e.Reason = SpecReached
	}
	if r.Failed == "" {
		return
	}
	e.Failed++
	if wrap.TimedOut(r) {
		e.TimedOut++
	}
	if e.FirstFailure == "" {
		e.FirstFailure = fmt.Sprintf("trial %d: %s", id, r.Failed)
	}
	if e.Failed > t.MaxFailed {
		e.Reason = TooManyFailed
	}
}

// Trial is a trial of the study as its agent hears of it.
func (t Task) Trial(id int, p space.Point, r simulators.Result) agents.Trial {
	r, score := t.Score(r)
	return told(id, id < len(t.Starts), p, r, score)
}

// told is the trial as the agent hears of it.
func told(id int, given bool, p space.Point, r simulators.Result, s objective.Score) agents.Trial {
	reason := r.Infeasible
	if r.Failed != "" {
		reason = "failed: " + r.Failed
	}
	return agents.Trial{ID: id, Point: p, Objectives: s.Objectives, Violations: s.Violations, Infeasible: reason, Given: given}
}
