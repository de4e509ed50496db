package sweep

import (
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/hybrid"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// openRecheck holds a proxy to its true simulator where the file asks for it.
func (s *Scenario) openRecheck(f *file.File, i int) error {
	if f.Scenarios[i].Recheck == nil {
		return nil
	}
	wrong := func(format string, args ...any) error {
		return f.Errorf(f.At("scenario", i, "recheck"), format, args...)
	}
	if f.DistributeEvaluations {
		return wrong("what is predicted depends on what was measured, which one process must see: leave out distribute = \"evaluations\"")
	}
	if share, given := f.Scenarios[i].Set["check_frac"]; given {
		return wrong("check_frac = %v says already which designs are measured: leave it out", share)
	}
	var err error
	if s.recheck, err = hybrid.New(s.instance.Simulator); err != nil {
		return wrong("%v", err)
	}
	s.instance.Simulator = s.recheck.Alone()
	return nil
}

// rechecked is the simulator of a study on a proxy that is held to the truth, and how it is wrapped: what is predicted is not cached, what is measured is.
func (y *Player) rechecked(s Study, task study.Task, log Log) (simulators.Instance, wrap.Options, error) {
	declared := y.plan.declared(s.Scenario)
	truth, _ := wrap.Stack(simulators.Instance{Simulator: s.Scenario.recheck.Truth()}, wrap.Options{Store: y.stores[s.Scenario], Pool: y.pool, Timeout: y.plan.timeout()})
	sim := s.Scenario.recheck.Study(truth, hybrid.Options{
		Share: declared.Recheck.Share, Refit: declared.Recheck.Refit, Lag: task.Lag, Seed: s.Seed,
		Score: func(r simulators.Result) objective.Score {
			_, score := task.Score(r)
			return score
		},
	})
	in, err := simulators.Narrow(simulators.Instance{Simulator: sim}, declared.Fix)
	in.Repair = s.Scenario.instance.Repair
	narrow, wide := s.spec().Space, sim.Spec().Space
	watched := sim.Watch(log, func(p space.Point) space.Point {
		if in.Repair != nil {
			p, _ = in.Repair(p)
		}
		q, err := wide.Point(narrow.Design(p))
		if err != nil {
			panic("sweep: a design of a narrowed space that is none of the whole: " + err.Error())
		}
		return q
	})
	return in, wrap.Options{Tape: watched, Recorder: watched, Limit: task.Trials, Marked: true}, err
}

// declared is the scenario as the file has it.
func (p *Plan) declared(s *Scenario) file.Scenario {
	for i, known := range p.Scenarios {
		if known == s {
			return p.File.Scenarios[i]
		}
	}
	panic("sweep: a scenario of another plan")
}
