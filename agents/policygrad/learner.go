package policygrad

import (
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// Samples are actions to learn from, one a row, of one actor: of one agent, or of all agents that share its parameters.
type Samples struct {
	Obs        []float64  // rows x the actor's inputs
	States     []float64  // rows x the critic's inputs; the same as Obs, or a central state
	Masks      [][][]bool // one a row
	Points     []space.Point
	LogProbs   []float64 // when they were chosen
	Values     []float64 // of the states, when they were chosen
	Advantages []float64
	Returns    []float64 // what the values should have been
}

// Learner improves one actor, and a critic when there is one, by the clipped surrogate loss. Several agents with the same action space may
// share one.
type Learner struct {
	Actor  *categorical.Policy
	Critic *nn.Net // nil: none
	nets   []*nn.Net
	adams  []nn.Adam
	order  []int
	part   Samples // of one minibatch
	byLogProb, byEntropy,
	byValue []float64
}

// NewLearner makes the learner. The critic has one output, or is nil.
func NewLearner(actor *categorical.Policy, critic *nn.Net) *Learner {
	l := &Learner{Actor: actor, Critic: critic, nets: actor.Nets()}
	if critic != nil {
		l.nets = append(l.nets, critic)
	}
	l.adams = make([]nn.Adam, len(l.nets))
	return l
}

// Value is the critic's value of a state, 0 without a critic.
func (l *Learner) Value(state []float64) float64 {
	if l.Critic == nil {
		return 0
	}
	return l.Critic.Forward(state, 1)[0]
}

// Update learns from the samples: o.Epochs times, in o.Minibatches shuffled parts, with the given learning rate.
func (l *Learner) Update(s Samples, o Options, rate float64, rng *rand.Rand) {
	rows := len(s.Points)
	l.order = l.order[:0]
	for i := range rows {
		l.order = append(l.order, i)
	}
	for range o.Epochs {
		rng.Shuffle(rows, func(i, j int) { l.order[i], l.order[j] = l.order[j], l.order[i] })
		for k := range o.Minibatches {
			if part := l.order[k*rows/o.Minibatches : (k+1)*rows/o.Minibatches]; len(part) > 0 {
				l.gather(s, part)
				l.step(o, rate)
			}
		}
	}
}

// gather copies the rows of a minibatch.
func (l *Learner) gather(s Samples, rows []int) {
	p := &l.part
	inputs, states := l.Actor.Inputs(), len(s.States)/len(s.Points)
	*p = Samples{
		Obs: p.Obs[:0], States: p.States[:0], Masks: p.Masks[:0], Points: p.Points[:0],
		LogProbs: p.LogProbs[:0], Values: p.Values[:0], Advantages: p.Advantages[:0], Returns: p.Returns[:0],
	}
	for _, r := range rows {
		p.Obs = append(p.Obs, s.Obs[r*inputs:(r+1)*inputs]...)
		p.States = append(p.States, s.States[r*states:(r+1)*states]...)
		p.Masks = append(p.Masks, s.Masks[r])
		p.Points = append(p.Points, s.Points[r])
		p.LogProbs = append(p.LogProbs, s.LogProbs[r])
		p.Values = append(p.Values, s.Values[r])
		p.Advantages = append(p.Advantages, s.Advantages[r])
		p.Returns = append(p.Returns, s.Returns[r])
	}
}

// step is one gradient step on the minibatch.
func (l *Learner) step(o Options, rate float64) {
	l.gradients(o)
	if o.MaxNorm > 0 {
		nn.ClipNorm(o.MaxNorm, l.nets...)
	}
	for i, n := range l.nets {
		l.adams[i].Step(n.Params(), n.Grads(), rate)
		n.Clear()
	}
}

// gradients adds up those of the minibatch's mean loss, which it returns.
func (l *Learner) gradients(o Options) float64 {
	p := &l.part
	rows := len(p.Points)
	share := 1 / float64(rows)
	if o.Normalise && rows > 1 {
		Standardise(p.Advantages)
	}
	for i, a := range p.Advantages {
		if a < 0 {
			p.Advantages[i] = (1 - o.Optimism) * a
		}
	}
	l.byLogProb, l.byEntropy, l.byValue = l.byLogProb[:0], l.byEntropy[:0], l.byValue[:0]
	logProbs, entropies := l.Actor.Evaluate(categorical.Batch{Obs: p.Obs, Masks: p.Masks, Points: p.Points})
	total := 0.0
	for r := range rows {
		loss, by := Surrogate(math.Exp(logProbs[r]-p.LogProbs[r]), p.Advantages[r], o.Clip)
		total += share * (loss - o.Entropy*entropies[r])
		l.byLogProb = append(l.byLogProb, share*by)
		l.byEntropy = append(l.byEntropy, -share*o.Entropy)
	}
	l.Actor.Backward(l.byLogProb, l.byEntropy)
	if l.Critic == nil {
		return total
	}
	for r, v := range l.Critic.Forward(p.States, rows) {
		loss, by := ValueLoss(v, p.Values[r], p.Returns[r], o.ValueClip)
		total += share * o.ValueWeight * loss
		l.byValue = append(l.byValue, share*o.ValueWeight*by)
	}
	l.Critic.Backward(l.byValue)
	return total
}
