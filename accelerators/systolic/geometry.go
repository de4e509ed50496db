package systolic

import "fmt"

// Geometry says which element of the ifmap a product finds at pixel m and depth k. The zero value is a matrix with element m·K + k
// there. Otherwise the ifmap is a feature map of Height × Width × Channels elements, channels innermost, as are those of k = (r·S + s)·C + c.
type Geometry struct {
	Height, Width, Channels       int32 // of one product's ifmap
	KernelHeight, KernelWidth     int32 // R and S
	StrideHeight, StrideWidth     int32
	DilationHeight, DilationWidth int32
	PadTop, PadLeft               int32
	OutHeight, OutWidth           int32 // windows along each axis
}

// null is the address of a position outside the feature map: border, or a window that hangs over the edge.
const null = -1

func geometry(height, width axis, channels int32) Geometry {
	return Geometry{
		Height: int32(height.size), Width: int32(width.size), Channels: channels,
		KernelHeight: int32(height.kernel), KernelWidth: int32(width.kernel),
		StrideHeight: int32(height.stride), StrideWidth: int32(width.stride),
		DilationHeight: int32(height.dilation), DilationWidth: int32(width.dilation),
		PadTop: int32(height.padBefore), PadLeft: int32(width.padBefore),
		OutHeight: int32(height.windows), OutWidth: int32(width.windows),
	}
}

func (g Geometry) isMatrix() bool { return g == Geometry{} }

// filled is the geometry with a matrix written as a feature map: one row a pixel, all depths channels of its one element.
func (g Geometry) filled(m, k int64) Geometry {
	if !g.isMatrix() {
		return g
	}
	return Geometry{
		Height: int32(m), Width: 1, Channels: int32(k), KernelHeight: 1, KernelWidth: 1, StrideHeight: 1, StrideWidth: 1,
		DilationHeight: 1, DilationWidth: 1, OutHeight: int32(m), OutWidth: 1,
	}
}

// check reports a feature map that is not the M×K operand it stands for.
func (g Geometry) check(m, k int64) error {
	if g.isMatrix() {
		return nil
	}
	for _, size := range []int32{g.Height, g.Width, g.Channels, g.KernelHeight, g.KernelWidth, g.StrideHeight, g.StrideWidth,
		g.DilationHeight, g.DilationWidth, g.OutHeight, g.OutWidth, g.PadTop + 1, g.PadLeft + 1} {
		if size < 1 {
			return fmt.Errorf("systolic: geometry %+v: sizes, strides and dilations must be at least 1, pads at least 0", g)
		}
	}
	pixels, depth := int64(g.OutHeight)*int64(g.OutWidth), int64(g.KernelHeight)*int64(g.KernelWidth)*int64(g.Channels)
	if pixels != m || depth != k {
		return fmt.Errorf("systolic: geometry has %d windows of %d elements, the product M %d of K %d", pixels, depth, m, k)
	}
	return nil
}

// elements is the size of the address space: every address is below it.
func (g Geometry) elements(m, k int64) int64 {
	if g.isMatrix() {
		return m * k
	}
	return int64(g.Height) * int64(g.Width) * int64(g.Channels)
}

// address is the element at pixel m and depth k of K, or null.
func (g Geometry) address(m, k, depth int64) int64 {
	if g.isMatrix() {
		return m*depth + k
	}
	channels, kernelWidth := int64(g.Channels), int64(g.KernelWidth)
	r, s, c := k/channels/kernelWidth, k/channels%kernelWidth, k%channels
	h := m/int64(g.OutWidth)*int64(g.StrideHeight) - int64(g.PadTop) + r*int64(g.DilationHeight)
	w := m%int64(g.OutWidth)*int64(g.StrideWidth) - int64(g.PadLeft) + s*int64(g.DilationWidth)
	if h < 0 || h >= int64(g.Height) || w < 0 || w >= int64(g.Width) {
		return null
	}
	return (h*int64(g.Width)+w)*channels + c
}

// touches is how many reads of one pass over all pixels and depths find an element: those of the border do not.
func (g Geometry) touches(m, k int64) int64 {
	if g.isMatrix() {
		return m * k
	}
	rows, columns := g.axes()
	return rows.touches() * columns.touches() * int64(g.Channels)
}

func (g Geometry) axes() (rows, columns axis) {
	return axis{int(g.Height), int(g.PadTop), int(g.KernelHeight), int(g.DilationHeight), int(g.StrideHeight), int(g.OutHeight)},
		axis{int(g.Width), int(g.PadLeft), int(g.KernelWidth), int(g.DilationWidth), int(g.StrideWidth), int(g.OutWidth)}
}
