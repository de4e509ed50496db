package dnn

// EDTCN returns the encoder-decoder temporal network of Lea et al. (2017) with two levels, for 668 steps of 128 features.
func EDTCN() Network {
	b := NewBuilder("as", Shape{668, 1, 128})
	x := temporal(b, "encode1", 64, NetworkInput)
	x = b.Append(Layer{Name: "pool1", Op: Pool, Inputs: []int{x}, KernelHeight: 2, KernelWidth: 1, StrideHeight: 2, StrideWidth: 1})
	x = temporal(b, "encode2", 96, x)
	x = b.Append(Layer{Name: "pool2", Op: Pool, Inputs: []int{x}, KernelHeight: 2, KernelWidth: 1, StrideHeight: 2, StrideWidth: 1})
	x = b.Pick("up1", Shape{334, 1, 96}, 0, x)
	x = temporal(b, "decode1", 96, x)
	x = b.Pick("up2", Shape{668, 1, 96}, 0, x)
	x = temporal(b, "decode2", 64, x)
	b.Map("softmax", b.Linear("classify", 48, x))
	return published(b)
}

// temporal appends a convolution over 25 steps.
func temporal(b *Builder, name string, filters, in int) int {
	return b.Append(Layer{Name: name, Op: Conv, Inputs: []int{in}, Filters: filters, KernelHeight: 25, KernelWidth: 1, PadTop: 12, PadBottom: 12, Bias: true})
}
