package systolic_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

func TestLowerByHand(t *testing.T) {
	tests := []struct {
		name    string
		layer   dnn.Layer
		profile systolic.Profile
		want    systolic.Problem
	}{
		{"conv, bordered", // (224 + 6 − 7)/2 + 1 = 112 windows a side; the windows reach 2·111 + 7 − 3 = 226 > 224: all
			dnn.Layer{InHeight: 224, InWidth: 224, InChannels: 3, Filters: 64, KernelHeight: 7, KernelWidth: 7,
				StrideHeight: 2, StrideWidth: 2, PadTop: 3, PadBottom: 3, PadLeft: 3, PadRight: 3},
			systolic.Physical,
			systolic.Problem{M: 12544, N: 64, K: 147, Count: 1, IfmapElements: 150528, FilterElements: 9408, OfmapElements: 802816, Repeats: 1}},
		{"conv, last row and column unused", // (6 − 3)/2 + 1 = 2 windows of 3 cover 5 of 6
			dnn.Layer{InHeight: 6, InWidth: 6, InChannels: 2, Filters: 4, KernelHeight: 3, KernelWidth: 3, StrideHeight: 2, StrideWidth: 2},
			systolic.Physical,
			systolic.Problem{M: 4, N: 4, K: 18, Count: 1, IfmapElements: 50, FilterElements: 72, OfmapElements: 16, Repeats: 1}},
		{"the same, rounded up", // ⌈(6 − 3 + 2)/2⌉ = 3 windows, the last over the edge
			dnn.Layer{InHeight: 6, InWidth: 6, InChannels: 2, Filters: 4, KernelHeight: 3, KernelWidth: 3, StrideHeight: 2, StrideWidth: 2},
			systolic.ScaleSim,
			systolic.Problem{M: 9, N: 4, K: 18, Count: 1, IfmapElements: 72, FilterElements: 72, OfmapElements: 36, Repeats: 1, Profile: systolic.ScaleSim}},
		{"border is input for SCALE-Sim", // 5 windows a side on 7 × 7, all of it real
			dnn.Layer{InHeight: 5, InWidth: 5, InChannels: 1, Filters: 1, KernelHeight: 3, KernelWidth: 3, PadTop: 1, PadBottom: 1, PadLeft: 1, PadRight: 1},
			systolic.ScaleSim,
			systolic.Problem{M: 25, N: 1, K: 9, Count: 1, IfmapElements: 49, FilterElements: 9, OfmapElements: 25, Repeats: 1, Profile: systolic.ScaleSim}},
		{"groups", // 2 products with half the channels and half the filters
			dnn.Layer{InHeight: 4, InWidth: 5, InChannels: 6, Filters: 8, KernelHeight: 1, KernelWidth: 2, Groups: 2, Repeats: 3},
			systolic.Physical,
			systolic.Problem{M: 16, N: 4, K: 6, Count: 2, IfmapElements: 60, FilterElements: 24, OfmapElements: 64, Repeats: 3}},
		{"depthwise, dilated", // reach 5: 3 windows a side; positions 0, 2, 4 + 0, 1, 2 are all 7
			dnn.Layer{InHeight: 7, InWidth: 7, InChannels: 3, Filters: 3, KernelHeight: 3, KernelWidth: 3, DilationHeight: 2, DilationWidth: 2, Groups: 3},
			systolic.Physical,
			systolic.Problem{M: 9, N: 1, K: 9, Count: 3, IfmapElements: 49, FilterElements: 9, OfmapElements: 9, Repeats: 1}},
		{"dilated, one window", // rows 0, 2 and 4 of 5, not those between
			dnn.Layer{InHeight: 5, InWidth: 1, InChannels: 1, Filters: 1, KernelHeight: 3, KernelWidth: 1, DilationHeight: 2},
			systolic.Physical,
			systolic.Problem{M: 1, N: 1, K: 3, Count: 1, IfmapElements: 3, FilterElements: 3, OfmapElements: 1, Repeats: 1}},
		{"stride beyond the kernel", // 4 windows of 1 cover 4 of 10 rows and of 10 columns
			dnn.Layer{InHeight: 10, InWidth: 10, InChannels: 2, Filters: 1, KernelHeight: 1, KernelWidth: 1, StrideHeight: 3, StrideWidth: 3},
			systolic.Physical,
			systolic.Problem{M: 16, N: 1, K: 2, Count: 1, IfmapElements: 32, FilterElements: 2, OfmapElements: 16, Repeats: 1}},
		{"attention", dnn.Layer{Op: dnn.GEMM, Batch: 12, M: 128, N: 128, K: 64}, systolic.Physical,
			systolic.Problem{M: 128, N: 128, K: 64, Count: 12, IfmapElements: 8192, FilterElements: 8192, OfmapElements: 16384, Repeats: 1}},
		{"pool", // 2·2·3 outputs of 3·3 reads
			dnn.Layer{Op: dnn.Pool, InHeight: 5, InWidth: 5, InChannels: 3, KernelHeight: 3, KernelWidth: 3, StrideHeight: 2, StrideWidth: 2}, systolic.Physical,
			systolic.Problem{VectorOps: 108, IfmapElements: 75, OfmapElements: 12, Repeats: 1}},
		{"addition", dnn.Layer{Op: dnn.Elementwise, InHeight: 2, InWidth: 3, InChannels: 4, Operands: 2}, systolic.Physical,
			systolic.Problem{VectorOps: 48, IfmapElements: 48, OfmapElements: 24, Repeats: 1}},
		{"transposed conv", // 28² pixels by 2·2·512 kernel elements; 56²·512 = 1,605,632 outputs, as many as products of a channel
			dnn.Layer{Op: dnn.TransposedConv, InHeight: 28, InWidth: 28, InChannels: 1024, Filters: 512, KernelHeight: 2, KernelWidth: 2,
				StrideHeight: 2, StrideWidth: 2}, systolic.Physical,
			systolic.Problem{M: 784, N: 2048, K: 1024, Count: 1, IfmapElements: 802816, FilterElements: 2097152, OfmapElements: 1605632, Repeats: 1}},
		{"transposed conv, overlapping, grouped", // 3 pixels by 4 kernel elements a group fall on (3 − 1)·2 + 4 = 8 outputs
			dnn.Layer{Op: dnn.TransposedConv, InHeight: 3, InWidth: 1, InChannels: 4, Filters: 2, KernelHeight: 4, KernelWidth: 1,
				StrideHeight: 2, Groups: 2}, systolic.Physical,
			systolic.Problem{M: 3, N: 4, K: 2, Count: 2, IfmapElements: 6, FilterElements: 8, OfmapElements: 8, Repeats: 1}},
		{"transposed conv, apart", // 3 pixels, each one output of 7
			dnn.Layer{Op: dnn.TransposedConv, InHeight: 3, InWidth: 1, InChannels: 1, Filters: 1, KernelHeight: 1, KernelWidth: 1, StrideHeight: 3},
			systolic.Physical,
			systolic.Problem{M: 3, N: 1, K: 1, Count: 1, IfmapElements: 3, FilterElements: 1, OfmapElements: 3, Repeats: 1}},
		{"cached attention", dnn.Layer{Op: dnn.GEMM, Batch: 12, M: 1, N: 1024, K: 64, Cached: 785664}, systolic.Physical,
			systolic.Problem{M: 1, N: 1024, K: 64, Count: 12, IfmapElements: 64, FilterElements: 65536, OfmapElements: 1024, Repeats: 1}},
		{"scale of channels", dnn.Layer{Op: dnn.Elementwise, InHeight: 2, InWidth: 3, InChannels: 4, Operands: 2, Broadcasts: 1}, systolic.Physical,
			systolic.Problem{VectorOps: 48, IfmapElements: 28, OfmapElements: 24, Repeats: 1}},
		{"crop", dnn.Layer{Op: dnn.Gather, OutHeight: 2, OutWidth: 3, OutChannels: 4}, systolic.Physical,
			systolic.Problem{VectorOps: 24, Fused: true, IfmapElements: 24, OfmapElements: 24, Repeats: 1}},
		{"embedding", // 5 rows of 8, whatever the size of the table
			dnn.Layer{Op: dnn.Gather, OutHeight: 5, OutWidth: 1, OutChannels: 8, ParametersPerChannel: 1000, Lookup: true}, systolic.Physical,
			systolic.Problem{VectorOps: 40, IfmapElements: 5, FilterElements: 40, OfmapElements: 40, Repeats: 1}},
		{"normalisation", dnn.Layer{Op: dnn.Elementwise, InHeight: 2, InWidth: 3, InChannels: 4, ParametersPerChannel: 2}, systolic.Physical,
			systolic.Problem{VectorOps: 24, Fused: true, IfmapElements: 24, FilterElements: 8, OfmapElements: 24, Repeats: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := systolic.Lower(test.layer, test.profile)
			require.NoError(t, err)
			got.Ifmap = systolic.Geometry{} // see TestLowerKeepsWhereElementsLie
			require.Equal(t, test.want, got)
		})
	}
}

func TestLowerKeepsWhereElementsLie(t *testing.T) {
	layer := dnn.Layer{
		InHeight: 6, InWidth: 9, InChannels: 4, Filters: 2, KernelHeight: 3, KernelWidth: 2, StrideHeight: 2, StrideWidth: 3,
		DilationHeight: 1, DilationWidth: 4, PadTop: 1, PadBottom: 1, PadLeft: 2, PadRight: 0, Groups: 2,
	}
	want := systolic.Geometry{
		Height: 6, Width: 9, Channels: 2, KernelHeight: 3, KernelWidth: 2, StrideHeight: 2, StrideWidth: 3,
		DilationHeight: 1, DilationWidth: 4, PadTop: 1, PadLeft: 2, OutHeight: 3, OutWidth: 3, // (6+2−3)/2+1, (9+2−5)/3+1
	}
	p, err := systolic.Lower(layer, systolic.Physical)
	require.NoError(t, err)
	require.Equal(t, want, p.Ifmap)
	p, err = systolic.Lower(layer, systolic.ScaleSim)
	require.NoError(t, err)
	want.Height, want.Width, want.PadTop, want.PadLeft, want.OutHeight = 8, 11, 0, 0, 4 // the border is input, and ⌈(8−3+2)/2⌉ = 4
	require.Equal(t, want, p.Ifmap)
	require.NoError(t, p.Check())
	p.Ifmap.OutWidth = 7
	require.EqualError(t, p.Check(), "systolic: geometry has 28 windows of 12 elements, the product M 12 of K 12")
	p.Ifmap.OutWidth = 0
	require.ErrorContains(t, p.Check(), "sizes, strides and dilations must be at least 1, pads at least 0")
	gemm, err := systolic.Lower(dnn.Layer{Op: dnn.GEMM, M: 2, N: 3, K: 4}, systolic.Physical)
	require.NoError(t, err)
	require.Zero(t, gemm.Ifmap)
}

func TestDistinctIfmapElementsEqualThoseMarked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := dnn.Layer{
			InHeight: rapid.IntRange(1, 40).Draw(t, "height"), InWidth: 1, InChannels: 1, Filters: 1,
			KernelHeight: rapid.IntRange(1, 9).Draw(t, "kernel"), KernelWidth: 1,
			StrideHeight: rapid.IntRange(1, 9).Draw(t, "stride"), DilationHeight: rapid.IntRange(1, 9).Draw(t, "dilation"),
			PadTop: rapid.IntRange(0, 12).Draw(t, "top"), PadBottom: rapid.IntRange(0, 12).Draw(t, "bottom"),
		}
		reach := (l.KernelHeight-1)*l.DilationHeight + 1
		padded := l.InHeight + l.PadTop + l.PadBottom
		if reach > padded {
			t.Skip("kernel larger than its input")
		}
		touched, hanging := map[int]bool{}, map[int]bool{}
		for start := 0; start+reach <= padded; start += l.StrideHeight {
			for r := range l.KernelHeight {
				if at := start + r*l.DilationHeight - l.PadTop; at >= 0 && at < l.InHeight {
					touched[at] = true
				}
			}
		}
		rows := int64(math.Ceil(float64(padded-reach+l.StrideHeight) / float64(l.StrideHeight)))
		for e := range int(rows) {
			for r := range l.KernelHeight {
				if at := e*l.StrideHeight + r*l.DilationHeight; at < padded {
					hanging[at] = true
				}
			}
		}
		physical, err := systolic.Lower(l, systolic.Physical)
		if len(touched) == 0 {
			return // a stride that only meets the border: nothing is read
		}
		require.NoError(t, err)
		require.EqualValues(t, len(touched), physical.IfmapElements)
		peer, err := systolic.Lower(l, systolic.ScaleSim)
		require.NoError(t, err)
		require.Equal(t, rows, peer.M)
		require.EqualValues(t, len(hanging), peer.IfmapElements)
	})
}

func TestLowerRefuses(t *testing.T) {
	tests := []struct {
		name    string
		layer   dnn.Layer
		profile systolic.Profile
		want    string
	}{
		{"kernel larger than input", dnn.Layer{Name: "a", InHeight: 2, InWidth: 9, InChannels: 1, Filters: 1, KernelHeight: 3, KernelWidth: 3}, systolic.Physical, "larger than the padded input"},
		{"zero dimension", dnn.Layer{Name: "a", Op: dnn.GEMM, M: 1, N: 0, K: 1}, systolic.Physical, "N 0 out of range"},
		{"too large", dnn.Layer{Name: "a", Op: dnn.GEMM, M: 1 << 20, N: 1 << 20, K: 1 << 12}, systolic.Physical, `layer "a": systolic: problem too large`},
		{"profile", dnn.Layer{Name: "a", Op: dnn.GEMM, M: 1, N: 1, K: 1}, 7, "systolic: profile 7 out of range [0, 3)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := systolic.Lower(test.layer, test.profile)
			require.ErrorContains(t, err, test.want)
		})
	}
}

func TestProblemCheck(t *testing.T) {
	good := product(3, 2, 4)
	vector := systolic.Problem{VectorOps: 1, Repeats: 1}
	require.NoError(t, good.Check())
	require.NoError(t, vector.Check())
	tests := []struct {
		name   string
		change func(p *systolic.Problem)
		want   string
	}{
		{"no rows", func(p *systolic.Problem) { p.M = 0 }, "neither a product"},
		{"both kinds", func(p *systolic.Problem) { p.VectorOps = 1 }, "neither a product"},
		{"negative", func(p *systolic.Problem) { p.FilterElements = -1 }, "element counts 12, -1, 6 (ifmap, filter, ofmap) must not be negative"},
		{"too many elements", func(p *systolic.Problem) { p.OfmapElements = 7 }, "element counts 12, 8, 7 (ifmap, filter, ofmap) exceed M·K 12, K·N 8, M·N 6"},
		{"no repeats", func(p *systolic.Problem) { p.Repeats = 0 }, "Repeats 0 out of range [1, ...)"},
		{"too large", func(p *systolic.Problem) { p.Count = math.MaxInt64 }, "problem too large"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := good
			test.change(&p)
			require.ErrorContains(t, p.Check(), test.want)
		})
	}
}

// Problems at the limit of Check stay inside int64, on the smallest and the largest array with the slowest DRAM.
func TestLargestProblemsDoNotOverflow(t *testing.T) {
	for _, p := range []systolic.Problem{
		product(1<<17, 1<<17, 1<<17), product(1<<38, 1, 1), product(1, 1<<38, 1), product(1, 1, 1<<38), product(1, 1<<25, 1<<25),
	} {
		require.NoError(t, p.Check())
		for _, side := range []int{1, systolic.MaxArraySide} {
			for _, dataflow := range []systolic.Dataflow{os, ws, is} {
				c := systolic.Config{
					Array:        systolic.Array{Rows: side, Cols: side, Dataflow: dataflow},
					IfmapSRAMKiB: 1, FilterSRAMKiB: 1, OfmapSRAMKiB: 1,
					DRAMBandwidthGBps: systolic.MinDRAMBandwidthGBps, ClockMHz: systolic.MaxClockMHz, WordBits: systolic.MaxWordBits,
				}
				require.NoError(t, c.Check())
				s := bounded(c, p)
				require.InEpsilon(t, roughCycles(c.Array, p), float64(s.Cycles), 1e-9)
				for _, count := range []int64{s.IfmapReads, s.FilterReads, s.OfmapWrites, s.DRAMBytes} {
					require.Positive(t, count)
				}
				require.InEpsilon(t, math.Max(float64(s.Cycles), 100*float64(s.DRAMBytes)), float64(s.LatencyCycles), 1e-9) // 0.1 GB/s at 10 GHz
			}
		}
	}
}

// roughCycles is the formula of the documentation in float64.
func roughCycles(a systolic.Array, p systolic.Problem) float64 {
	m, n, k := float64(p.M), float64(p.N), float64(p.K)
	rows, cols := float64(a.Rows), float64(a.Cols)
	switch a.Dataflow {
	case ws:
		return math.Ceil(k/rows) * math.Ceil(n/cols) * (2*rows + cols + m - 2)
	case is:
		return math.Ceil(k/rows) * math.Ceil(m/cols) * (2*rows + cols + n - 2)
	default:
		return math.Ceil(m/rows) * math.Ceil(n/cols) * (k + rows + cols - 2)
	}
}
