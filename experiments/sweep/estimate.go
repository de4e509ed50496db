package sweep

import (
	"context"
	"fmt"
	"time"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// Estimate is what a dry run tells of one scenario.
type Estimate struct {
	Scenario, Simulator string
	Designs             string // exact number of canonical designs, in decimal
	Studies, Trials     int
	Measured            int           // evaluations that were timed
	Evaluation          time.Duration // mean of one; an estimate from few, in one thread, without agents and cache
}

// The sample that a dry run times.
const (
	estimatePoints = 20
	estimateTime   = 2 * time.Second
)

// Estimate evaluates a few random designs of each scenario and tells what the plan will cost. Nothing is written.
func (p *Plan) Estimate(ctx context.Context) ([]Estimate, error) {
	var list []Estimate
	for _, s := range p.Scenarios {
		instance, err := s.timed(p.File.Seed)
		if err != nil {
			return nil, err
		}
		spec := instance.Simulator.Spec()
		e := Estimate{Scenario: s.Name, Simulator: spec.Name, Designs: spec.Space.Size().String()}
		for _, st := range p.Studies {
			if st.Scenario == s {
				e.Studies++
				e.Trials += p.File.Budget
			}
		}
		sim, counter := wrap.Stack(instance, wrap.Options{Timeout: p.trialTimeout()})
		rng := seed.New(p.File.Seed, "estimate", s.Name)
		for counter.Evaluations() < estimatePoints && counter.Time() < estimateTime {
			if _, err := sim.Evaluate(ctx, []space.Point{spec.Space.Sample(rng)}); err != nil {
				return nil, fmt.Errorf("scenario %s: %w", s.Name, err)
			}
		}
		e.Measured = counter.Evaluations()
		e.Evaluation = counter.Time() / time.Duration(e.Measured)
		list = append(list, e)
	}
	return list, nil
}

// timed is what one trial of the scenario evaluates: a design or, of an environment without a horizon, the first step of an episode.
func (s *Scenario) timed(seed uint64) (simulators.Instance, error) {
	if s.instance.Simulator != nil {
		return s.instance, nil
	}
	sim, err := env.AsSimulator(s.maker, 1, seed)
	return simulators.Instance{Simulator: sim}, err
}
