package dnn

import "fmt"

// VGG16 returns configuration D of Simonyan and Zisserman (2015): 13 convolutions of 3×3 in five stages, each followed by a pooling, and
// three fully connected layers.
func VGG16() Network {
	b := NewBuilder("vgg16", Shape{224, 224, 3})
	x := NetworkInput
	for stage, s := range []struct{ count, width int }{{2, 64}, {2, 128}, {3, 256}, {3, 512}, {3, 512}} {
		for i := range s.count {
			x = b.Conv(fmt.Sprintf("conv%d_%d", stage+1, i+1), Filter{Filters: s.width, Kernel: 3, Pad: 1, Bias: true}, x)
		}
		x = b.Pool(fmt.Sprintf("pool%d", stage+1), 2, 2, 0, x)
	}
	x = b.Dense("fc6", 4096, x)
	x = b.Dense("fc7", 4096, x)
	b.Dense("fc8", 1000, x)
	return published(b)
}
