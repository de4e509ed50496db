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
	options  DesignOptions
	rng      *rand.Rand
	learners []*Learner // one an agent
	memory   *Memory
	seen     *sampling.Seen
	guard    agents.Guard
	pending  []Deed // asked and not told, the oldest first; without their trials' results
	batch    []Deed // told since the last update
	given    int    // trials told so far
	modeDone bool   // a frozen designer has proposed its mode
}

var _ agents.Agent = (*Designer)(nil)

// NewDesigner makes the agent; the name, such as "ppo", is that of its errors and files. The groups are what groups.Split reads.
func NewDesigner(name string, p agents.Problem, grouping string, o DesignOptions, rng *rand.Rand) (*Designer, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	split, err := groups.Split(p.Space, grouping)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	d := &Designer{
		name: name, problem: p, split: split, options: o, rng: rng, memory: NewMemory(o.Elites), seen: sampling.NewSeen(p.Space), guard: guard,
	}
	d.Keeper = NewKeeper(name, "designer", d.tensors)
	for _, spec := range split.Specs(nil) {
		actor := categorical.New(spec.Actions, 0, categorical.Options{Form: o.Form, Hidden: o.Hidden, Ordered: true}, rng)
		d.learners = append(d.learners, NewLearner(actor, nil))
	}
	return d, nil
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
	var drawn Deed
	point := d.seen.Fresh(vary.WalkAfter(d.problem.Space, draws, func() space.Point {
		drawn = d.draw()
		return drawn.Trial.Point
	}, d.rng), d.rng)
	if !slices.Equal(point, drawn.Trial.Point) {
		return d.foreign(point)
	}
	drawn.logProbs = d.logProbs(drawn.Actions)
	return drawn
}

// foreign is the deed of a design that was not drawn from the actors.
func (d *Designer) foreign(point space.Point) Deed {
	actions := d.split.Cut(point)
	return Deed{Trial: agents.Trial{Point: point}, Actions: actions, logProbs: d.logProbs(actions)}
}

// logProbs is what the actors give the actions now.
func (d *Designer) logProbs(actions []env.Action) []float64 {
	logProbs := make([]float64, len(actions))
	for i, l := range d.learners {
		logProbs[i] = logProb(l.Actor, actions[i])
	}
	return logProbs
}

// draw samples every agent's action; a frozen designer begins with the likeliest ones.
func (d *Designer) draw() Deed {
	deed := Deed{Actions: make([]env.Action, len(d.learners))}
	for i, l := range d.learners {
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
			deed = d.foreign(t.Point)
			d.given++
		} else {
			deed, d.pending = d.pending[0], d.pending[1:]
		}
		deed.Trial = t
		d.memory.Add(deed)
		if t.Given && d.given > maxGiven*d.options.Batch {
			continue
		}
		if d.batch = append(d.batch, deed); len(d.batch) == d.options.Batch {
			d.update()
		}
	}
	return nil
}

// update learns from a batch and from the replayed best designs.
func (d *Designer) update() {
	batch := d.batch
	d.batch = nil
	if d.Frozen() {
		return
	}
	trials := make([]agents.Trial, len(batch))
	for i, deed := range batch {
		trials[i] = deed.Trial
	}
	advantages := RankAdvantages(trials)
	for agent, l := range d.learners {
		s := Samples{Masks: make([][][]bool, 0, len(batch)+d.options.Elites)}
		for i, deed := range batch {
			s.add(deed.Actions[agent], deed.logProbs[agent], advantages[i])
		}
		if d.options.Imitation > 0 {
			for _, deed := range d.memory.Best() {
				s.add(deed.Actions[agent], logProb(l.Actor, deed.Actions[agent]), d.options.Imitation)
			}
		}
		l.Update(s, d.options.learning(), d.options.LearningRate, d.rng)
	}
}

// add adds an action without observation or value.
func (s *Samples) add(action env.Action, logProb, advantage float64) {
	s.Masks, s.Points = append(s.Masks, nil), append(s.Points, action)
	s.LogProbs, s.Advantages = append(s.LogProbs, logProb), append(s.Advantages, advantage)
	s.Values, s.Returns = append(s.Values, 0), append(s.Returns, 0)
}
