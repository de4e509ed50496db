package offpolicy

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/groups"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// Designer searches designs by a Method whose agents act once and see nothing: it learns from the ranks of the told designs, given ones included, and
// avoids designs that were seen. It implements agents.Agent and agents.Persistent. Memory: 8 bytes a design ever seen.
type Designer struct {
	policygrad.Keeper
	name    string
	problem agents.Problem
	options DesignOptions
	rng     *rand.Rand
	split   env.Split
	groups  *groups.Learner // nil: the split stays
	build   Build
	method  Method
	told    told
	batch   Batch
	views   []categorical.View
	seen    *sampling.Seen
	guard   agents.Guard
	age     int  // trials told
	best    bool // a frozen designer has proposed its best
}

var (
	_ agents.Agent      = (*Designer)(nil)
	_ agents.Persistent = (*Designer)(nil)
)

// NewDesigner makes the agent; the name, such as "vdn", is that of its errors and files, the groups are what groups.Split reads. The options must
// have passed their Check.
func NewDesigner(name string, p agents.Problem, grouping string, o DesignOptions, build Build, rng *rand.Rand) (*Designer, error) {
	split, learner, err := groups.Split(p.Space, grouping)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	d := &Designer{
		name: name, problem: p, options: o, rng: rng, groups: learner, build: build,
		told: told{capacity: o.Replay}, seen: sampling.NewSeen(p.Space), guard: guard,
	}
	d.share(split)
	d.Keeper = policygrad.NewKeeper(name, "designer", func() []nn.Tensor { return d.method.Tensors() })
	return d, nil
}

// share gives the axes to new agents.
func (d *Designer) share(split env.Split) {
	specs := split.Specs(nil)
	d.split, d.method, d.views, d.batch = split, d.build(Shape{Specs: specs}), make([]categorical.View, len(specs)), Batch{}
}

// Ask draws n designs.
func (d *Designer) Ask(n int) ([]space.Point, error) {
	const draws = 8
	points := make([]space.Point, n)
	for i := range points {
		p := d.seen.Fresh(vary.WalkAfter(d.problem.Space, draws, d.draw, d.rng), d.rng)
		d.seen.Add(p)
		points[i] = slices.Clone(p)
	}
	d.guard.Ask(points...)
	return points, nil
}

// draw is the design of the agents' actions; a frozen designer begins with the best ones.
func (d *Designer) draw() space.Point {
	greedy := d.Frozen() && !d.best
	d.best = d.Frozen()
	actions, err := d.method.Choose(d.views, d.age, greedy)
	if err != nil {
		panic("offpolicy: a choice without a mask failed: " + err.Error())
	}
	return d.split.Join(actions)
}

// Tell remembers the trials and learns from them.
func (d *Designer) Tell(trials []agents.Trial) error {
	if err := d.guard.Tell(trials); err != nil {
		return fmt.Errorf("%s: %w", d.name, err)
	}
	for _, t := range trials {
		d.seen.Add(t.Point)
		if d.Frozen() {
			continue
		}
		d.told.add(t)
		d.age++
		d.learn(d.options.Steps)
		if split, changed := d.groups.Tell(t); changed {
			d.share(split)
			d.learn(regroupSteps * d.options.Steps) // new agents learn from what is remembered
		}
	}
	return nil
}

// regroupSteps is how many told designs' gradient steps the agents of new groups begin with.
const regroupSteps = 50

// learn takes gradient steps.
func (d *Designer) learn(steps int) {
	for range steps {
		d.gather()
		d.method.Learn(&d.batch, d.options.LearningRate)
	}
}

// gather draws remembered designs uniformly, with replacement.
func (d *Designer) gather() {
	b := &d.batch
	b.clear(len(d.views))
	b.Rows = d.options.Batch
	for range b.Rows {
		k := d.rng.IntN(len(d.told.trials))
		reward := d.told.reward(k, d.options.Sharpness)
		for i, action := range d.split.Cut(d.told.trials[k].Point) {
			b.Now[i].Masks, b.Next[i].Masks = append(b.Now[i].Masks, nil), append(b.Next[i].Masks, nil)
			b.Actions[i], b.Rewards[i] = append(b.Actions[i], action), append(b.Rewards[i], reward)
		}
		b.Goes = append(b.Goes, false)
	}
}
