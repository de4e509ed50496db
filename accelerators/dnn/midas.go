package dnn

import "fmt"

// MiDaSSmall returns MiDaS v2.1 small on an image of 192×256: EfficientNet-Lite3, and a decoder that fuses its four scales from the coarsest to the finest.
func MiDaSSmall() Network {
	b := NewBuilder("de", Shape{192, 256, 3})
	x := convNorm(b, "stem", Filter{Filters: 32, Kernel: 3, Stride: 2, Pad: 1}, NetworkInput)
	var scales []int
	for i, s := range []stage{
		{1, 3, 24, 1, 1}, {6, 3, 32, 3, 2}, {6, 5, 48, 3, 2}, {6, 3, 96, 5, 2}, {6, 5, 136, 5, 1}, {6, 5, 232, 6, 2}, {6, 3, 384, 1, 1},
	} {
		x = blocks(b, fmt.Sprintf("stage%d", i+1), s, x)
		if i == 1 || i == 2 || i == 4 || i == 6 {
			scales = append(scales, x)
		}
	}
	for i, in := range scales {
		scales[i] = b.Conv(fmt.Sprintf("layer%d", i+1), Filter{Filters: 64 << i, Kernel: 3, Pad: 1}, in)
	}
	x = scales[3]
	for i := 3; i >= 0; i-- {
		name := fmt.Sprintf("fusion%d", i+1)
		if i < 3 {
			x = b.Add(name+".add", x, residualUnit(b, name+".skip", scales[i]))
		}
		x = residualUnit(b, name+".unit", x)
		s := b.Shape(x)
		x = b.Pick(name+".enlarge", Shape{2 * s.Height, 2 * s.Width, s.Channels}, 0, x)
		x = b.Conv(name+".out", Filter{Filters: max(64, s.Channels/2), Kernel: 1, Bias: true}, x)
	}
	x = b.Conv("head1", Filter{Filters: 32, Kernel: 3, Pad: 1, Bias: true}, x)
	x = b.Pick("head.enlarge", Shape{192, 256, 32}, 0, x)
	x = b.Conv("head2", Filter{Filters: 32, Kernel: 3, Pad: 1, Bias: true}, x)
	b.Conv("depth", Filter{Filters: 1, Kernel: 1, Bias: true}, x)
	return published(b)
}

// midasUnused is a residual unit of 512 channels in the coarsest fusion block, which has nothing to add.
const midasUnused = 2 * (512*512*9 + 512)

// residualUnit appends two 3×3 convolutions and the sum with their input.
func residualUnit(b *Builder, name string, in int) int {
	f := Filter{Filters: b.Shape(in).Channels, Kernel: 3, Pad: 1, Bias: true}
	x := b.Conv(name+".conv2", f, b.Conv(name+".conv1", f, in))
	return b.Add(name+".add", x, in)
}
