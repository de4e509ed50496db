package valuemix

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/offpolicy"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// method is value decomposition: utilities an agent, and what makes one value of them.
type method struct {
	ids          []string
	learning     learning
	rng          *rand.Rand
	own, targets []*offpolicy.Utilities // by agent
	mix, target  *mixer                 // nil: the sum

	q, values, goals, byValue []float64 // scratch
}

var _ offpolicy.Method = (*method)(nil)

// learning is what environments and designs have options of their own for.
type learning struct {
	gamma, targetRate, maxNorm, optimism float64
	mixRate                              float64 // of the mixing net, as a share of the utilities'
	explore                              Explore
}

func newMethod(s offpolicy.Shape, u offpolicy.UtilitiesOptions, mix MixOptions, l learning, rng *rand.Rand) *method {
	m := &method{learning: l, rng: rng}
	for _, spec := range s.Specs {
		m.ids = append(m.ids, spec.ID)
		m.own = append(m.own, offpolicy.NewUtilities(spec.Actions, len(spec.Obs), u, rng))
		m.targets = append(m.targets, offpolicy.NewUtilities(spec.Actions, len(spec.Obs), u, rng))
	}
	if mix.Width > 0 && len(s.Specs) > 0 {
		m.mix, m.target = newMixer(len(s.Specs), s.States, mix, rng), newMixer(len(s.Specs), s.States, mix, rng)
	}
	m.follow(1)
	return m
}

// follow moves the targets towards what is learned.
func (m *method) follow(rate float64) {
	for i, t := range m.targets {
		t.Follow(m.own[i], rate)
	}
	if m.mix != nil {
		m.target.follow(m.mix, rate)
	}
}

// Choose implements offpolicy.Method: every agent takes the action of its greatest utility, or explores.
func (m *method) Choose(views []categorical.View, age int, greedy bool) ([]env.Action, error) {
	actions := make([]env.Action, len(views))
	for i, v := range views {
		m.own[i].Forward(v.Obs, 1)
		var err error
		if greedy {
			actions[i], _, err = m.own[i].Best(0, v.Mask)
		} else {
			actions[i], err = m.own[i].Explore(0, v.Mask, m.learning.explore.at(age), m.rng)
		}
		if err != nil {
			return nil, fmt.Errorf("agent %q: %w", m.ids[i], err)
		}
	}
	return actions, nil
}

// Learn implements offpolicy.Method.
func (m *method) Learn(b *offpolicy.Batch, rate float64) {
	m.setGoals(b)
	agents := len(m.own)
	m.q = sized(m.q, b.Rows*agents)
	for i, u := range m.own {
		u.Forward(b.Now[i].Obs, b.Rows)
		for row := range b.Rows {
			m.q[row*agents+i] = u.Value(row, b.Actions[i][row])
		}
	}
	m.values = mixed(m.mix, m.values[:0], m.q, b.States, b.Rows)
	m.byValue = sized(m.byValue, b.Rows)
	for row, v := range m.values {
		miss := v - m.goals[row]
		if miss > 0 {
			miss *= 1 - m.learning.optimism
		}
		m.byValue[row] = miss / float64(b.Rows)
	}
	byQ := m.byValue
	if m.mix != nil {
		byQ = m.mix.backward(m.byValue)
		m.mix.step(m.learning.mixRate*rate, m.learning.maxNorm)
	}
	for i, u := range m.own {
		for row := range b.Rows {
			by := m.byValue[row]
			if m.mix != nil {
				by = byQ[row*agents+i]
			}
			u.AddGradient(row, b.Actions[i][row], by)
		}
		u.Learn(rate, m.learning.maxNorm)
	}
	m.follow(m.learning.targetRate)
}

// setGoals computes what the values of a batch should have been.
func (m *method) setGoals(b *offpolicy.Batch) {
	agents := len(m.own)
	m.goals = sized(m.goals, b.Rows)
	some := false
	for row, goes := range b.Goes {
		m.goals[row] = 0
		for _, rewards := range b.Rewards {
			m.goals[row] += rewards[row] / float64(agents)
		}
		some = some || goes
	}
	if !some {
		return
	}
	m.q = sized(m.q, b.Rows*agents)
	for i, u := range m.own {
		u.Forward(b.Next[i].Obs, b.Rows)
		m.targets[i].Forward(b.Next[i].Obs, b.Rows)
		for row, goes := range b.Goes {
			m.q[row*agents+i] = 0
			if !goes {
				continue
			}
			if best, _, err := u.Best(row, b.Next[i].Masks[row]); err == nil { // a mask of nothing: the next act reports it
				m.q[row*agents+i] = m.targets[i].Value(row, best)
			}
		}
	}
	m.values = mixed(m.target, m.values[:0], m.q, b.NextStates, b.Rows)
	for row, goes := range b.Goes {
		if goes {
			m.goals[row] += m.learning.gamma * m.values[row]
		}
	}
}

// mixed is the value of each row: what the mixer makes of the utilities, or their sum.
func mixed(m *mixer, dst, q, states []float64, rows int) []float64 {
	if m != nil {
		return m.forward(dst, q, states, rows)
	}
	agents := len(q) / rows
	for row := range rows {
		total := 0.0
		for _, v := range q[row*agents : (row+1)*agents] {
			total += v
		}
		dst = append(dst, total)
	}
	return dst
}

// Tensors implements offpolicy.Method.
func (m *method) Tensors() []nn.Tensor {
	var tensors []nn.Tensor
	for i, u := range m.own {
		tensors = append(tensors, u.Tensors(m.ids[i]+" utilities")...)
	}
	if m.mix != nil {
		for i, n := range m.mix.nets() {
			tensors = append(tensors, n.Tensor(fmt.Sprintf("mixer %d", i)))
		}
	}
	return tensors
}
