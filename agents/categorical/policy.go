package categorical

import (
	"cmp"
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// Policy is a categorical policy over one space, with the scratch of the last Evaluate. It serves one goroutine.
type Policy struct {
	space  space.Space
	inputs int
	blocks []block
	cell   *cell     // of a recurrent policy
	prefix []float64 // features of one point
	batch  Batch     // of the last Evaluate

	logProbs, entropies []float64 // of the last Evaluate, one a row
}

// block is a net with the heads that it has the logits of.
type block struct {
	net    *nn.Net
	prefix int // features of earlier axes that it sees after the observation
	heads  []head
	in     []float64 // rows x inputs
	probs  []float64 // rows x outputs: log-probabilities of active heads
	deltas []float64 // rows x outputs: gradients by the net's outputs
}

// outputs is how many numbers the heads take.
func (b *block) outputs() int {
	if len(b.heads) == 0 {
		return 0
	}
	last := b.heads[len(b.heads)-1]
	return last.at + last.levels
}

// New makes a policy that observes the given number of values.
func New(s space.Space, inputs int, o Options, rng *rand.Rand) *Policy {
	p := &Policy{space: s, inputs: inputs}
	features := make([]int, s.Len()+1) // features of the axes before each one
	for _, f := range s.Features() {
		features[f.Axis+1]++
	}
	for axis := range s.Len() {
		features[axis+1] += features[axis]
	}
	for axis, param := range s.Params() {
		if s.Levels(axis) == 1 {
			continue
		}
		if len(p.blocks) == 0 || o.Form == Autoregressive || o.Form == Recurrent {
			p.blocks = append(p.blocks, block{})
		}
		b := &p.blocks[len(p.blocks)-1]
		if o.Form == Autoregressive {
			b.prefix = features[axis]
		}
		ordered := o.Ordered && param.Kind == space.Ordinal && s.Levels(axis) > 2
		b.heads = append(b.heads, head{axis: axis, at: b.outputs(), levels: s.Levels(axis), ordered: ordered})
	}
	if o.Form == Recurrent && len(p.blocks) > 0 {
		width := DefaultMemory
		if len(o.Hidden) > 0 {
			width = o.Hidden[0]
		}
		p.cell = newCell(width, inputs, p.blocks, rng)
		inputs, o.Hidden = width, nil // of the heads
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		shape := nn.Shape{Inputs: inputs + b.prefix, Hidden: o.Hidden, Outputs: b.outputs(), Activation: o.Activation, Gain: cmp.Or(o.Gain, DefaultGain)}
		if shape.Inputs == 0 {
			shape.Hidden = nil
		}
		b.net = nn.New(shape, rng)
	}
	return p
}

// Space is the space that the policy acts in.
func (p *Policy) Space() space.Space { return p.space }

// Inputs is how many values the policy observes.
func (p *Policy) Inputs() int { return p.inputs }

// Nets lists the nets: their gradients are those that Backward adds up. It is empty when no axis has a choice.
func (p *Policy) Nets() []*nn.Net {
	nets := make([]*nn.Net, len(p.blocks))
	for i, b := range p.blocks {
		nets[i] = b.net
	}
	if p.cell != nil {
		nets = append(nets, p.cell.nets()...)
	}
	return nets
}

// CopyAxis takes over what another policy would do on one of its axes with the same levels if nothing were observed or chosen before: the logits' biases.
func (p *Policy) CopyAxis(axis int, from *Policy, theirs int) {
	to, of := p.biases(axis), from.biases(theirs)
	copy(to, of)
}

// biases is those of an axis' logits, none where it has one level.
func (p *Policy) biases(axis int) []float64 {
	for i := range p.blocks {
		for _, h := range p.blocks[i].heads {
			if h.axis == axis {
				return p.blocks[i].net.OutputBias()[h.at : h.at+h.levels]
			}
		}
	}
	return nil
}

// Tensors lists the parameters for a file, their names beginning with prefix.
func (p *Policy) Tensors(prefix string) []nn.Tensor {
	nets := p.Nets()
	tensors := make([]nn.Tensor, len(nets))
	for i, n := range nets {
		tensors[i] = n.Tensor(fmt.Sprintf("%s%d", prefix, i))
	}
	return tensors
}

// outputs are those of a block's net for rows of observations and points, whose axes before the block are chosen.
func (p *Policy) outputs(i int, obs []float64, points []space.Point) []float64 {
	b, rows := &p.blocks[i], len(points)
	b.probs, b.deltas = sized(b.probs, rows*b.outputs()), sized(b.deltas, rows*b.outputs())
	if p.cell != nil {
		return b.net.Forward(p.cell.forward(i, p.blocks, p.space, obs, points), rows)
	}
	width := p.inputs + b.prefix
	b.in = sized(b.in, rows*width)
	for row, point := range points {
		in := b.in[row*width : (row+1)*width]
		copy(in, obs[row*p.inputs:(row+1)*p.inputs])
		if b.prefix > 0 {
			p.prefix = p.space.AppendFeatures(p.prefix[:0], point)
			copy(in[p.inputs:], p.prefix)
		}
	}
	return b.net.Forward(b.in, rows)
}

func sized(old []float64, length int) []float64 {
	if cap(old) < length {
		return make([]float64, length)
	}
	return old[:length]
}
