package hybrid

import (
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// Log is where the trials of the study are: those of an earlier attempt are served first, the new ones are taken.
type Log interface {
	wrap.Tape
	wrap.Recorder
	Kept() int
}

// Watch is the log of the study, through which the simulator learns what was measured. Its points are those that were asked for: wide turns them into the proxy's, as they
// were evaluated.
func (s *Simulator) Watch(log Log, wide func(space.Point) space.Point) Log {
	s.repaired = wide
	return watched{log, s}
}

type watched struct {
	Log
	by *Simulator
}

// Next serves a trial, which is seen before the agent is told of it.
func (w watched) Next() (wrap.Evaluation, bool, error) {
	e, ok, err := w.Log.Next()
	if ok && err == nil {
		w.by.see(e.ID, e.Point, e.Result)
	}
	return e, ok, err
}

// Record takes a trial.
func (w watched) Record(id int, p space.Point, r simulators.Result) error {
	w.by.see(id, p, r)
	return w.Log.Record(id, p, r)
}

// see keeps a trial that was measured and has a result.
func (s *Simulator) see(id int, p space.Point, r simulators.Result) {
	if r.Values == nil || r.Values[len(s.scenario.columns)] != 1 {
		return
	}
	r.Values = slices.Clone(r.Values)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told = append(s.told, trial{id, s.repaired(p), r})
}
