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

// Keeper makes what embeds it Persistent.
type Keeper struct {
	name   string
	kind   string
	list   func() []nn.Tensor
	frozen bool
}

// NewKeeper keeps the parameters that the list names. Name and kind, such as "ppo" and "policy", are those of errors and of the file's label.
func NewKeeper(name, kind string, list func() []nn.Tensor) Keeper {
	return Keeper{name: name, kind: kind, list: list}
}

// SavePolicy implements Persistent.
func (k *Keeper) SavePolicy(w io.Writer) error { return k.named(nn.Write(w, k.label(), k.list())) }

// LoadPolicy implements Persistent.
func (k *Keeper) LoadPolicy(r io.Reader) error { return k.named(nn.Read(r, k.label(), k.list())) }

// Freeze implements Persistent.
func (k *Keeper) Freeze() { k.frozen = true }

// Frozen tells whether learning has ended.
func (k *Keeper) Frozen() bool { return k.frozen }

func (k *Keeper) label() string { return k.name + " " + k.kind }

func (k *Keeper) named(err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", k.name, err)
	}
	return nil
}

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

func (d *Designer) tensors() []nn.Tensor {
	var tensors []nn.Tensor
	for i, spec := range d.split.Specs(nil) {
		tensors = append(tensors, d.learners[i].Tensors(spec.ID)...)
	}
	return tensors
}
