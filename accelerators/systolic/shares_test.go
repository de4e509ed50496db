package systolic_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

func TestSharesByHand(t *testing.T) {
	array := systolic.Array{Rows: 4, Cols: 4, Dataflow: os}
	// M = 32, N = 8, K = 10 in 8·2 folds of 16 cycles. Four cores take 64 cycles as 4 × 1, 2 × 2 and 1 × 4 parts have 4 folds each; of 320 ifmap and 80 filter
	// elements they hold 320 + 4·80, 2·400 or 4·320 + 80: pixels are split.
	shares, err := systolic.Shares(array, product(32, 8, 10), 4)
	require.NoError(t, err)
	require.Len(t, shares, 1)
	require.EqualValues(t, 4, shares[0].Cores)
	require.Equal(t, [3]int64{8, 8, 10}, [3]int64{shares[0].M, shares[0].N, shares[0].K})
	require.Equal(t, [3]int64{80, 80, 64}, [3]int64{shares[0].IfmapElements, shares[0].FilterElements, shares[0].OfmapElements})

	// Twelve heads on eight cores: no better way than 4 parts of 3 heads, each split in two.
	heads := product(32, 8, 10)
	heads.Count = 12
	shares, err = systolic.Shares(array, heads, 8)
	require.NoError(t, err)
	require.EqualValues(t, 8, shares[0].Cores)
	require.Equal(t, [3]int64{3, 16, 8}, [3]int64{shares[0].Count, shares[0].M, shares[0].N})

	// One pixel, one filter: seven of eight cores are idle.
	shares, err = systolic.Shares(array, product(1, 1, 10), 8)
	require.NoError(t, err)
	require.Equal(t, []systolic.Share{{Problem: product(1, 1, 10), Cores: 1}}, shares)

	for _, cores := range []int{0, 4097} {
		_, err = systolic.Shares(array, product(1, 1, 1), cores)
		require.ErrorContains(t, err, "out of range [1, 4096] arrays")
	}
	_, err = systolic.Shares(array, product(1<<20, 1<<20, 1<<10), 64)
	require.ErrorContains(t, err, "systolic: problem too large for 64 cores: a bound of ")
}

// TestCoresOfAConvolutionByHand: 6×6×1, 3×3 with a border of 1, 36 pixels of 9 depths, 2 filters, on 2 cores: rows 0–2 read input rows 0–3, rows 3–5 read 2–5.
func TestCoresOfAConvolutionByHand(t *testing.T) {
	p, err := systolic.Lower(dnn.Layer{
		Name: "c", Op: dnn.Conv, InHeight: 6, InWidth: 6, InChannels: 1, KernelHeight: 3, KernelWidth: 3, Filters: 2, PadTop: 1, PadBottom: 1, PadLeft: 1, PadRight: 1,
	}, systolic.Physical)
	require.NoError(t, err)
	c := systolic.Config{
		Array: systolic.Array{Rows: 4, Cols: 4, Dataflow: os}, IfmapSRAMKiB: 8, FilterSRAMKiB: 8, OfmapSRAMKiB: 8, DRAMBandwidthGBps: 1, ClockMHz: 1000,
	}
	shares, err := systolic.Shares(c.Array, p, 2)
	require.NoError(t, err)
	require.Len(t, shares, 2, "the first has its border above, the second below")
	var s systolic.Scratch
	stats := systolic.SimulateCores(c, shares, func(_ int, p systolic.Problem) systolic.Traffic {
		return systolic.WindowTraffic(c, p, systolic.IfmapWindows(c, p, &s), &s)
	})
	require.EqualValues(t, 5*(9+6), stats.Cycles, "⌈18/4⌉ folds")
	require.EqualValues(t, 36*9*2, stats.MACs)
	require.EqualValues(t, 2*24+2*18+72, stats.DRAMBytes, "rows 2 and 3 and the filters are read twice")
	require.EqualValues(t, 2*24+2*18+72, stats.LatencyCycles, "one byte a cycle")
}

// distinct counts the elements that a problem reads, one by one.
func distinct(p systolic.Problem) int64 {
	g, seen := p.Ifmap, map[[3]int64]bool{}
	for m := range int64(g.OutHeight) * int64(g.OutWidth) {
		for k := range p.K {
			channels, width := int64(g.Channels), int64(g.KernelWidth)
			h := m/int64(g.OutWidth)*int64(g.StrideHeight) - int64(g.PadTop) + k/channels/width*int64(g.DilationHeight)
			w := m%int64(g.OutWidth)*int64(g.StrideWidth) - int64(g.PadLeft) + k/channels%width*int64(g.DilationWidth)
			if h >= 0 && h < int64(g.Height) && w >= 0 && w < int64(g.Width) {
				seen[[3]int64{h, w, k % channels}] = true
			}
		}
	}
	return int64(len(seen))
}

func TestSharesAddUp(t *testing.T) {
	var s systolic.Scratch
	rapid.Check(t, func(t *rapid.T) {
		c := drawSmallConfig(t)
		p, err := systolic.Lower(drawLayer(t), systolic.Physical)
		require.NoError(t, err)
		traffic := func(_ int, p systolic.Problem) systolic.Traffic {
			return systolic.WindowTraffic(c, p, systolic.IfmapWindows(c, p, &s), &s)
		}
		one := systolic.Simulate(c, p, traffic(0, p))
		alone, err := systolic.Shares(c.Array, p, 1)
		require.NoError(t, err)
		require.Equal(t, one, systolic.SimulateCores(c, alone, traffic), "one core is the accelerator")

		cores := rapid.IntRange(2, 24).Draw(t, "cores")
		shares, err := systolic.Shares(c.Array, p, cores)
		require.NoError(t, err)
		busy, outputs, filters := int64(0), int64(0), int64(0)
		for _, share := range shares {
			require.NoError(t, share.Check())
			busy += share.Cores
			outputs += share.Cores * max(share.Count, 1) * share.OfmapElements
			filters += share.Cores * max(share.Count, 1) * share.FilterElements
			if share.Count > 0 && share.Ifmap != (systolic.Geometry{}) {
				require.Equal(t, distinct(share.Problem), share.IfmapElements)
			}
		}
		require.LessOrEqual(t, busy, int64(cores))
		require.Equal(t, max(p.Count, 1)*p.OfmapElements, outputs, "each output has one core")
		require.GreaterOrEqual(t, filters, max(p.Count, 1)*p.FilterElements)
		many := systolic.SimulateCores(c, shares, traffic)
		require.Equal(t, one.MACs, many.MACs)
		require.Equal(t, one.VectorOps, many.VectorOps)
		require.LessOrEqual(t, many.Cycles, one.Cycles)
		require.GreaterOrEqual(t, many.Cycles*int64(cores), one.MACs/int64(c.Rows*c.Cols))
		if p.Count == 1 {
			split, err := systolic.SplitOver(c.Array, p, cores, false)
			require.NoError(t, err)
			if p.Ifmap == (systolic.Geometry{}) && p.OfmapElements == p.M*p.N {
				require.GreaterOrEqual(t, many.Cycles, split.Cycles, "SplitOver may cut the sum as well")
			}
		}
	})
}
