package dnn

import "fmt"

// fbnetBlock is an inverted residual block with squeeze-and-excitation to a quarter of its width.
type fbnetBlock struct {
	wide, kernel, out, stride int
	squeeze                   bool
	repeats                   int // the stride is the first one's
}

// D2Go returns the Faster R-CNN of D2Go with the FBNetV3-A trunk on an image of 224×299: trunk, proposal network, and the head on one proposal of 6×6.
func D2Go() Network {
	b := NewBuilder("od", Shape{224, 299, 3})
	x := convNorm(b, "stem", Filter{Filters: 16, Kernel: 3, Stride: 2, Pad: 1}, NetworkInput)
	for i, f := range []fbnetBlock{
		{16, 3, 16, 1, false, 2}, {64, 5, 24, 2, false, 1}, {72, 5, 24, 1, false, 3}, {96, 5, 32, 2, true, 1}, {96, 3, 32, 1, true, 3},
		{128, 5, 64, 2, false, 1}, {192, 3, 64, 1, false, 3}, {256, 5, 112, 1, true, 1}, {336, 5, 112, 1, true, 10},
	} {
		x = fbnetBlocks(b, fmt.Sprintf("trunk%d", i+1), f, x)
	}
	proposals := convNorm(b, "rpn", Filter{Filters: 112, Kernel: 1}, x)
	b.Conv("rpn.object", Filter{Filters: 15, Kernel: 1, Bias: true}, proposals)
	b.Conv("rpn.box", Filter{Filters: 60, Kernel: 1, Bias: true}, proposals)

	x = b.Pick("roi", Shape{6, 6, 112}, 0, x)
	for i, f := range []fbnetBlock{{448, 5, 184, 2, true, 1}, {736, 3, 184, 1, true, 4}, {1104, 5, 200, 1, true, 1}} {
		x = fbnetBlocks(b, fmt.Sprintf("head%d", i+1), f, x)
	}
	x = b.GlobalPool("head.mean", x)
	b.Dense("head.class", 81, x)
	b.Dense("head.box", 320, x)
	return published(b)
}

// fbnetBlocks appends a block so many times.
func fbnetBlocks(b *Builder, name string, f fbnetBlock, x int) int {
	for i := range f.repeats {
		stride := 1
		if i == 0 {
			stride = f.stride
		}
		x = f.append(b, fmt.Sprintf("%s.block%d", name, i+1), stride, x)
	}
	return x
}

// append appends one block.
func (f fbnetBlock) append(b *Builder, name string, stride, in int) int {
	x := in
	if f.wide != b.Shape(in).Channels {
		x = convNorm(b, name+".expand", Filter{Filters: f.wide, Kernel: 1}, x)
	}
	x = convNorm(b, name+".depthwise", Filter{Filters: f.wide, Kernel: f.kernel, Stride: stride, Pad: f.kernel / 2, Groups: f.wide}, x)
	if f.squeeze {
		x = squeezeExcite(b, name+".se", f.wide/4, x)
	}
	x = convNorm(b, name+".project", Filter{Filters: f.out, Kernel: 1}, x)
	if b.Shape(x) == b.Shape(in) {
		x = b.Add(name+".add", x, in)
	}
	return x
}
