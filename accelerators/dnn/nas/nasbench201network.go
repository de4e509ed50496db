package nas

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/env/space"
)

// Decode implements SearchSpace.
func (n *NASBench201) Decode(p space.Point) (dnn.Network, error) {
	if err := n.space.Check(p); err != nil {
		return dnn.Network{}, fmt.Errorf("nas: nb201: %w", err)
	}
	cell := n.Cell(p)
	b := dnn.NewBuilder("nb201-"+n.Text(p)[0], dnn.Shape{Height: n.data.Pixels, Width: n.data.Pixels, Channels: 3})
	x := convNorm(b, "stem", dnn.Filter{Filters: cellStem, Kernel: 3, Pad: 1}, dnn.NetworkInput)
	for stage := range cellStages {
		if stage > 0 {
			x = reduction(b, fmt.Sprintf("reduction%d", stage), cellStem<<stage, x)
		}
		for i := range cellRepeat {
			x = cell.append(b, fmt.Sprintf("stage%d.cell%d", stage+1, i+1), x)
		}
	}
	x = b.Norm("norm", x)
	x = b.GlobalPool("avgpool", x)
	b.Dense("fc", n.data.Classes, x)
	return b.Network()
}

// append appends the layers of one cell, those on dead edges too, and returns what node 3 is read from.
func (c Cell) append(b *dnn.Builder, name string, in int) int {
	channels := b.Shape(in).Channels
	nodes := [cellNodes]int{in}
	for to := 1; to < cellNodes; to++ {
		var summands []int
		for i, e := range CellEdges() {
			if e.To != to {
				continue
			}
			edge := fmt.Sprintf("%s.edge%d_%d", name, e.From, e.To)
			switch c[i] {
			case Skip:
				summands = append(summands, nodes[e.From])
			case Conv1x1:
				summands = append(summands, convNorm(b, edge, dnn.Filter{Filters: channels, Kernel: 1}, nodes[e.From]))
			case Conv3x3:
				summands = append(summands, convNorm(b, edge, dnn.Filter{Filters: channels, Kernel: 3, Pad: 1}, nodes[e.From]))
			case Pool3x3:
				summands = append(summands, b.Pool(edge, 3, 1, 1, nodes[e.From]))
			}
		}
		node := fmt.Sprintf("%s.node%d", name, to)
		switch len(summands) {
		case 0:
			nodes[to] = b.Pick(node+".zeros", b.Shape(in), 0, in)
		case 1:
			nodes[to] = summands[0]
		default:
			nodes[to] = b.Add(node+".add", summands...)
		}
	}
	return nodes[cellNodes-1]
}

// reduction appends the residual block between stages: two 3×3 convolutions, the first of stride 2, beside a pool and a 1×1 convolution.
func reduction(b *dnn.Builder, name string, width, in int) int {
	x := convNorm(b, name+".conv1", dnn.Filter{Filters: width, Kernel: 3, Stride: 2, Pad: 1}, in)
	x = convNorm(b, name+".conv2", dnn.Filter{Filters: width, Kernel: 3, Pad: 1}, x)
	short := b.Pool(name+".pool", 2, 2, 0, in)
	short = b.Conv(name+".shortcut", dnn.Filter{Filters: width, Kernel: 1}, short)
	return b.Add(name+".add", x, short)
}

// convNorm appends a convolution without biases and its normalisation.
func convNorm(b *dnn.Builder, name string, f dnn.Filter, in ...int) int {
	return b.Norm(name+".norm", b.Conv(name+".conv", f, in...))
}
