package chips_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/chips"
	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/tech"
)

// layer is the second convolution of VGG-16 with a batch of three.
func layer() chips.ConvShape {
	return chips.ConvShape{Height: 226, Width: 226, Pad: 1, Channels: 64, Filters: 64, Kernel: 3, Stride: 1, Groups: 1, Samples: 3, ZeroFrac: 0.48}
}

func TestKernelsAllocateNothing(t *testing.T) {
	passes, err := chips.Passes(dnn.ResNet50V1())
	require.NoError(t, err)
	n := chips.NVDLA{MACs: 2048, BufferKiB: 512, DRAMBandwidthGBps: 20, ClockMHz: 1000}
	costs, err := chips.NewCosts(n.Chip(16, 0.8), tech.Eyeriss65(), chips.Fitted())
	require.NoError(t, err)
	a, c := chips.Eyeriss(), layer()
	tiling := chips.Tiling{M: 64, N: 1, E: 14, P: 16, Q: 1, R: 1, T: 4}
	sumMW := 0.0
	require.Zero(t, testing.AllocsPerRun(10, func() {
		sumMW += costs.PowerMW(n.Run(passes).Activity(0.5), n.ClockMHz)
		a.Run(c, tiling).Activity(c)
		_, _, _ = a.Fastest(c, false)
	}))
	require.Positive(t, sumMW)
}

func BenchmarkNVDLAResNet50(b *testing.B) {
	passes, err := chips.Passes(dnn.ResNet50V1())
	require.NoError(b, err)
	n := chips.NVDLA{MACs: 2048, BufferKiB: 512, DRAMBandwidthGBps: 20, ClockMHz: 1000}
	for b.Loop() {
		n.Run(passes)
	}
}

func BenchmarkFastest(b *testing.B) {
	a, c := chips.Eyeriss(), layer()
	for b.Loop() {
		_, _, _ = a.Fastest(c, false)
	}
}

func BenchmarkNewCosts(b *testing.B) {
	for b.Loop() {
		_, _ = chips.NewCosts(chips.EyerissChip(), tech.Eyeriss65(), chips.Fitted())
	}
}
