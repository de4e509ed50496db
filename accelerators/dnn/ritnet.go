package dnn

import "fmt"

// RITNet returns the eye segmentation network of Chaudhary et al. (2019) on a grey image of 160×100: five down blocks with dense connections, four up blocks
// with skips, 32 channels throughout, four classes.
func RITNet() Network {
	b := NewBuilder("es", Shape{160, 100, 1})
	x := NetworkInput
	var skips []int
	for i := range 5 {
		if i > 0 {
			x = b.Pool(fmt.Sprintf("pool%d", i), 2, 2, 0, x)
		}
		x = denseDown(b, fmt.Sprintf("down%d", i+1), x)
		skips = append(skips, x)
	}
	for i := range 4 {
		skip := skips[3-i]
		s := b.Shape(skip)
		up := b.Pick(fmt.Sprintf("enlarge%d", i+1), Shape{s.Height, s.Width, b.Shape(x).Channels}, 0, x)
		x = denseUp(b, fmt.Sprintf("up%d", i+1), skip, up)
	}
	b.Conv("classes", Filter{Filters: 4, Kernel: 1, Bias: true}, x)
	return published(b)
}

const ritnetWidth = 32

// ritnetConv is a convolution with biases.
func ritnetConv(b *Builder, name string, kernel int, in ...int) int {
	return b.Conv(name, Filter{Filters: ritnetWidth, Kernel: kernel, Pad: kernel / 2, Bias: true}, in...)
}

// denseDown appends three 3×3 convolutions, the second and third after a 1×1 on all that came before, and a normalisation.
func denseDown(b *Builder, name string, in int) int {
	first := ritnetConv(b, name+".conv1", 3, in)
	second := ritnetConv(b, name+".conv22", 3, ritnetConv(b, name+".conv21", 1, in, first))
	third := ritnetConv(b, name+".conv32", 3, ritnetConv(b, name+".conv31", 1, in, first, second))
	return b.Norm(name+".bn", third)
}

// denseUp appends two 3×3 convolutions, each after a 1×1 on the enlarged map, the skip and what came before.
func denseUp(b *Builder, name string, skip, up int) int {
	first := ritnetConv(b, name+".conv12", 3, ritnetConv(b, name+".conv11", 1, up, skip))
	return ritnetConv(b, name+".conv22", 3, ritnetConv(b, name+".conv21", 1, up, skip, first))
}
