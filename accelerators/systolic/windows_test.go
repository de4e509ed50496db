package systolic_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

func windows(c systolic.Config, p systolic.Problem, s *systolic.Scratch) systolic.Traffic {
	return systolic.WindowTraffic(c, p, systolic.IfmapWindows(c, p, s), s)
}

func TestWindowTrafficByHand(t *testing.T) {
	tests := []struct {
		name     string
		dataflow systolic.Dataflow
		problem  systolic.Problem
		want     systolic.Traffic
	}{
		{"all fits", os, product(4, 4, 64), systolic.Traffic{IfmapElements: 256, FilterElements: 256, OfmapElements: 16}},
		{"exactly half fits", os, product(4, 4, 128), systolic.Traffic{IfmapElements: 512, FilterElements: 512, OfmapElements: 16}},
		// The ifmap of 516 words is one more than half of an SRAM: both column folds read all of it. Each tile of 2·129 filters fits, but the
		// second one is read while the first is still there: 258 + 258 > 512, so the window is swapped at 513 words, inside the first read of the second
		// tile, and its first 254 words, which left with the first tile, are read again.
		{"one more", os, product(4, 4, 129), systolic.Traffic{IfmapElements: 1032, FilterElements: 516 + 254, OfmapElements: 16}},
		{"os", os, product(4, 4, 1024), systolic.Traffic{IfmapElements: 8192, FilterElements: 8192, OfmapElements: 16}},
		{"ws", ws, product(4, 4, 1024), systolic.Traffic{IfmapElements: 8192, FilterElements: 4096, OfmapElements: 16}},
		{"is", is, product(4, 4, 1024), systolic.Traffic{IfmapElements: 4096, FilterElements: 8192, OfmapElements: 16}},
		{"ws partial sums", ws, product(100, 4, 4), systolic.Traffic{IfmapElements: 400, FilterElements: 16, OfmapElements: 400, PartialElements: 288}},
		{"vector", os, systolic.Problem{VectorOps: 48, IfmapElements: 48, OfmapElements: 12, Repeats: 1}, systolic.Traffic{IfmapElements: 48, OfmapElements: 12}},
	}
	var s systolic.Scratch
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.NoError(t, test.problem.Check())
			require.Equal(t, test.want, windows(small(test.dataflow), test.problem, &s))
		})
	}
}

func drawLayer(t *rapid.T) dnn.Layer {
	draw := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
	if rapid.Bool().Draw(t, "product") {
		return dnn.Layer{Op: dnn.GEMM, M: draw("M", 1, 120), N: draw("N", 1, 60), K: draw("K", 1, 120), Weights: true}
	}
	l := dnn.Layer{
		InHeight: draw("height", 5, 20), InWidth: draw("width", 5, 20), InChannels: draw("channels", 1, 24), Filters: draw("filters", 1, 40),
		KernelHeight: draw("kernel height", 1, 5), KernelWidth: draw("kernel width", 1, 5), StrideHeight: draw("stride", 1, 3), StrideWidth: draw("stride", 1, 3),
		PadTop: draw("pad", 0, 2), PadLeft: draw("pad", 0, 2),
	}
	return l
}

func drawSmallConfig(t *rapid.T) systolic.Config {
	draw := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
	c := small(systolic.Dataflow(draw("dataflow", 0, 2)))
	c.Rows, c.Cols = draw("rows", 1, 24), draw("cols", 1, 24)
	c.IfmapSRAMKiB, c.FilterSRAMKiB, c.OfmapSRAMKiB = draw("ifmap", 1, 4), draw("filter", 1, 4), draw("ofmap", 1, 4)
	return c
}

// TestMemoryLaws holds for both kinds of traffic and both interface modes: nothing is below the compulsory traffic, and nothing gets slower with
// more bandwidth.
func TestMemoryLaws(t *testing.T) {
	var s systolic.Scratch
	rapid.Check(t, func(t *rapid.T) {
		c, layer := drawSmallConfig(t), drawLayer(t)
		p, err := systolic.Lower(layer, systolic.Physical)
		require.NoError(t, err)
		bound, moved := systolic.LowerBoundTraffic(c, p), windows(c, p, &s)
		require.GreaterOrEqual(t, moved.IfmapElements, bound.IfmapElements)
		require.GreaterOrEqual(t, moved.FilterElements, bound.FilterElements)
		require.Equal(t, bound.OfmapElements, moved.OfmapElements)
		require.Equal(t, bound.PartialElements, moved.PartialElements)
		before := systolic.Simulate(c, p, moved)
		faster := c
		faster.DRAMBandwidthGBps *= rapid.Float64Range(1, 50).Draw(t, "faster")
		require.LessOrEqual(t, systolic.Simulate(faster, p, moved).LatencyCycles, before.LatencyCycles)

		peer, err := systolic.Lower(layer, systolic.ScaleSim)
		require.NoError(t, err)
		r := systolic.Calc(c, peer, &s)
		require.Zero(t, r.StallCycles)
		require.GreaterOrEqual(t, r.Ifmap.Elements, peer.IfmapElements)
		require.LessOrEqual(t, r.Ifmap.Elements, r.IfmapReads)
		require.GreaterOrEqual(t, r.Filter.Elements, peer.FilterElements)
		require.LessOrEqual(t, r.Filter.Elements, r.FilterReads)
		require.GreaterOrEqual(t, r.Ofmap.Elements, peer.OfmapElements)
		require.Positive(t, r.CyclesWithPrefetch())
		require.Equal(t, systolic.Traffic{IfmapElements: r.Ifmap.Elements, FilterElements: r.Filter.Elements, OfmapElements: r.Ofmap.Elements},
			windows(c, peer, &s), "with a profile of SCALE-Sim the windows are those of CALC")

		words := rapid.Int64Range(1, 64).Draw(t, "words")
		u := systolic.User(c, peer, systolic.PortWords{Ifmap: words, Filter: words, Ofmap: words}, &s)
		require.GreaterOrEqual(t, u.StallCycles, int64(0))
		require.Equal(t, r.Compute, u.Compute)
	})
}

func TestPassesAreTheWindowsOfWiderArrays(t *testing.T) {
	var s systolic.Scratch
	rapid.Check(t, func(t *rapid.T) {
		c := drawSmallConfig(t)
		p, err := systolic.Lower(drawLayer(t), systolic.Profile(rapid.IntRange(0, 2).Draw(t, "profile")))
		require.NoError(t, err)
		passes := systolic.IfmapPasses(c, p, &s)
		if c.Dataflow == is {
			require.Equal(t, []int64{systolic.IfmapWindows(c, p, &s)}, passes)
			return
		}
		require.Len(t, passes, int(c.ColumnFolds(p)))
		c.Cols += rapid.IntRange(0, 40).Draw(t, "wider")
		require.Equal(t, systolic.IfmapWindows(c, p, &s), passes[c.ColumnFolds(p)-1])
	})
}

func TestMemoryModelsDoNotAllocate(t *testing.T) {
	layer := dnn.Layer{
		InHeight: 14, InWidth: 14, InChannels: 24, Filters: 32, KernelHeight: 3, KernelWidth: 3, PadTop: 1, PadBottom: 1, PadLeft: 1, PadRight: 1,
	}
	for _, dataflow := range []systolic.Dataflow{os, ws, is} {
		c := small(dataflow)
		c.Rows, c.Cols = 16, 4
		var s systolic.Scratch
		physical, err := systolic.Lower(layer, systolic.Physical)
		require.NoError(t, err)
		peer, err := systolic.Lower(layer, systolic.ScaleSim)
		require.NoError(t, err)
		require.Greater(t, systolic.IfmapWindows(c, physical, &s), physical.IfmapElements, "it does not fit")
		for name, kernel := range map[string]func(){
			"WindowTraffic": func() { windows(c, physical, &s) },
			"Calc":          func() { systolic.Calc(c, peer, &s) },
			"User":          func() { systolic.User(c, peer, systolic.PortWords{Ifmap: 8, Filter: 8, Ofmap: 8}, &s) },
		} {
			require.Zero(t, testing.AllocsPerRun(5, kernel), "%s, %s", name, dataflow)
		}
	}
}
