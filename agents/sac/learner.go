package sac

import (
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/offpolicy"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// twins counts the critics.
const twins = 2

// learner is one agent: an actor, two critics with their targets, and a temperature.
type learner struct {
	options     learning
	space       space.Space
	conditional bool // which axes are active depends on the action
	actor       *categorical.Policy
	adams       []nn.Adam // of the actor's nets
	critics     [twins]*offpolicy.Utilities
	targets     [twins]*offpolicy.Utilities
	temperature *temperature

	points []space.Point // scratch
	goals  []float64
}

func newLearner(spec env.AgentSpec, o learning, rng *rand.Rand) *learner {
	inputs := len(spec.Obs)
	l := &learner{options: o, space: spec.Actions, temperature: newTemperature(o.temperature)}
	for _, p := range spec.Actions.Params() {
		l.conditional = l.conditional || len(p.When) > 0
	}
	u := o.utilities
	l.actor = categorical.New(spec.Actions, inputs, categorical.Options{Hidden: u.Hidden, Activation: u.Activation, Ordered: u.Ordered}, rng)
	l.adams = make([]nn.Adam, len(l.actor.Nets()))
	for k := range twins {
		l.critics[k] = offpolicy.NewUtilities(spec.Actions, inputs, o.utilities, rng)
		l.targets[k] = offpolicy.NewUtilities(spec.Actions, inputs, o.utilities, rng)
		l.targets[k].Follow(l.critics[k], 1)
	}
	return l
}

// learn takes one gradient step of the critics, the actor and the temperature.
func (l *learner) learn(b *offpolicy.Batch, agent int, rate float64, rng *rand.Rand) {
	l.setGoals(b, agent, rng)
	for _, critic := range l.critics {
		critic.Forward(b.Now[agent].Obs, b.Rows)
		for row, a := range b.Actions[agent] {
			miss := critic.Value(row, a) - l.goals[row]
			if miss > 0 {
				miss *= 1 - l.options.optimism
			}
			critic.AddGradient(row, a, miss/float64(b.Rows))
		}
		critic.Learn(rate, l.options.maxNorm)
	}
	l.improve(b, agent, rate)
	for k, target := range l.targets {
		target.Follow(l.critics[k], l.options.targetRate)
	}
}

// setGoals computes what the values of a batch should have been.
func (l *learner) setGoals(b *offpolicy.Batch, agent int, rng *rand.Rand) {
	l.goals = append(l.goals[:0], b.Rewards[agent]...)
	some := false
	l.points = l.points[:0]
	for row, goes := range b.Goes {
		some = some || goes
		l.points = append(l.points, l.after(b, agent, row, rng))
	}
	if !some {
		return
	}
	next := b.Next[agent]
	l.actor.Evaluate(categorical.Batch{Obs: next.Obs, Masks: next.Masks, Points: l.points})
	for _, target := range l.targets {
		target.Forward(next.Obs, b.Rows)
	}
	weight := l.temperature.value()
	l.actor.EachHead(func(row, axis int, logP []float64) {
		if !b.Goes[row] {
			return
		}
		first, second := l.targets[0].Levels(row, axis), l.targets[1].Levels(row, axis)
		for level, lp := range logP {
			l.goals[row] += l.options.gamma * math.Exp(lp) * (min(first[level], second[level]) - weight*lp)
		}
	})
}

// after is the action that says which axes are active after a step: where that depends on the action, one is drawn.
func (l *learner) after(b *offpolicy.Batch, agent, row int, rng *rand.Rand) space.Point {
	if !l.conditional || !b.Goes[row] {
		return b.Actions[agent][row]
	}
	width, next := l.actor.Inputs(), b.Next[agent]
	point, _, err := l.actor.Sample(categorical.View{Obs: next.Obs[row*width : (row+1)*width], Mask: next.Masks[row]}, rng)
	if err != nil {
		return b.Actions[agent][row] // a mask of nothing: the next act reports it
	}
	return point
}

// improve moves the actor towards the levels of great value, and the temperature towards the entropy that is asked for. Without observations all rows
// are alike, and one will do.
func (l *learner) improve(b *offpolicy.Batch, agent int, rate float64) {
	rows, now := b.Rows, b.Now[agent]
	if l.actor.Inputs() == 0 && !l.conditional {
		rows = 1
	}
	l.actor.Evaluate(categorical.Batch{Obs: now.Obs[:rows*l.actor.Inputs()], Masks: now.Masks[:rows], Points: b.Actions[agent][:rows]})
	for _, critic := range l.critics {
		critic.Forward(now.Obs[:rows*l.actor.Inputs()], rows)
	}
	weight, excess := l.temperature.value(), 0.0
	l.actor.BackwardHeads(func(row, axis int, logP, delta []float64) {
		first, second := l.critics[0].Levels(row, axis), l.critics[1].Levels(row, axis)
		mean, entropy, legal := 0.0, 0.0, 0
		for level, lp := range logP {
			p := math.Exp(lp)
			delta[level] = weight*lp - min(first[level], second[level])
			mean += p * delta[level]
			entropy -= p * lp
			if lp > unlikely {
				legal++
			}
		}
		for level, lp := range logP {
			delta[level] = math.Exp(lp) * (delta[level] - mean) / float64(rows)
		}
		excess += (entropy - l.options.entropy*math.Log(float64(max(legal, 1)))) / float64(rows)
	})
	nets := l.actor.Nets()
	if l.options.maxNorm > 0 {
		nn.ClipNorm(l.options.maxNorm, nets...)
	}
	for i, n := range nets {
		l.adams[i].Step(n.Params(), n.Grads(), rate)
		n.Clear()
	}
	l.temperature.step(excess, rate)
}

// unlikely is a log-probability that only a masked level has.
const unlikely = -1e6

func (l *learner) tensors(id string) []nn.Tensor {
	tensors := append(l.actor.Tensors(id+" actor "), l.temperature.tensor(id+" temperature"))
	return append(append(tensors, l.critics[0].Tensors(id+" critic 0")...), l.critics[1].Tensors(id+" critic 1")...)
}
