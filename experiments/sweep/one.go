package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// ending is how a study went, as kept beside its journal. Reason is empty or Interrupted for an unfinished one.
type ending struct {
	Reason       study.Reason `json:"reason"`
	Trials       int          `json:"trials"`
	Failed       int          `json:"failed"`
	TimedOut     int          `json:"timed_out"`
	FirstFailure string       `json:"first_failure,omitempty"`
	AskS         float64      `json:"ask_s"`
	TellS        float64      `json:"tell_s"`
	EvaluateS    float64      `json:"evaluate_s"`
	WallS        float64      `json:"wall_s"`
	Evaluations  int          `json:"evaluations"`
	Replayed     int          `json:"replayed"`
	Attempts     int          `json:"attempts"`
}

func (e ending) done() bool { return e.Reason != "" && e.Reason != study.Interrupted }

// readEnding is the ending of a study that finished in an earlier attempt; false when it did not.
func readEnding(path string) (ending, bool, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return ending{}, false, nil
	}
	var e ending
	if err == nil {
		err = json.Unmarshal(text, &e)
	}
	if err != nil {
		return ending{}, false, fmt.Errorf("%s: %w", path, err)
	}
	return e, e.done(), nil
}

// study runs one study, or takes up what an earlier attempt left of it.
func (r *runner) study(ctx context.Context, s Study) (ending, error) {
	before, done, err := readEnding(endingPath(r.dir.path, s.Index))
	if err != nil {
		return ending{}, err
	}
	if done {
		before.Replayed = before.Trials
		r.told(before.Trials)
		return before, nil
	}
	t, err := openTape(journalPath(r.dir.path, s.Index), r.plan.journalIdentity(s))
	if err != nil {
		return ending{}, err
	}
	if t.dropped > 0 {
		r.note("journal of study %d: a torn record of %d bytes was cut off behind %d whole ones", s.Index, t.dropped, t.kept)
	}
	r.track(s.Index, t)
	start := time.Now()
	e, err := r.play(ctx, s, t)
	e.WallS, e.Replayed, e.Attempts = before.WallS+time.Since(start).Seconds(), min(t.kept, e.Trials), before.Attempts+1
	e.AskS, e.TellS = e.AskS+before.AskS, e.TellS+before.TellS
	e.EvaluateS, e.Evaluations = e.EvaluateS+before.EvaluateS, e.Evaluations+before.Evaluations
	if err == nil && e.done() {
		err = t.finish()
	}
	r.track(s.Index, nil)
	if err := errors.Join(err, t.close()); err != nil {
		return ending{}, err
	}
	return e, writeJSON(endingPath(r.dir.path, s.Index), e)
}

// track keeps the tapes that are being written, for the sync; nil ends it.
func (r *runner) track(i int, t *tape) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t == nil {
		delete(r.open, i)
		return
	}
	r.open[i] = t
}

func (r *runner) toldOne() { r.told(1) }

func (r *runner) told(n int) {
	if r.o.Told != nil {
		r.o.Told.Add(int64(n))
	}
}

// play runs a study's agent or policy over its tape.
func (r *runner) play(ctx context.Context, s Study, t *tape) (ending, error) {
	if s.Mode == Steps {
		return r.playSteps(ctx, s, t)
	}
	if s.Agent.program != nil {
		return r.playOutside(ctx, s, t)
	}
	agent, err := r.plan.agent(s)
	if err != nil {
		return ending{}, err
	}
	if err := r.plan.load(agent); err != nil {
		return ending{}, err
	}
	return r.search(ctx, s, t, agent)
}

// search runs a study of designs over its tape.
func (r *runner) search(ctx context.Context, s Study, t *tape, agent agents.Agent) (ending, error) {
	task := s.Scenario.task(s.Mode, r.plan.File)
	sim, counter := wrap.Stack(s.Scenario.instance, wrap.Options{
		Tape: t, Recorder: t, Limit: task.Trials, Store: r.stores[s.Scenario], Pool: r.pool, Timeout: r.plan.timeout(),
	})
	e, err := study.RunAgent(ctx, task, sim, agent, r.toldOne)
	ended := newEnding(e, counter.Time(), counter.Evaluations())
	if err == nil && ended.done() {
		err = r.savePolicy(s, agent, e.Trials)
	}
	return ended, err
}

func (r *runner) playSteps(ctx context.Context, s Study, t *tape) (_ ending, err error) {
	vector, err := env.Vectorize(s.Scenario.maker, r.plan.File.Lanes)
	if err != nil {
		return ending{}, err
	}
	defer func() { err = errors.Join(err, vector.Close()) }()
	policy, err := r.plan.policy(s, vector.Agents())
	if err != nil {
		return ending{}, err
	}
	if err := errors.Join(study.ShareState(policy, vector), r.plan.load(policy)); err != nil {
		return ending{}, err
	}
	e, err := study.RunPolicy(ctx, s.Scenario.task(s.Mode, r.plan.File), vector, policy, seed.Derive(s.Seed, "env"), t, r.toldOne)
	ended := newEnding(e, e.StepTime, e.Trials)
	if err == nil && ended.done() {
		err = r.savePolicy(s, policy, e.Trials)
	}
	return ended, err
}

func (p *Plan) timeout() time.Duration { return time.Duration(p.File.TimeoutS * float64(time.Second)) }

func newEnding(e study.Ending, evaluate time.Duration, evaluations int) ending {
	return ending{
		Reason: e.Reason, Trials: e.Trials, Failed: e.Failed, TimedOut: e.TimedOut, FirstFailure: e.FirstFailure,
		AskS: e.AskTime.Seconds(), TellS: e.TellTime.Seconds(), EvaluateS: evaluate.Seconds(), Evaluations: evaluations,
	}
}
