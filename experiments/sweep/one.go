package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/codesign-gym/codesign/experiments/study"
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
	Worker       string       `json:"worker,omitempty"` // that brought it to its end, of a fleet
}

func (e ending) done() bool {
	return e.Reason != "" && e.Reason != study.Interrupted && e.Reason != waiting
}

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

// Finished tells whether a study of a results folder, by index, has come to its end.
func Finished(dir string, study int) bool {
	_, done, err := readEnding(endingPath(dir, study))
	return err == nil && done
}

// study runs one study, or takes up what an earlier attempt left of it.
func (r *runner) study(ctx context.Context, s Study) (ending, error) {
	before, done, err := readEnding(endingPath(r.dir.path, s.Index))
	if err != nil {
		return ending{}, err
	}
	if done {
		before.Replayed = before.Trials
		r.told(before.Trials - r.seen[s.Index])
		return before, nil
	}
	if r.entrusts() {
		return r.entrust(ctx, s, r.plan.File.Budget, before)
	}
	t, err := r.openTape(s)
	if err != nil {
		return ending{}, err
	}
	start := time.Now()
	played, err := r.player.Play(ctx, s.Index, t, r.counting(s.Index))
	played.WallS = time.Since(start).Seconds()
	return r.settle(s, before, t, played, err)
}

// openTape opens the study's journal.
func (r *runner) openTape(s Study) (*tape, error) {
	t, err := openTape(journalPath(r.dir.path, s.Index), r.plan.journalIdentity(s))
	if err != nil {
		return nil, err
	}
	if t.dropped > 0 {
		r.note("journal of study %d: a torn record of %d bytes was cut off behind %d whole ones", s.Index, t.dropped, t.kept)
	}
	r.track(s.Index, t)
	return t, nil
}

// settle closes the journal of a study that was played, and keeps how it went beside it.
func (r *runner) settle(s Study, before ending, t *tape, played Played, err error) (ending, error) {
	e := played.ending
	e.WallS, e.Replayed, e.Attempts = e.WallS+before.WallS, min(t.kept, e.Trials), before.Attempts+1
	e.AskS, e.TellS = e.AskS+before.AskS, e.TellS+before.TellS
	e.EvaluateS, e.Evaluations = e.EvaluateS+before.EvaluateS, e.Evaluations+before.Evaluations
	if !e.done() { // ended before it had replayed what earlier attempts did: they count all the same
		e.Trials = max(e.Trials, t.kept)
	}
	if err == nil && e.done() {
		err = errors.Join(r.keepPolicy(s, played.Policy), t.finish())
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

func (r *runner) told(n int) {
	if r.o.Told != nil {
		r.o.Told.Add(int64(n))
	}
}

func (p *Plan) timeout() time.Duration { return time.Duration(p.File.TimeoutS * float64(time.Second)) }

// trialTimeout is the limit of one trial, of all its evaluations together.
func (p *Plan) trialTimeout() time.Duration {
	return p.timeout() * time.Duration(max(1, p.File.EvaluationsPerTrial))
}

func newEnding(e study.Ending, evaluate time.Duration, evaluations int) ending {
	return ending{
		Reason: e.Reason, Trials: e.Trials, Failed: e.Failed, TimedOut: e.TimedOut, FirstFailure: e.FirstFailure,
		AskS: e.AskTime.Seconds(), TellS: e.TellTime.Seconds(), EvaluateS: evaluate.Seconds(), Evaluations: evaluations,
	}
}
