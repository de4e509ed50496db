package nas

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/env/space"
)

// Nuclei is crops of the microscope images of the Data Science Bowl of 2018: which pixels are nuclei. The size of a crop is the project's choice.
func Nuclei() Dataset { return Dataset{Name: "nuclei", Pixels: 48, Classes: 1} }

// unetLevels is the most levels of a U-Net of the space.
const unetLevels = 5

// UNet is NASAIC's space of segmentation networks: how often the image is halved, and the filters of each level.
type UNet struct{ space space.Space }

// NewUNet is that space: one to five levels of 4 to 256 filters, 363 networks.
func NewUNet() (*UNet, error) {
	height := space.Param{Name: "height", Doc: "levels of the contracting path", Group: "network", Kind: space.Ordinal}
	params := []space.Param{height}
	for level := range unetLevels {
		params[0].Values = append(params[0].Values, float64(level+1))
		fn := space.Param{
			Name: fmt.Sprintf("fn%d", level+1), Doc: fmt.Sprintf("filters of level %d", level+1), Group: "network", Kind: space.Ordinal,
			Values: []float64{math.Ldexp(4, level), math.Ldexp(8, level), math.Ldexp(16, level)}, Log: true,
		}
		if level > 0 {
			fn.When = []space.Cond{{Param: "height", In: numbersFrom(level+1, unetLevels)}}
		}
		params = append(params, fn)
	}
	s, err := space.New(params...)
	if err != nil {
		return nil, err
	}
	return &UNet{space: s}, nil
}

// Space implements SearchSpace.
func (u *UNet) Space() space.Space { return u.space }

// Canonical implements SearchSpace: networks of different points differ.
func (u *UNet) Canonical(p space.Point) space.Point { return u.space.Canonical(p) }

// Dataset is what the networks segment.
func (u *UNet) Dataset() Dataset { return Nuclei() }

// Best is the largest network: the paper names none.
func (u *UNet) Best() space.Point { return last(u.space) }

// Decode implements SearchSpace.
func (u *UNet) Decode(p space.Point) (dnn.Network, error) {
	if err := u.space.Check(p); err != nil {
		return dnn.Network{}, fmt.Errorf("nas: unet: %w", err)
	}
	levels := p[0] + 1
	filters := func(level int) int { return int(u.space.Param(level + 1).Values[p[level+1]]) }
	d := u.Dataset()
	b := dnn.NewBuilder("unet-"+d.Name, dnn.Shape{Height: d.Pixels, Width: d.Pixels, Channels: 3})
	twice := func(name string, level int, in ...int) int {
		f := dnn.Filter{Filters: filters(level), Kernel: 3, Pad: 1}
		return convNorm(b, name+".second", f, convNorm(b, name+".first", f, in...))
	}
	x := dnn.NetworkInput
	skips := make([]int, levels)
	for level := range levels {
		name := fmt.Sprintf("down%d", level+1)
		if level > 0 {
			x = b.Pool(name+".pool", 2, 2, 0, x)
		}
		x = twice(name, level, x)
		skips[level] = x
	}
	for level := levels - 2; level >= 0; level-- {
		name := fmt.Sprintf("up%d", level+1)
		x = b.TransposedConv(name+".upconv", dnn.Filter{Filters: filters(level), Kernel: 2, Stride: 2, Bias: true}, x)
		x = twice(name, level, skips[level], x)
	}
	b.Conv("classes", dnn.Filter{Filters: d.Classes, Kernel: 1, Bias: true}, x)
	return b.Network()
}
