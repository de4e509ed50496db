package dnn

import "fmt"

// SparseDepth returns the depth completion network of Ma and Karaman (2018) for roads, on a colour image with sparse depths of 228×912: ResNet-18 and four UpProj blocks.
func SparseDepth() Network {
	b := NewBuilder("dr", Shape{228, 912, 4})
	x := convNorm(b, "conv1", Filter{Filters: 64, Kernel: 7, Stride: 2, Pad: 3}, NetworkInput)
	x = b.Pool("maxpool", 3, 2, 1, x)
	for i := range 8 {
		stride := 1
		if i > 0 && i%2 == 0 {
			stride = 2
		}
		x = shortcut(b, fmt.Sprintf("stage%d.block%d", i/2+1, i%2+1), 64<<(i/2), stride, x, basicBlock)
	}
	x = convNorm(b, "conv2", Filter{Filters: 256, Kernel: 1}, x)
	for i := range 4 {
		x = upProject(b, fmt.Sprintf("up%d", i+1), 128>>i, x)
	}
	x = b.Conv("conv3", Filter{Filters: 1, Kernel: 3, Pad: 1}, x)
	b.Pick("enlarge", Shape{228, 912, 1}, 0, x)
	return published(b)
}

// upProject appends a doubling of the map with zeros between, two convolutions, and a shortcut of one.
func upProject(b *Builder, name string, filters, in int) int {
	s := b.Shape(in)
	up := b.Pick(name+".unpool", Shape{2 * s.Height, 2 * s.Width, s.Channels}, 0, in)
	x := convNorm(b, name+".conv1", Filter{Filters: filters, Kernel: 5, Pad: 2}, up)
	x = convNorm(b, name+".conv2", Filter{Filters: filters, Kernel: 3, Pad: 1}, x)
	return b.Add(name+".add", x, convNorm(b, name+".shortcut", Filter{Filters: filters, Kernel: 5, Pad: 2}, up))
}
