package tpe

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent is the tree-structured Parzen estimator. Memory: every told trial.
type Agent struct {
	space   space.Space
	options Options
	rng     *rand.Rand
	start   sampling.Source
	past    *history.History
	records records
	groups  [][]int // axes that are estimated together
	scratch scratch
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("tpe: %w", err)
	}
	start, err := sampling.NewSource(p.Space, o.Start, o.Startup, rng)
	if err != nil {
		return nil, fmt.Errorf("tpe: %w", err)
	}
	past, err := history.New(p)
	if err != nil {
		return nil, fmt.Errorf("tpe: %w", err)
	}
	a := &Agent{space: p.Space, options: o, rng: rng, start: start, past: past}
	a.records.most = o.MaxGood
	if p.Objectives > 1 {
		a.records.most *= 2
	}
	all := make([]int, p.Space.Len())
	for axis := range all {
		all[axis] = axis
		if o.Univariate {
			a.groups = append(a.groups, all[axis:axis+1])
		}
	}
	if !o.Univariate {
		a.groups = [][]int{all}
	}
	return a, nil
}

// Ask proposes n points: of the start while there are too few designs, then by expected improvement.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		propose := a.start
		if a.past.Len() >= a.options.Startup && a.records.len() > 0 && !a.past.Exhausted() {
			propose = vary.Walk(a.space, a.improve, a.rng)
		}
		points[i] = a.past.Ask(a.past.Fresh(propose, a.rng))
	}
	return points, nil
}

// Tell ranks the trials.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.past.Tell(trials); err != nil {
		return fmt.Errorf("tpe: %w", err)
	}
	for _, t := range trials {
		a.records.add(a.space, t)
	}
	return nil
}

// improve estimates the densities and returns the candidate of their greatest ratio; pending designs count as bad ones.
func (a *Agent) improve() space.Point {
	good, bad := a.records.part(a.options.GoodFrac, a.options.MaxGood)
	for _, p := range a.past.Pending() {
		bad = append(bad, newDesign(a.space, math.MaxInt, p))
	}
	p := make(space.Point, a.space.Len())
	for _, axes := range a.groups {
		likely, unlikely := newMixture(a.space, axes, good, a.options), newMixture(a.space, axes, bad, a.options)
		a.choose(p, axes, likely, unlikely)
	}
	return p
}

// choose sets the axes in p to the best of the candidates; those that were seen come last when the axes are all.
func (a *Agent) choose(p space.Point, axes []int, likely, unlikely *mixture) {
	best := math.Inf(-1)
	levels := make([]int, len(axes))
	candidate := design{point: slices.Clone(p), places: make([]int32, len(p))}
	for range a.options.Candidates {
		likely.draw(candidate.point, a.rng)
		for _, axis := range axes {
			candidate.locate(a.space, axis)
		}
		score := likely.logDensity(&candidate, &a.scratch) - unlikely.logDensity(&candidate, &a.scratch)
		if len(axes) == len(p) && a.past.Has(candidate.point) {
			score = -math.MaxFloat64 // still better than no candidate
		}
		if score > best {
			best = score
			for k, axis := range axes {
				levels[k] = candidate.point[axis]
			}
		}
	}
	for k, axis := range axes {
		p[axis] = levels[k]
	}
}
