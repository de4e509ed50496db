package dnn

import "fmt"

// HandGraph returns the hand network of Ge et al. (2019) on an image of 128×128: two stacked hourglasses that give 21 heat maps each, a residual encoder, and a
// graph network from 80 to 320 to 1280 vertices.
func HandGraph() Network {
	b := NewBuilder("ht", Shape{128, 128, 3})
	x := convNorm(b, "stem", Filter{Filters: 64, Kernel: 7, Stride: 2, Pad: 3}, NetworkInput)
	x = preResidual(b, "stem.block1", 128, x)
	x = b.Pool("stem.pool", 2, 2, 0, x)
	x = preResidual(b, "stem.block2", 128, x)
	x = preResidual(b, "stem.block3", 256, x)
	for i := range 2 {
		name := fmt.Sprintf("hourglass%d", i+1)
		y := hourglass(b, name, 4, x)
		y = pair(b, name+".out", y)
		y = convNorm(b, name+".linear", Filter{Filters: 256, Kernel: 1}, y)
		heat := b.Conv(name+".heat", Filter{Filters: 21, Kernel: 1, Bias: true}, y)
		back := b.Conv(name+".back", Filter{Filters: 256, Kernel: 1, Bias: true}, heat)
		x = b.Add(name+".add", x, b.Conv(name+".keep", Filter{Filters: 256, Kernel: 1, Bias: true}, y), back)
	}
	for i := range 4 {
		x = pair(b, fmt.Sprintf("encoder%d", i+1), x)
		if i < 3 {
			x = b.Pool(fmt.Sprintf("encoder%d.pool", i+1), 2, 2, 0, x)
		}
	}
	x = b.Dense("feature", 512, x)
	mesh := b.Pick("mesh.80", Shape{80, 1, 64}, 0, b.Dense("mesh", 80*64, x))
	for _, level := range []struct{ vertices, features int }{{320, 32}, {1280, 32}} {
		name := fmt.Sprintf("mesh.%d", level.vertices)
		mesh = chebyshev(b, name+".conv", level.features, mesh)
		mesh = b.Pick(name, Shape{level.vertices, 1, level.features}, 0, mesh)
	}
	chebyshev(b, "mesh.xyz", 3, mesh)
	return published(b)
}

// chebyshev appends a graph convolution of order 3: each vertex sees itself, its neighbours and theirs, as a row of three times its features.
func chebyshev(b *Builder, name string, features, in int) int {
	s := b.Shape(in)
	x := b.Pick(name+".neighbours", Shape{s.Height, 1, 3 * s.Channels}, 0, in)
	return b.Linear(name, features, x)
}

// hourglass appends blocks at this scale beside those of the coarser one, which is the same again so many times.
func hourglass(b *Builder, name string, depth, in int) int {
	upper := pair(b, fmt.Sprintf("%s.up%d", name, depth), in)
	x := b.Pool(fmt.Sprintf("%s.pool%d", name, depth), 2, 2, 0, in)
	x = pair(b, fmt.Sprintf("%s.low%d", name, depth), x)
	if depth > 1 {
		x = hourglass(b, name, depth-1, x)
	} else {
		x = pair(b, name+".bottom", x)
	}
	x = pair(b, fmt.Sprintf("%s.back%d", name, depth), x)
	x = b.Pick(fmt.Sprintf("%s.enlarge%d", name, depth), b.Shape(upper), 0, x)
	return b.Add(fmt.Sprintf("%s.add%d", name, depth), upper, x)
}

// pair appends two residual blocks of 256 channels.
func pair(b *Builder, name string, in int) int {
	return preResidual(b, name+".block2", 256, preResidual(b, name+".block1", 256, in))
}

// preResidual appends a bottleneck block that normalises first: 1×1 to half the channels, 3×3, 1×1; its shortcut is projected where the channels change.
func preResidual(b *Builder, name string, channels, in int) int {
	x := b.Conv(name+".conv1", Filter{Filters: channels / 2, Kernel: 1, Bias: true}, b.Norm(name+".bn1", in))
	x = b.Conv(name+".conv2", Filter{Filters: channels / 2, Kernel: 3, Pad: 1, Bias: true}, b.Norm(name+".bn2", x))
	x = b.Conv(name+".conv3", Filter{Filters: channels, Kernel: 1, Bias: true}, b.Norm(name+".bn3", x))
	if b.Shape(in).Channels != channels {
		in = b.Conv(name+".project", Filter{Filters: channels, Kernel: 1, Bias: true}, in)
	}
	return b.Add(name+".add", x, in)
}
