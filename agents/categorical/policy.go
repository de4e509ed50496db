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
		if len(p.blocks) == 0 || o.Form == Autoregressive {
			p.blocks = append(p.blocks, block{})
		}
		b := &p.blocks[len(p.blocks)-1]
		if o.Form == Autoregressive {
			b.prefix = features[axis]
		}
		ordered := o.Ordered && param.Kind == space.Ordinal && s.Levels(axis) > 2
		b.heads = append(b.heads, head{axis: axis, at: b.outputs(), levels: s.Levels(axis), ordered: ordered})
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
	return nets
}

// Tensors lists the parameters for a file, their names beginning with prefix.
func (p *Policy) Tensors(prefix string) []nn.Tensor {
	tensors := make([]nn.Tensor, len(p.blocks))
	for i, b := range p.blocks {
		tensors[i] = b.net.Tensor(fmt.Sprintf("%s%d", prefix, i))
	}
	return tensors
}

// observe writes the inputs of a block for one row.
func (p *Policy) observe(b *block, row int, obs []float64, point space.Point) {
	width := p.inputs + b.prefix
	in := b.in[row*width : (row+1)*width]
	copy(in, obs)
	if b.prefix > 0 {
		p.prefix = p.space.AppendFeatures(p.prefix[:0], point)
		copy(in[p.inputs:], p.prefix)
	}
}

// resize makes room for rows.
func (b *block) resize(rows, width int) {
	b.in = sized(b.in, rows*width)
	b.probs = sized(b.probs, rows*b.outputs())
	b.deltas = sized(b.deltas, rows*b.outputs())
}

func sized(old []float64, length int) []float64 {
	if cap(old) < length {
		return make([]float64, length)
	}
	return old[:length]
}
