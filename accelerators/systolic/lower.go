package systolic

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// Lower turns a layer into the problem that the accelerator solves: products for Conv, TransposedConv and GEMM, vector operations for the others.
func Lower(layer dnn.Layer, profile Profile) (Problem, error) {
	if _, err := profile.MarshalText(); err != nil {
		return Problem{}, err
	}
	l, err := layer.Check()
	if err != nil {
		return Problem{}, fmt.Errorf("systolic: %w", err)
	}
	p := lowerOp(l, profile)
	p.Repeats, p.Profile = l.Copies(), profile
	p.Sparsity = Sparsity{Keep: l.Sparsity.Keep, Of: l.Sparsity.Of}
	if err := p.Check(); err != nil {
		return Problem{}, fmt.Errorf("layer %q: %w", l.Name, err)
	}
	return p, nil
}

func lowerOp(l dnn.Layer, profile Profile) Problem {
	switch l.Op {
	case dnn.Conv:
		return lowerConv(l, profile)
	case dnn.GEMM:
		batch, m, n, k := l.Product()
		return Problem{M: m, N: n, K: k, Count: batch, IfmapElements: m * k, FilterElements: k * n, OfmapElements: m * n}
	case dnn.TransposedConv:
		groups, m, n, k := l.Product()
		return Problem{
			M: m, N: n, K: k, Count: groups, IfmapElements: m * k, FilterElements: k * n,
			OfmapElements: min(l.OutputElements()/groups, m*n), // where windows overlap their sums stay on chip
		}
	case dnn.Gather:
		return lowerGather(l)
	case dnn.Pool:
		return Problem{
			VectorOps:     l.OutputElements() * int64(l.KernelHeight) * int64(l.KernelWidth),
			IfmapElements: l.InputElements(), OfmapElements: l.OutputElements(),
		}
	default: // Elementwise: Check knows no other
		return Problem{
			VectorOps:     l.OutputElements() * int64(l.Operands),
			Fused:         l.Operands == 1,
			IfmapElements: l.InputElements(), FilterElements: l.Parameters(), OfmapElements: l.OutputElements(),
		}
	}
}

// lowerGather moves elements without arithmetic. A lookup reads its rows from DRAM; anything else is a matter of addresses when
// its elements are written by the layer before.
func lowerGather(l dnn.Layer) Problem {
	p := Problem{
		VectorOps: l.OutputElements(), Fused: !l.Lookup,
		IfmapElements: l.InputElements(), FilterElements: l.Parameters(), OfmapElements: l.OutputElements(),
	}
	if l.Lookup {
		p.FilterElements = l.OutputElements() // of the table, the rows that are picked
	}
	return p
}

func lowerConv(l dnn.Layer, profile Profile) Problem {
	height := axis{l.InHeight, l.PadTop, l.KernelHeight, l.DilationHeight, l.StrideHeight, l.Output().Height}
	width := axis{l.InWidth, l.PadLeft, l.KernelWidth, l.DilationWidth, l.StrideWidth, l.Output().Width}
	if profile != Physical {
		height, width = height.hanging(l.PadBottom), width.hanging(l.PadRight)
	}
	groups, _, n, k := l.Product()
	m := int64(height.windows) * int64(width.windows)
	return Problem{
		M: m, N: n, K: k, Count: groups,
		Ifmap:          geometry(height, width, int32(int64(l.InChannels)/groups)),
		IfmapElements:  height.covered() * width.covered() * int64(l.InChannels) / groups,
		FilterElements: k * n,
		OfmapElements:  m * n,
	}
}

// axis is a convolution seen along the height or the width.
type axis struct {
	size, padBefore, kernel, dilation, stride, windows int
}

// hanging is the axis as SCALE-Sim has it: the border belongs to the input, and the number of windows rounds up, so that
// the last one may hang over the edge.
func (a axis) hanging(padAfter int) axis {
	a.size += a.padBefore + padAfter
	a.padBefore = 0
	reach := (a.kernel-1)*a.dilation + 1
	a.windows = int(ceilDiv(int64(a.size-reach+a.stride), int64(a.stride)))
	return a
}

// covered counts the input positions that at least one window touches. Kernel position r of window e touches
// position r·d − pad + e·s. Kernel positions that are a multiple of s/gcd(d,s) apart touch the same residues modulo s, d/gcd(d,s)
// windows later: their runs of positions are merged when they meet.
func (a axis) covered() int64 {
	common := gcd(a.dilation, a.stride)
	period, step := a.stride/common, a.dilation/common
	var count int64
	for first := 0; first < min(a.kernel, period); first++ {
		runs := (a.kernel - first + period - 1) / period
		if step <= a.windows {
			count += a.inside(first*a.dilation, (runs-1)*step+a.windows)
			continue
		}
		for run := range runs {
			count += a.inside((first+run*period)*a.dilation, a.windows)
		}
	}
	return count
}

// touches counts the pairs of a window and a kernel position that lie in the input.
func (a axis) touches() (count int64) {
	for position := range a.kernel {
		count += a.inside(position*a.dilation, a.windows)
	}
	return count
}

// inside counts how many of the n positions offset − pad, + s, + 2s … lie in the input.
func (a axis) inside(offset, n int) int64 {
	s := int64(a.stride)
	start := int64(offset - a.padBefore)
	low := ceilDiv(max(0, -start), s)
	high := min(int64(n), ceilDiv(max(0, int64(a.size)-start), s))
	return max(0, high-low)
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
