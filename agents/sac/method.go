package sac

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/offpolicy"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// method is a soft actor-critic an agent, each learning as if the others were part of the environment.
type method struct {
	ids      []string
	learners []*learner
	rng      *rand.Rand
}

var _ offpolicy.Method = (*method)(nil)

// learning is what environments and designs have options of their own for.
type learning struct {
	gamma, targetRate, maxNorm, optimism float64
	entropy                              float64 // that is aimed at, as a share of the greatest
	temperature                          float64 // the first
	utilities                            offpolicy.UtilitiesOptions
}

func newMethod(s offpolicy.Shape, o learning, rng *rand.Rand) *method {
	m := &method{rng: rng}
	for _, spec := range s.Specs {
		m.ids, m.learners = append(m.ids, spec.ID), append(m.learners, newLearner(spec, o, rng))
	}
	return m
}

// Choose implements offpolicy.Method: actions are drawn from the actors.
func (m *method) Choose(views []categorical.View, _ int, greedy bool) ([]env.Action, error) {
	actions := make([]env.Action, len(views))
	for i, v := range views {
		var err error
		if greedy {
			actions[i], err = m.learners[i].actor.Mode(v)
		} else {
			actions[i], _, err = m.learners[i].actor.Sample(v, m.rng)
		}
		if err != nil {
			return nil, fmt.Errorf("agent %q: %w", m.ids[i], err)
		}
	}
	return actions, nil
}

// Learn implements offpolicy.Method.
func (m *method) Learn(b *offpolicy.Batch, rate float64) {
	for i, l := range m.learners {
		l.learn(b, i, rate, m.rng)
	}
}

// Tensors implements offpolicy.Method.
func (m *method) Tensors() []nn.Tensor {
	var tensors []nn.Tensor
	for i, l := range m.learners {
		tensors = append(tensors, l.tensors(m.ids[i])...)
	}
	return tensors
}
