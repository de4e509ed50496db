package nas

import (
	"fmt"
	"strconv"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/env/space"
)

// STL10 is 96×96 images of 10 classes (A. Coates et al., AISTATS 2011).
func STL10() Dataset { return Dataset{Name: "stl10", Pixels: 96, Classes: 10} }

// ResNet9 is NASAIC's space of residual networks: the filters of the stem, and of each block its filters and its further convolutions, which a shortcut
// bridges. On STL-10 the number of blocks is an axis, too.
type ResNet9 struct {
	space   space.Space
	dataset Dataset
	stride  int // of the stem
	least   int // blocks that every network has
	most    int
}

// NewResNet9 is the space for CIFAR-10: three blocks of 32 to 256 filters, 5,184 networks.
func NewResNet9() (*ResNet9, error) {
	return newResNet9(CIFAR10(), 1, [][]float64{{32, 64, 128, 256}, {32, 64, 128, 256}, {32, 64, 128, 256}}, 3)
}

// NewResNet9STL is the space for STL-10: three to five blocks, the filters of which may double from block to block up to 512; the stem halves the image.
func NewResNet9STL() (*ResNet9, error) {
	return newResNet9(STL10(), 2, [][]float64{{8, 16, 32}, {16, 32, 64}, {32, 64, 128}, {64, 128, 256}, {128, 256, 512}}, 3)
}

// newResNet9 makes a space; filters lists the choices of each block.
func newResNet9(d Dataset, stride int, filters [][]float64, least int) (*ResNet9, error) {
	var params []space.Param
	if least < len(filters) {
		blocks := space.Param{Name: "blocks", Doc: "residual blocks", Group: "network", Kind: space.Ordinal}
		for n := least; n <= len(filters); n++ {
			blocks.Values = append(blocks.Values, float64(n))
		}
		params = append(params, blocks)
	}
	params = append(params, space.Param{Name: "fn0", Doc: "filters of the stem", Group: "network", Kind: space.Ordinal, Values: []float64{8, 16, 32}, Log: true})
	for i, choices := range filters {
		block := i + 1
		var when []space.Cond
		if block > least {
			when = []space.Cond{{Param: "blocks", In: numbersFrom(block, len(filters))}}
		}
		params = append(params,
			space.Param{Name: fmt.Sprintf("fn%d", block), Doc: fmt.Sprintf("filters of block %d", block), Group: "network", Kind: space.Ordinal, Values: choices, Log: true, When: when},
			space.Param{Name: fmt.Sprintf("sk%d", block), Doc: fmt.Sprintf("convolutions of block %d that a shortcut bridges", block), Group: "network", Kind: space.Ordinal, Values: []float64{0, 1, 2}, When: when})
	}
	s, err := space.New(params...)
	if err != nil {
		return nil, err
	}
	return &ResNet9{space: s, dataset: d, stride: stride, least: least, most: len(filters)}, nil
}

// numbersFrom lists the numbers of a range as the levels of an axis are named.
func numbersFrom(first, last int) (names []string) {
	for n := first; n <= last; n++ {
		names = append(names, strconv.Itoa(n))
	}
	return names
}

// Space implements SearchSpace.
func (r *ResNet9) Space() space.Space { return r.space }

// Canonical implements SearchSpace: networks of different points differ.
func (r *ResNet9) Canonical(p space.Point) space.Point { return r.space.Canonical(p) }

// Dataset is what the networks classify.
func (r *ResNet9) Dataset() Dataset { return r.dataset }

// Best is the network that NASAIC's plain search finds on CIFAR-10, <32, 128, 2, 256, 2, 256, 2>, and on STL-10, where the paper names none, the largest.
func (r *ResNet9) Best() space.Point {
	if r.least < r.most {
		return last(r.space)
	}
	return space.Point{2, 2, 2, 3, 2, 3, 2}
}

// last is the point of the last levels.
func last(s space.Space) space.Point {
	p := make(space.Point, s.Len())
	for axis := range p {
		p[axis] = s.Levels(axis) - 1
	}
	return p
}

// Decode implements SearchSpace.
func (r *ResNet9) Decode(p space.Point) (dnn.Network, error) {
	if err := r.space.Check(p); err != nil {
		return dnn.Network{}, fmt.Errorf("nas: resnet9: %w", err)
	}
	value := func(axis int) int { return int(r.space.Param(axis).Values[p[axis]]) }
	axis, blocks := 0, r.most
	if r.least < r.most {
		blocks = value(0)
		axis++
	}
	b := dnn.NewBuilder("resnet9-"+r.dataset.Name, dnn.Shape{Height: r.dataset.Pixels, Width: r.dataset.Pixels, Channels: 3})
	x := convNorm(b, "stem", dnn.Filter{Filters: value(axis), Kernel: 3, Stride: r.stride, Pad: 1}, dnn.NetworkInput)
	for block := range blocks {
		filters, further := value(axis+1+2*block), value(axis+2+2*block)
		name := fmt.Sprintf("block%d", block+1)
		x = convNorm(b, name, dnn.Filter{Filters: filters, Kernel: 3, Pad: 1}, x)
		x = b.Pool(name+".pool", 2, 2, 0, x)
		shortcut := x
		for i := range further {
			x = convNorm(b, fmt.Sprintf("%s.residual%d", name, i+1), dnn.Filter{Filters: filters, Kernel: 3, Pad: 1}, x)
		}
		if further > 0 {
			x = b.Add(name+".add", x, shortcut)
		}
	}
	b.Dense("classes", r.dataset.Classes, b.GlobalPool("mean", x))
	return b.Network()
}
