package nasaic

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// networkGroup begins the names of the groups that own the axes of networks.
const networkGroup = "network"

// Agent is NASAIC's search. Memory: one episode and 8 bytes a design ever seen.
type Agent struct {
	space    space.Space
	options  Options
	budgets  []budget
	networks []bool // by axis: it belongs to a network
	mixed    bool   // there are axes of both kinds
	rng      *rand.Rand
	learner  *policygrad.Learner
	seen     *sampling.Seen
	guard    agents.Guard
	asked    int         // designs of the episode at hand that were proposed
	fixed    space.Point // the joint step of that episode
	pending  []step      // asked and not told, the oldest first
	episode  []step      // told, of the oldest episode that is not complete
	memory   *policygrad.Memory
	joint    baseline
	hardware baseline
	worst    float64 // objective that a reward had so far; +Inf = none
}

// step is one proposed design.
type step struct {
	point   space.Point
	mask    [][]bool
	logProb float64
	joint   bool
	trial   agents.Trial
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("controller: %w", err)
	}
	budgets, err := parseBudgets(p.Space, o.Budgets)
	if err != nil {
		return nil, fmt.Errorf("controller: %w", err)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("controller: %w", err)
	}
	a := &Agent{space: p.Space, options: o, budgets: budgets, rng: rng, seen: sampling.NewSeen(p.Space), guard: guard, memory: policygrad.NewMemory(o.Elites), worst: math.Inf(1)}
	some, all := false, true
	for axis, param := range p.Space.Params() {
		network := strings.HasPrefix(param.Group, networkGroup)
		a.networks = append(a.networks, network)
		if p.Space.Levels(axis) > 1 { // a fixed axis is nobody's
			some, all = some || network, all && network
		}
	}
	a.mixed = some && !all
	actor := categorical.New(p.Space, 0, categorical.Options{Form: categorical.Recurrent, Hidden: []int{o.Width}}, rng)
	a.learner = policygrad.NewLearner(actor, nil)
	return a, nil
}

// steps is the length of an episode.
func (a *Agent) steps() int { return 1 + a.options.HardwareSteps }

// Ask proposes n designs of this and the next episodes.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		joint := a.asked == 0 || !a.mixed
		s := a.draw(joint)
		if joint {
			a.fixed = s.point
		}
		a.asked = (a.asked + 1) % a.steps()
		a.pending = append(a.pending, s)
		a.seen.Add(s.point)
		points[i] = slices.Clone(s.point)
	}
	a.guard.Ask(points...)
	return points, nil
}

// draw is a step of the controller. A design seen before is drawn again some times; then the controller has converged, and the search walks on from the last
// draw, an axis at a time, to a design that is new.
func (a *Agent) draw(joint bool) step {
	const draws, walk = 4, 64
	fixed := a.mask(joint)
	view := categorical.View{Mask: fixed, Given: func(axis int, chosen space.Point) []bool { return legal(a.space, a.budgets, axis, chosen) }}
	s := step{joint: joint}
	for range draws {
		var err error
		if s.point, s.logProb, err = a.learner.Actor.Sample(view, a.rng); err != nil {
			panic("nasaic: a mask without a legal level: " + err.Error())
		}
		if !a.seen.Has(s.point) {
			s.mask = a.masked(fixed, s.point)
			return s
		}
	}
	drawn, at := s.point, s.point
	for range walk {
		next := vary.One(a.space, at, a.rng)
		if !allows(a.masked(fixed, next), next) {
			continue
		}
		if at = next; !a.seen.Has(at) {
			drawn = at
			break
		}
	}
	s.point, s.mask = drawn, a.masked(fixed, drawn)
	s.logProb = a.logProb(s.point, s.mask)
	return s
}

// logProb is what the controller gives a design now.
func (a *Agent) logProb(point space.Point, mask [][]bool) float64 {
	logProbs, _ := a.learner.Actor.Evaluate(categorical.Batch{Points: []space.Point{point}, Masks: [][][]bool{mask}})
	return logProbs[0]
}

// mask fixes the axes of the networks to those of the joint step; nil = everything is free.
func (a *Agent) mask(joint bool) [][]bool {
	if joint {
		return nil
	}
	mask := make([][]bool, a.space.Len())
	for axis, network := range a.networks {
		mask[axis] = make([]bool, a.space.Levels(axis))
		for level := range mask[axis] {
			mask[axis][level] = !network || level == a.fixed[axis]
		}
	}
	return mask
}

// masked is the mask that a point was drawn under, budgets included.
func (a *Agent) masked(fixed [][]bool, point space.Point) [][]bool {
	if fixed == nil && len(a.budgets) == 0 {
		return nil
	}
	mask := make([][]bool, a.space.Len())
	for axis := range mask {
		mask[axis] = make([]bool, a.space.Levels(axis))
		within := legal(a.space, a.budgets, axis, point)
		for level := range mask[axis] {
			mask[axis][level] = (fixed == nil || fixed[axis][level]) && (within == nil || within[level])
		}
	}
	return mask
}

// Tell learns whenever an episode is complete. Given trials are imitated where they are good.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return fmt.Errorf("controller: %w", err)
	}
	for _, t := range trials {
		a.seen.Add(t.Point)
		if t.Given {
			a.memory.Add(policygrad.Deed{Trial: t})
			continue
		}
		s := a.pending[0]
		a.pending = a.pending[1:]
		s.trial = t
		a.memory.Add(policygrad.Deed{Trial: t})
		if a.episode = append(a.episode, s); len(a.episode) == a.steps() {
			a.update()
			a.episode = a.episode[:0]
		}
	}
	return nil
}
