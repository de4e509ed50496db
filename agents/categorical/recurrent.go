package categorical

import (
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// cell is the memory of a recurrent policy: a long short-term memory that takes one step a block. Its linear maps are nets, which keep the gradients; the
// gates between them are written out here.
type cell struct {
	width  int
	inputs int       // of an observation
	gates  *nn.Net   // observation, embedding of the last choice, last output -> input, forget, candidate and output gate
	embeds []*nn.Net // the choice of each block but the last, one input a level -> width
	steps  []step
	dh, dc []float64 // gradients by the output and the state of a step, of the steps behind it
	dGates []float64
}

// step is what one step keeps for the way back; rows of each.
type step struct {
	choice []float64 // of the block: 1 at its level, nothing where the axis is inactive
	in     []float64 // of the gates
	acts   []float64 // gates after their activations
	c, tc  []float64 // state and its tanh
	h      []float64 // output
}

// numGates counts the four parts of the gates' outputs, in this order: input, forget, candidate, output.
const numGates = 4

func newCell(width, inputs int, blocks []block, rng *rand.Rand) *cell {
	c := &cell{width: width, inputs: inputs, steps: make([]step, len(blocks))}
	c.gates = nn.New(nn.Shape{Inputs: inputs + 2*width, Outputs: numGates * width}, rng)
	forget := c.gates.OutputBias()[width : 2*width]
	for i := range forget {
		forget[i] = 1 // remember at first (R. Jozefowicz et al., ICML 2015)
	}
	for i := range len(blocks) - 1 {
		c.embeds = append(c.embeds, nn.New(nn.Shape{Inputs: blocks[i].heads[0].levels, Outputs: width}, rng))
	}
	return c
}

// forward takes the step of block i for rows of observations and points, whose earlier axes are chosen, and returns the outputs.
func (c *cell) forward(i int, blocks []block, s space.Space, obs []float64, points []space.Point) []float64 {
	rows, width, wide := len(points), c.width, c.inputs+2*c.width
	now := &c.steps[i]
	now.in, now.acts = sized(now.in, rows*wide), sized(now.acts, rows*numGates*width)
	now.c, now.tc, now.h = sized(now.c, rows*width), sized(now.tc, rows*width), sized(now.h, rows*width)
	var embedded []float64
	if i > 0 {
		embedded = c.embed(i-1, blocks[i-1].heads[0], s, points)
	}
	for row := range rows {
		in := now.in[row*wide : (row+1)*wide]
		copy(in, obs[row*c.inputs:(row+1)*c.inputs])
		if i == 0 {
			clear(in[c.inputs:])
			continue
		}
		copy(in[c.inputs:], embedded[row*width:(row+1)*width])
		copy(in[c.inputs+width:], c.steps[i-1].h[row*width:(row+1)*width])
	}
	z := c.gates.Forward(now.in, rows)
	for row := range rows {
		part := z[row*numGates*width : (row+1)*numGates*width]
		acts := now.acts[row*numGates*width : (row+1)*numGates*width]
		for k := range width {
			in, forget, candidate, out := sigmoid(part[k]), sigmoid(part[width+k]), math.Tanh(part[2*width+k]), sigmoid(part[3*width+k])
			acts[k], acts[width+k], acts[2*width+k], acts[3*width+k] = in, forget, candidate, out
			at := row*width + k
			now.c[at] = in * candidate
			if i > 0 {
				now.c[at] += forget * c.steps[i-1].c[at]
			}
			now.tc[at] = math.Tanh(now.c[at])
			now.h[at] = out * now.tc[at]
		}
	}
	return now.h
}

// embed maps what was chosen for a block.
func (c *cell) embed(i int, h head, s space.Space, points []space.Point) []float64 {
	last := &c.steps[i]
	last.choice = sized(last.choice, len(points)*h.levels)
	clear(last.choice)
	for row, point := range points {
		if s.Active(point, h.axis) {
			last.choice[row*h.levels+point[h.axis]] = 1
		}
	}
	return c.embeds[i].Forward(last.choice, len(points))
}

// backward adds the gradients of step i, given those by its outputs through its block; steps go from the last to the first.
func (c *cell) backward(i, rows int, byOutput []float64) {
	width, now := c.width, &c.steps[i]
	if i == len(c.steps)-1 {
		c.dh, c.dc = sized(c.dh, rows*width), sized(c.dc, rows*width)
		clear(c.dh)
		clear(c.dc)
	}
	c.dGates = sized(c.dGates, rows*numGates*width)
	for row := range rows {
		acts := now.acts[row*numGates*width : (row+1)*numGates*width]
		d := c.dGates[row*numGates*width : (row+1)*numGates*width]
		for k := range width {
			at := row*width + k
			in, forget, candidate, out := acts[k], acts[width+k], acts[2*width+k], acts[3*width+k]
			dh := c.dh[at] + byOutput[at]
			dc := c.dc[at] + dh*out*(1-now.tc[at]*now.tc[at])
			before := 0.0
			if i > 0 {
				before = c.steps[i-1].c[at]
			}
			d[k] = dc * candidate * in * (1 - in)
			d[width+k] = dc * before * forget * (1 - forget)
			d[2*width+k] = dc * in * (1 - candidate*candidate)
			d[3*width+k] = dh * now.tc[at] * out * (1 - out)
			c.dc[at] = dc * forget
		}
	}
	c.gates.Forward(now.in, rows) // its scratch is that of the last step taken
	below := c.gates.BackwardToInputs(c.dGates)
	if i == 0 {
		return
	}
	wide := c.inputs + 2*width
	byEmbedding := c.dGates[:rows*width]
	for row := range rows {
		copy(byEmbedding[row*width:(row+1)*width], below[row*wide+c.inputs:])
		copy(c.dh[row*width:(row+1)*width], below[row*wide+c.inputs+width:])
	}
	c.embeds[i-1].Backward(byEmbedding)
}

// nets lists those of the cell.
func (c *cell) nets() []*nn.Net { return append([]*nn.Net{c.gates}, c.embeds...) }

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
