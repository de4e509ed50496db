package nas

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/env/space"
)

const (
	macroDigits = "012"
	macroStem   = 32 // channels before the first stage; each stage doubles them
	macroHead   = 1280
)

// macroStages is the layers of each stage; the first layer of a stage halves the image and doubles the channels.
func macroStages() [3]int { return [3]int{2, 3, 3} }

// NASBenchMacro is the space of NAS-Bench-Macro: eight layers, each an identity or an inverted residual block, on CIFAR-10. An identity at the
// start of a stage is a 1×1 convolution of stride 2.
type NASBenchMacro struct{ space space.Space }

// NewNASBenchMacro is that space.
func NewNASBenchMacro() (*NASBenchMacro, error) {
	var params []space.Param
	for stage, layers := range macroStages() {
		for layer := range layers {
			params = append(params, space.Param{
				Name: fmt.Sprintf("stage%d_layer%d", stage+1, layer+1), Doc: fmt.Sprintf("block %d of stage %d", layer+1, stage+1), Group: "network",
				Kind: space.Nominal, Labels: []string{"identity", "mb3_k3", "mb6_k5"},
			})
		}
	}
	s, err := space.New(params...)
	if err != nil {
		return nil, err
	}
	return &NASBenchMacro{space: s}, nil
}

// Space implements SearchSpace: one nominal axis a layer.
func (n *NASBenchMacro) Space() space.Space { return n.space }

// Canonical implements SearchSpace.
func (n *NASBenchMacro) Canonical(p space.Point) space.Point {
	c := make(space.Point, len(p))
	start := 0
	for _, layers := range macroStages() {
		c[start] = p[start]
		at := start + 1
		for _, level := range p[start+1 : start+layers] {
			if level != 0 {
				c[at] = level
				at++
			}
		}
		start += layers
	}
	return c
}

// Decode implements SearchSpace.
func (n *NASBenchMacro) Decode(p space.Point) (dnn.Network, error) {
	if err := n.space.Check(p); err != nil {
		return dnn.Network{}, fmt.Errorf("nas: nbmacro: %w", err)
	}
	b := dnn.NewBuilder("nbmacro-"+n.Text(p)[0], dnn.Shape{Height: 32, Width: 32, Channels: 3})
	x := convNorm(b, "stem", dnn.Filter{Filters: macroStem, Kernel: 3, Pad: 1}, dnn.NetworkInput)
	channels, at := macroStem, 0
	for stage, layers := range macroStages() {
		channels *= 2
		for layer := range layers {
			stride := 1
			if layer == 0 {
				stride = 2
			}
			name := fmt.Sprintf("stage%d.layer%d", stage+1, layer+1)
			switch p[at] {
			case 0:
				if stride == 2 {
					x = convNorm(b, name, dnn.Filter{Filters: channels, Kernel: 1, Stride: 2}, x)
				}
			case 1:
				x = mobileBlock(b, name, block{expand: 3, kernel: 3, width: channels, stride: stride}, x)
			case 2:
				x = mobileBlock(b, name, block{expand: 6, kernel: 5, width: channels, stride: stride}, x)
			}
			at++
		}
	}
	x = convNorm(b, "head", dnn.Filter{Filters: macroHead, Kernel: 1}, x)
	x = b.GlobalPool("avgpool", x)
	b.Dense("fc", 10, x)
	return b.Network()
}

// Columns implements Named.
func (n *NASBenchMacro) Columns() []string { return []string{"arch"} }

// Text implements Named: the eight digits.
func (n *NASBenchMacro) Text(p space.Point) []string { return []string{digitText(p, macroDigits)} }

// Parse implements Named.
func (n *NASBenchMacro) Parse(fields ...string) (space.Point, error) {
	if len(fields) != 1 {
		return nil, fmt.Errorf("nas: nbmacro: %d fields: want 1, the digits", len(fields))
	}
	return parseDigits("nbmacro network", fields[0], macroDigits, n.space.Len())
}

// Chance implements Named: every network learns.
func (n *NASBenchMacro) Chance(space.Point) (percent float64, ok bool) { return 0, false }
