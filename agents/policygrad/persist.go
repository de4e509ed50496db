package policygrad

import (
	"fmt"
	"io"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

var (
	_ agents.Persistent = (*Policy)(nil)
	_ agents.Persistent = (*Designer)(nil)
)

// Keeper makes what embeds it an agents.Persistent. A file that does not fit is an nn.ErrFile.
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

// SavePolicy implements agents.Persistent.
func (k *Keeper) SavePolicy(w io.Writer) error { return k.named(nn.Write(w, k.label(), k.list())) }

// LoadPolicy implements agents.Persistent.
func (k *Keeper) LoadPolicy(r io.Reader) error { return k.named(nn.Read(r, k.label(), k.list())) }

// Freeze implements agents.Persistent.
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
	for k, m := range d.rivals {
		for i, spec := range d.split.Specs(nil) {
			name := spec.ID
			if k > 0 {
				name = fmt.Sprintf("rival %d %s", k, name)
			}
			tensors = append(tensors, m.learners[i].Tensors(name)...)
		}
	}
	return tensors
}
