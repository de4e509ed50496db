package nasaic

import (
	"math"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/env/space"
)

// update is one gradient step on a complete episode.
func (a *Agent) update() {
	var s policygrad.Samples
	value, feasible := a.accuracy()
	for _, step := range a.episode {
		reward, base := -a.options.Rho*penalty(step.trial), &a.hardware
		if step.joint {
			base = &a.joint
			if !a.mixed { // every step is a joint one with networks, or hardware, of its own
				value, feasible = worth(step.trial)
			}
			if feasible {
				a.worst = min(a.worst, value)
				reward += value
			} else if !math.IsInf(a.worst, 1) {
				reward += a.worst
			}
		}
		s.Points, s.Masks = append(s.Points, step.point), append(s.Masks, step.mask)
		s.LogProbs, s.Advantages = append(s.LogProbs, step.logProb), append(s.Advantages, base.advantage(reward, a.options.BaselineDecay))
		s.Values, s.Returns = append(s.Values, 0), append(s.Returns, 0)
	}
	if a.options.Imitation > 0 {
		a.imitate(&s)
	}
	a.learner.Update(s, policygrad.Options{Epochs: 1, Minibatches: 1, Entropy: a.options.Entropy, MaxNorm: maxNorm}, a.options.LearningRate, a.rng)
}

// imitate adds the best designs that meet the specs, with a fixed advantage and the ratio 1.
func (a *Agent) imitate(s *policygrad.Samples) {
	for _, best := range a.memory.Best() {
		point := best.Trial.Point
		mask := a.masked(nil, point)
		if !best.Trial.Feasible() || !allows(mask, point) {
			continue
		}
		s.Points, s.Masks = append(s.Points, point), append(s.Masks, mask)
		s.LogProbs, s.Advantages = append(s.LogProbs, a.logProb(point, mask)), append(s.Advantages, a.options.Imitation)
		s.Values, s.Returns = append(s.Values, 0), append(s.Returns, 0)
	}
}

// allows tells whether a mask has the levels of a point: a given design may be beyond the budgets.
func allows(mask [][]bool, point space.Point) bool {
	for axis, legal := range mask {
		if !legal[point[axis]] {
			return false
		}
	}
	return true
}

// maxNorm bounds the gradient's norm.
const maxNorm = 5

// accuracy is the objective of the networks of the episode, which all its designs share: of the joint step when it was evaluated, else of the first
// design that meets the specs. false = no design meets them: it is not looked at.
func (a *Agent) accuracy() (value float64, feasible bool) {
	known := false
	for _, step := range a.episode {
		v, ok := worth(step.trial)
		feasible = feasible || ok && step.trial.Feasible()
		if ok && !known {
			value, known = v, true
		}
	}
	return value, feasible
}

// worth is the mean objective of a trial; false when it was not evaluated.
func worth(t agents.Trial) (value float64, ok bool) {
	for _, o := range t.Objectives {
		value += o / float64(len(t.Objectives))
	}
	return value, t.Objectives != nil
}

// penalty is how far a trial is from the specs: 1 when nothing says how far.
func penalty(t agents.Trial) float64 {
	if t.Objectives != nil {
		return t.Violation()
	}
	if v := t.Violations[len(t.Violations)-1]; v > 0 {
		return v
	}
	return 1
}

// baseline is the moving mean and variance of rewards. The zero value has seen none.
type baseline struct {
	mean, variance float64
	seen           bool
}

// advantage is a reward against those before it, in standard deviations; then the reward joins them. The first has 0.
func (b *baseline) advantage(reward, decay float64) float64 {
	if !b.seen {
		b.mean, b.seen = reward, true
		return 0
	}
	apart := reward - b.mean
	b.mean += (1 - decay) * apart
	b.variance = decay * (b.variance + (1-decay)*apart*apart)
	if b.variance == 0 {
		return 0
	}
	return apart / math.Sqrt(b.variance)
}
