package dnn

import "fmt"

// Shape is the size of a feature map: height × width × channels elements of one sample. The zero Shape means unknown.
type Shape struct{ Height, Width, Channels int }

// Elements returns the number of elements.
func (s Shape) Elements() int64 { return int64(s.Height) * int64(s.Width) * int64(s.Channels) }

// String writes the shape as 56×56×64.
func (s Shape) String() string { return fmt.Sprintf("%d×%d×%d", s.Height, s.Width, s.Channels) }

// Output returns the shape that the layer produces. The product of a GEMM has M as its height, Batch as its width and N as its
// channels: rows of Batch×N elements, so that the heads of an attention layer lie side by side in a row.
func (l Layer) Output() Shape {
	switch l.Op {
	case GEMM:
		return Shape{l.M, max(l.Batch, 1), l.N}
	case Conv, Pool:
		channels := l.InChannels
		if l.Op == Conv {
			channels = l.Filters
		}
		return Shape{
			Height:   outSize(l.InHeight+l.PadTop+l.PadBottom, l.KernelHeight, l.DilationHeight, l.StrideHeight),
			Width:    outSize(l.InWidth+l.PadLeft+l.PadRight, l.KernelWidth, l.DilationWidth, l.StrideWidth),
			Channels: channels,
		}
	case TransposedConv:
		return Shape{
			Height:   int(tconvSize(l.InHeight, l.KernelHeight, l.DilationHeight, l.StrideHeight)) - l.PadTop - l.PadBottom,
			Width:    int(tconvSize(l.InWidth, l.KernelWidth, l.DilationWidth, l.StrideWidth)) - l.PadLeft - l.PadRight,
			Channels: l.Filters,
		}
	case Gather:
		return Shape{l.OutHeight, l.OutWidth, l.OutChannels}
	}
	return Shape{l.InHeight, l.InWidth, l.InChannels}
}

// input returns the feature map that a Conv, TransposedConv, Pool or Elementwise layer reads.
func (l Layer) input() Shape { return Shape{l.InHeight, l.InWidth, l.InChannels} }

// outSize returns the number of windows that fit an axis of the given padded size, rounded down.
func outSize(padded, kernel, dilation, stride int) int {
	return (padded-reach(kernel, dilation))/max(stride, 1) + 1
}

// tconvSize returns the span of an axis that the kernels of all input elements cover, one stride apart.
func tconvSize(size, kernel, dilation, stride int) int64 {
	return int64(size-1)*int64(max(stride, 1)) + int64(max(dilation, 1))*int64(kernel-1) + 1
}

// reach returns how many elements of an axis a dilated kernel spans.
func reach(kernel, dilation int) int { return max(dilation, 1)*(kernel-1) + 1 }
