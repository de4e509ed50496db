package marl

import (
	"fmt"

	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/env"
)

// Central tells whether the critics are central.
func (p *Policy) Central() bool { return p.options.Central }

// UseState makes the central critics see an environment's own state (env.Stater) instead of all observations: read(lane) is the state of a lane
// when Act is called and, while its episode goes on, when Learn is. It must be called before anything is learned or loaded; the critics
// begin anew. Acts ahead of learning are fine where episodes have one step.
func (p *Policy) UseState(channels []env.Channel, read func(lane int) []float64) error {
	switch {
	case !p.options.Central:
		return fmt.Errorf("%s: use state: its critics are not central", p.name)
	case len(p.pending) > 0 || p.collected+p.learned > 0:
		return fmt.Errorf("%s: use state: it has acted already", p.name)
	case read == nil:
		return fmt.Errorf("%s: use state: there is nothing to read", p.name)
	}
	p.state = policygrad.NewState(channels, read)
	for i := range p.teams {
		t := &p.teams[i]
		t.learner = policygrad.NewLearner(t.learner.Actor, policygrad.NewCritic(len(channels)+t.places(), p.options.Options, p.rng))
	}
	return nil
}
