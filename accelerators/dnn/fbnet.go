package dnn

import "fmt"

// FBNetC returns FBNet-C of Wu et al. (2019) on an image of 160×100: the searched blocks of their figure 4, the narrowest ones without expansion.
func FBNetC() Network { return fbnetC("ge", Shape{160, 100, 3}) }

func fbnetC(name string, in Shape) Network {
	b := NewBuilder(name, in)
	x := convNorm(b, "stem", Filter{Filters: 16, Kernel: 3, Stride: 2, Pad: 1}, NetworkInput)
	for i, s := range []stage{
		{1, 3, 16, 1, 1}, {6, 3, 24, 1, 2}, {1, 3, 24, 2, 1}, {6, 5, 32, 1, 2}, {3, 5, 32, 1, 1}, {6, 5, 32, 1, 1}, {6, 3, 32, 1, 1},
		{6, 5, 64, 1, 2}, {3, 5, 64, 1, 1}, {6, 5, 64, 2, 1}, {6, 5, 112, 3, 1}, {3, 5, 112, 1, 1}, {6, 5, 184, 4, 2}, {6, 3, 352, 1, 1},
	} {
		x = blocks(b, fmt.Sprintf("stage%d", i+1), s, x)
	}
	x = convNorm(b, "last", Filter{Filters: 1984, Kernel: 1}, x)
	b.Dense("fc", 1000, b.GlobalPool("mean", x))
	return published(b)
}

// blocks appends the inverted residual blocks of a stage.
func blocks(b *Builder, name string, s stage, x int) int {
	for i := range s.repeats {
		stride := 1
		if i == 0 {
			stride = s.stride
		}
		x = invertedResidual(b, fmt.Sprintf("%s.block%d", name, i+1), s, stride, 0, x)
	}
	return x
}
