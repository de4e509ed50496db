package policygrad

import (
	"fmt"
	"io"

	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// Persistent is what can save what it has learned and act on it without learning further. Policy and Designer are.
//
// SavePolicy writes the parameters. LoadPolicy reads what SavePolicy of the same kind wrote, made with the same agents and options of nets;
// another file is an error (nn.ErrFile) that changes nothing. Freeze ends learning: from then on a Policy takes the likeliest action; a Designer
// proposes the likeliest design first and then draws; Learn and Tell check what they are told and forget it.
type Persistent interface {
	SavePolicy(w io.Writer) error
	LoadPolicy(r io.Reader) error
	Freeze()
}

var (
	_ Persistent = (*Policy)(nil)
	_ Persistent = (*Designer)(nil)
)

// SavePolicy implements Persistent.
func (p *Policy) SavePolicy(w io.Writer) error {
	if err := nn.Write(w, p.label(), p.tensors()); err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	return nil
}

// LoadPolicy implements Persistent.
func (p *Policy) LoadPolicy(r io.Reader) error {
	if err := nn.Read(r, p.label(), p.tensors()); err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	return nil
}

// Freeze implements Persistent.
func (p *Policy) Freeze() { p.frozen = true }

func (p *Policy) label() string { return p.name + " policy" }

func (p *Policy) tensors() []nn.Tensor {
	var tensors []nn.Tensor
	for _, m := range p.members {
		tensors = append(tensors, m.observer.Tensor(m.spec.ID+" observer"))
		tensors = append(tensors, m.learner.Tensors(m.spec.ID)...)
	}
	return tensors
}

// Tensors lists the parameters of the actor and the critic, for a file, under names that begin with the agent's.
func (l *Learner) Tensors(agent string) []nn.Tensor {
	tensors := l.Actor.Tensors(agent + " actor ")
	if l.Critic != nil {
		tensors = append(tensors, l.Critic.Tensor(agent+" critic"))
	}
	return tensors
}

// SavePolicy implements Persistent.
func (d *Designer) SavePolicy(w io.Writer) error {
	if err := nn.Write(w, d.label(), d.tensors()); err != nil {
		return fmt.Errorf("%s: %w", d.name, err)
	}
	return nil
}

// LoadPolicy implements Persistent.
func (d *Designer) LoadPolicy(r io.Reader) error {
	if err := nn.Read(r, d.label(), d.tensors()); err != nil {
		return fmt.Errorf("%s: %w", d.name, err)
	}
	return nil
}

// Freeze implements Persistent.
func (d *Designer) Freeze() { d.frozen = true }

func (d *Designer) label() string { return d.name + " designer" }

func (d *Designer) tensors() []nn.Tensor {
	var tensors []nn.Tensor
	for i, spec := range d.split.Specs(nil) {
		tensors = append(tensors, d.learners[i].Tensors(spec.ID)...)
	}
	return tensors
}
