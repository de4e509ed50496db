package dnn

// SqueezeNet returns SqueezeNet 1.0 of Iandola et al. (2016): eight fire modules between two convolutions, no fully connected layer.
func SqueezeNet() Network {
	b := NewBuilder("squeezenet", Shape{224, 224, 3})
	x := b.Conv("conv1", Filter{Filters: 96, Kernel: 7, Stride: 2, Bias: true}, NetworkInput) // 109
	in := []int{b.Pool("pool1", 3, 2, 0, x)}                                                  // 54
	in = fire(b, "fire2", 16, 64, in)
	in = fire(b, "fire3", 16, 64, in)
	in = fire(b, "fire4", 32, 128, in)
	in = []int{b.Append(ceilPool("pool4", 3, in...))} // 27
	in = fire(b, "fire5", 32, 128, in)
	in = fire(b, "fire6", 48, 192, in)
	in = fire(b, "fire7", 48, 192, in)
	in = fire(b, "fire8", 64, 256, in)
	in = []int{b.Pool("pool8", 3, 2, 0, in...)} // 13
	in = fire(b, "fire9", 64, 256, in)
	x = b.Conv("conv10", Filter{Filters: 1000, Kernel: 1, Bias: true}, in...)
	b.GlobalPool("avgpool", x)
	return published(b)
}

// fire appends a module: a 1×1 convolution that squeezes, and a 1×1 and a 3×3 side by side that expand.
func fire(b *Builder, name string, squeeze, expand int, in []int) []int {
	x := b.Conv(name+".squeeze", Filter{Filters: squeeze, Kernel: 1, Bias: true}, in...)
	return []int{
		b.Conv(name+".expand1x1", Filter{Filters: expand, Kernel: 1, Bias: true}, x),
		b.Conv(name+".expand3x3", Filter{Filters: expand, Kernel: 3, Pad: 1, Bias: true}, x),
	}
}
