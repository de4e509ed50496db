package policygrad

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/groups"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
)

// Designer searches designs by policies that act once: each agent of a split has an actor without observations, the joint action is the design.
// It implements agents.Agent. Unlike agents.Designer it learns from the order of the trials, replays the best ones, learns from given
// ones, and avoids designs that were seen. Memory: 8 bytes a design ever seen.
type Designer struct {
	Keeper
	name     string
	problem  agents.Problem
	split    env.Split
	groups   *groups.Learner // nil: the split stays
	options  DesignOptions
	rng      *rand.Rand
	rivals   []*rival // one or, of a population, several that take turns
	memory   *Memory
	recent   recent // of difference rewards
	seen     *sampling.Seen
	guard    agents.Guard
	pending  []Deed // asked and not told, the oldest first; without their trials' results
	asked    int    // trials so far
	given    int    // trials told so far
	modeDone bool   // a frozen designer has proposed its mode
}

var _ agents.Agent = (*Designer)(nil)

// NewDesigner makes the agent; the name, such as "ppo", is that of its errors and files. The groups are what groups.Split reads.
func NewDesigner(name string, p agents.Problem, grouping string, o DesignOptions, rng *rand.Rand) (*Designer, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	split, learner, err := groups.Split(p.Space, grouping)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	d := &Designer{
		name: name, problem: p, groups: learner, options: o, rng: rng, split: split,
		memory: NewMemory(o.Elites), seen: sampling.NewSeen(p.Space), guard: guard,
	}
	d.Keeper = NewKeeper(name, "designer", d.tensors)
	for i := range max(o.Population, 1) {
		d.rivals = append(d.rivals, &rival{options: o.perturbed(i, rng), learners: d.newLearners(split)})
	}
	return d, nil
}

// newLearners makes one learner an agent of a split.
func (d *Designer) newLearners(split env.Split) []*Learner {
	var learners []*Learner
	for _, spec := range split.Specs(nil) {
		actor := categorical.New(spec.Actions, 0, categorical.Options{Form: d.options.Form, Hidden: d.options.Hidden, Ordered: true}, d.rng)
		learners = append(learners, NewLearner(actor, nil))
	}
	return learners
}

// Ask draws n designs.
func (d *Designer) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		deed := d.propose()
		points[i] = slices.Clone(deed.Trial.Point)
		d.seen.Add(points[i])
		d.pending = append(d.pending, deed)
	}
	d.guard.Ask(points...)
	return points, nil
}

// propose draws joint actions until their design is an unseen one; after some draws it walks away from the last one, an axis at a time.
func (d *Designer) propose() Deed {
	const draws = 8
	m := d.rivals[d.asked%len(d.rivals)]
	d.asked++
	var drawn Deed
	point := d.seen.Fresh(vary.WalkAfter(d.problem.Space, draws, func() space.Point {
		drawn = d.draw(m)
		return drawn.Trial.Point
	}, d.rng), d.rng)
	if !slices.Equal(point, drawn.Trial.Point) {
		return d.foreign(m, point)
	}
	drawn.logProbs = m.logProbs(drawn.Actions)
	return drawn
}

// foreign is the deed of a design that was not drawn from the actors.
func (d *Designer) foreign(m *rival, point space.Point) Deed {
	actions := d.split.Cut(point)
	return Deed{Trial: agents.Trial{Point: point}, Actions: actions, by: m, logProbs: m.logProbs(actions)}
}

// logProbs is what the actors give the actions now.
func (m *rival) logProbs(actions []env.Action) []float64 {
	logProbs := make([]float64, len(actions))
	for i, l := range m.learners {
		logProbs[i] = logProb(l.Actor, actions[i])
	}
	return logProbs
}

// draw samples every agent's action; a frozen designer begins with the likeliest ones.
func (d *Designer) draw(m *rival) Deed {
	deed := Deed{Actions: make([]env.Action, len(m.learners)), by: m}
	for i, l := range m.learners {
		var err error
		if d.Frozen() && !d.modeDone {
			deed.Actions[i], err = l.Actor.Mode(categorical.View{})
		} else {
			deed.Actions[i], _, err = l.Actor.Sample(categorical.View{}, d.rng)
		}
		if err != nil {
			panic("policygrad: a draw without a mask failed: " + err.Error())
		}
	}
	d.modeDone = d.Frozen()
	deed.Trial.Point = d.split.Join(deed.Actions)
	return deed
}

func logProb(actor *categorical.Policy, action env.Action) float64 {
	logProbs, _ := actor.Evaluate(categorical.Batch{Points: []space.Point{action}})
	return logProbs[0]
}

// maxGiven is how many batches of given trials are learned from: the policy is not to converge before the first own design.
const maxGiven = 50

// Tell learns from the trials. Given ones are learned from like the others, as if the present policy had chosen them; beyond 50 batches of them
// only the best are, by imitation.
func (d *Designer) Tell(trials []agents.Trial) error {
	if err := d.guard.Tell(trials); err != nil {
		return fmt.Errorf("%s: %w", d.name, err)
	}
	for _, t := range trials {
		d.seen.Add(t.Point)
		var deed Deed
		if t.Given {
			deed = d.foreign(d.rivals[d.given%len(d.rivals)], t.Point)
			d.given++
		} else {
			deed, d.pending = d.pending[0], d.pending[1:]
		}
		deed.Trial = t
		d.memory.Add(deed)
		if d.options.Credit == Difference {
			d.recent.add(t)
		}
		if !t.Given || d.given <= maxGiven*d.options.Batch {
			deed.by.batch = append(deed.by.batch, deed)
		}
		if len(deed.by.batch) == d.options.Batch {
			d.update(deed.by)
		}
		d.regroup(t)
	}
	return nil
}
