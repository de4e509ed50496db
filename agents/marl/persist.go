package marl

import (
	"fmt"
	"io"

	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// SavePolicy implements policygrad.Persistent.
func (p *Policy) SavePolicy(w io.Writer) error {
	if err := nn.Write(w, p.label(), p.tensors()); err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	return nil
}

// LoadPolicy implements policygrad.Persistent.
func (p *Policy) LoadPolicy(r io.Reader) error {
	if err := nn.Read(r, p.label(), p.tensors()); err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	return nil
}

// Freeze implements policygrad.Persistent.
func (p *Policy) Freeze() { p.frozen = true }

func (p *Policy) label() string { return p.name + " policy" }

func (p *Policy) tensors() []nn.Tensor {
	var tensors []nn.Tensor
	for i := range p.teams {
		t := &p.teams[i]
		tensors = append(tensors, t.observer.Tensor(t.id+" observer"), t.rewards.tensor(t.id+" rewards"))
		tensors = append(tensors, t.learner.Tensors(t.id)...)
	}
	if p.state != nil {
		tensors = append(tensors, p.state.observer.Tensor("central state observer"))
	}
	return tensors
}
