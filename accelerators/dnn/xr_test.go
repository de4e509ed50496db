package dnn_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// TestXRModels pins the totals, and compares with what the sources state and with XRBench's layer tables: their totals, counted as they list the layers, every convolution dense
// and at the resolution of its input.
func TestXRModels(t *testing.T) {
	type totals struct{ macs, parameters int64 }
	for _, c := range []struct {
		name                      string
		exact                     totals
		parameters                float64 // tolerance of the published ones, relative
		listedMACs, listedWeights float64 // of XRBench's tables
		apart                     float64 // tolerance of both, relative
		why                       string
	}{
		{"as", totals{369_719_296, 745_840}, 0, 372_275_200, 742_400, 0.01, "its table has 346 steps for 334, and no classifier"},
		{"asr", totals{10_066_329_600, 75_657_216}, 0, 9_663_676_416, 75_497_472, 0, "the products of attention are not listed"},
		{"de", totals{3_446_376_192, 16_600_929}, 0.03, 37_840_011_264, 367_462_944, 0.25, "its table leaves out the strided depthwise convolutions and the stem"},
		{"dr", totals{14_709_002_240, 13_684_656}, 0, 19_078_791_168, 13_673_104, 0, ""},
		{"es", totals{1_025_658_880, 248_900}, 0, 1_085_204_480, 231_424, 0.07, "its table has 32 input channels everywhere"},
		{"ge", totals{139_977_760, 5_570_664}, 0.02, 7_082_022_400, 159_393_456, 0, ""},
		{"ht", totals{4_053_016_576, 19_101_901}, 0, 4_167_094_848, 19_299_072, 0.02, "graph network, shortcuts"},
		{"kd", totals{6_752_676, 19_905}, 0.001, 6_756_780, 19_893, 0.001, "19 positions of the classifier"},
		{"od", totals{444_540_664, 5_302_728}, 0, 14_349_939_808, 92_325_896, 0.001, ""},
		{"pd", totals{7_998_223_360, 66_394_012}, 0, 8_735_435_776, 59_538_608, 0.12, "the first layer of the heads reads 7×7 here"},
		{"ss", totals{2_750_686_144, 19_656_104}, 0, 27_022_928_896, 111_571_136, 0.16, "positions of the depthwise convolutions that enlarge a stride"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var entry dnn.Entry
			for _, e := range dnn.XR() {
				if e.Name == c.name {
					entry = e
				}
			}
			n := entry.Build()
			require.Equal(t, c.name, n.Name)
			got := n.Totals()
			require.Equal(t, c.exact, totals{got.MACs, got.Parameters})
			if entry.PublishedParameters > 0 {
				require.InEpsilon(t, entry.PublishedParameters, float64(got.Parameters), c.parameters+1e-12)
			}
			macs, weights := listed(n)
			require.InEpsilon(t, c.listedMACs, macs, c.apart+1e-12, c.why)
			require.InEpsilon(t, c.listedWeights, weights, c.apart+1e-12, c.why)
		})
	}
	require.Len(t, dnn.XR(), 11)
}

// listed counts layers with weights as XRBench's tables do.
func listed(n dnn.Network) (macs, weights float64) {
	for _, l := range n.Layers {
		copies := float64(l.Copies())
		switch {
		case l.Op == dnn.Conv || l.Op == dnn.TransposedConv:
			one := copies * float64(l.Filters*l.InChannels*l.KernelHeight*l.KernelWidth)
			weights, macs = weights+one, macs+one*float64(l.InHeight*l.InWidth)
		case l.Op == dnn.GEMM && l.Weights:
			one := copies * float64(l.N*l.K)
			weights, macs = weights+one, macs+one*float64(l.M)
		}
	}
	return macs, weights
}
