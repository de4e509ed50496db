package dnn

import "fmt"

// KeywordRes8 returns res8-narrow of Tang and Lin (2018): a convolution, a pooling, three residual blocks of 19 maps, 12 words.
func KeywordRes8() Network {
	b := NewBuilder("kd", Shape{98, 40, 1})
	x := b.Conv("conv0", Filter{Filters: 19, Kernel: 3, Pad: 1}, NetworkInput)
	x = b.Append(Layer{Name: "pool", Op: Pool, Inputs: []int{x}, KernelHeight: 4, KernelWidth: 3, StrideHeight: 4, StrideWidth: 3})
	for i := range 3 {
		name := fmt.Sprintf("block%d", i+1)
		y := b.Map(name+".bn1", b.Conv(name+".conv1", Filter{Filters: 19, Kernel: 3, Pad: 1}, x))
		y = b.Map(name+".bn2", b.Conv(name+".conv2", Filter{Filters: 19, Kernel: 3, Pad: 1}, y))
		x = b.Add(name+".add", y, x)
	}
	b.Dense("words", 12, b.GlobalPool("mean", x))
	return published(b)
}
