package marl

import "github.com/codesign-gym/codesign/internal/learn/nn"

// tensors lists all parameters, for a file.
func (p *Policy) tensors() []nn.Tensor {
	var tensors []nn.Tensor
	for i := range p.teams {
		t := &p.teams[i]
		tensors = append(tensors, t.observer.Tensor(t.id+" observer"), t.rewards.Tensor(t.id+" rewards"))
		tensors = append(tensors, t.learner.Tensors(t.id)...)
	}
	if p.state != nil {
		tensors = append(tensors, p.state.Observer.Tensor("central state observer"))
	}
	return tensors
}
