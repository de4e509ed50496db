package dnn

// GoogLeNet returns the network of Szegedy et al. (2015) as torchvision ships it: batch normalisation after every convolution, the 5×5 branch of
// an inception module computed with a 3×3 kernel (a quirk of the port that its published totals include), no auxiliary classifiers, which
// only training uses.
func GoogLeNet() Network {
	b := NewBuilder("googlenet", Shape{224, 224, 3})
	x := convNorm(b, "conv1", Filter{Filters: 64, Kernel: 7, Stride: 2, Pad: 3}, NetworkInput)
	x = b.Append(ceilPool("pool1", 3, x)) // 112 → 56
	x = convNorm(b, "conv2", Filter{Filters: 64, Kernel: 1}, x)
	x = convNorm(b, "conv3", Filter{Filters: 192, Kernel: 3, Pad: 1}, x)
	in := []int{b.Append(ceilPool("pool2", 3, x))} // 56 → 28
	for _, m := range inceptions() {
		if m.pool > 0 {
			in = []int{b.Append(ceilPool("inception"+m.name+".downsample", m.pool, in...))}
		}
		in = inception(b, "inception"+m.name, m, in)
	}
	height := b.Shape(in[0]).Height
	x = b.Append(Layer{Name: "avgpool", Op: Pool, Inputs: in, KernelHeight: height, KernelWidth: height})
	b.Dense("fc", 1000, x)
	return published(b)
}

// inceptionSizes are the filters of a module's branches. pool is the window of the max pooling before it, 0 for none.
type inceptionSizes struct {
	name                         string
	pool                         int
	one, narrow3, three, narrow5 int
	five, project                int
}

// inceptions lists the modules of table 1 of the paper.
func inceptions() []inceptionSizes {
	return []inceptionSizes{
		{"3a", 0, 64, 96, 128, 16, 32, 32},
		{"3b", 0, 128, 128, 192, 32, 96, 64},
		{"4a", 3, 192, 96, 208, 16, 48, 64},
		{"4b", 0, 160, 112, 224, 24, 64, 64},
		{"4c", 0, 128, 128, 256, 24, 64, 64},
		{"4d", 0, 112, 144, 288, 32, 64, 64},
		{"4e", 0, 256, 160, 320, 32, 128, 128},
		{"5a", 2, 256, 160, 320, 32, 128, 128},
		{"5b", 0, 384, 192, 384, 48, 128, 128},
	}
}

// inception appends the four branches of a module, which the next layer reads side by side along the channels.
func inception(b *Builder, name string, m inceptionSizes, in []int) []int {
	branch := func(name string, f Filter, in ...int) int { return b.Norm(name+".bn", b.Conv(name, f, in...)) }
	one := branch(name+".branch1", Filter{Filters: m.one, Kernel: 1}, in...)
	three := branch(name+".branch2.reduce", Filter{Filters: m.narrow3, Kernel: 1}, in...)
	three = branch(name+".branch2", Filter{Filters: m.three, Kernel: 3, Pad: 1}, three)
	five := branch(name+".branch3.reduce", Filter{Filters: m.narrow5, Kernel: 1}, in...)
	five = branch(name+".branch3", Filter{Filters: m.five, Kernel: 3, Pad: 1}, five)
	project := branch(name+".branch4", Filter{Filters: m.project, Kernel: 1}, b.Pool(name+".branch4.pool", 3, 1, 1, in...))
	return []int{one, three, five, project}
}

// ceilPool is a max pooling of stride 2 on an even map whose output size rounds up: the last window of 3 hangs over the edge.
func ceilPool(name string, kernel int, in ...int) Layer {
	l := Layer{Name: name, Op: Pool, Inputs: in, KernelHeight: kernel, KernelWidth: kernel, StrideHeight: 2, StrideWidth: 2}
	l.PadBottom, l.PadRight = kernel-2, kernel-2
	return l
}
