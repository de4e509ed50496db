package systolic_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// products are the layers of a network that run on the array.
func products(t testing.TB, n dnn.Network, profile systolic.Profile) (list []systolic.Problem) {
	t.Helper()
	for _, layer := range n.Layers {
		p, err := systolic.Lower(layer, profile)
		require.NoError(t, err)
		if p.Count > 0 {
			list = append(list, p)
		}
	}
	return list
}

// A whole ResNet-50 in CALC, every layer, DRAM counts and cycles included.
func BenchmarkCalcResNet50(b *testing.B) {
	problems := products(b, dnn.ResNet50(), systolic.ScaleSim)
	for _, size := range []struct{ side, kib int }{{128, 1024}, {32, 1024}, {128, 256}, {128, 64}, {32, 64}, {16, 32}, {4, 8}} {
		for _, dataflow := range []systolic.Dataflow{os, ws, is} {
			b.Run(fmt.Sprintf("%dx%d-%dKiB-%s", size.side, size.side, size.kib, dataflow), func(b *testing.B) {
				c := systolic.Config{Array: systolic.Array{Rows: size.side, Cols: size.side, Dataflow: dataflow}, IfmapSRAMKiB: size.kib, FilterSRAMKiB: size.kib, OfmapSRAMKiB: size.kib}
				var s systolic.Scratch
				b.ReportAllocs()
				for b.Loop() {
					for i := range problems {
						systolic.Calc(c, problems[i], &s)
					}
				}
			})
		}
	}
}
