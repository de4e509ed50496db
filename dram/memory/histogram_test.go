package memory_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/memory"
)

func TestHistogramIsExactBelowItsBuckets(t *testing.T) {
	var h memory.Histogram
	require.Equal(t, memory.Latency{}, h.Latency(), "nothing counted")
	for v := range int64(2000) {
		h.Add(v)
	}
	require.Equal(t, memory.Latency{Count: 2000, MeanCycles: 999.5, P50Cycles: 999, P95Cycles: 1899, P99Cycles: 1979, MaxCycles: 1999}, h.Latency())
}

func TestHistogramAboveItsBuckets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, 1<<40), 1, 200).Draw(t, "values")
		var h, left, right memory.Histogram
		sum := 0.0
		for i, v := range values {
			h.Add(v)
			sum += float64(v)
			if i%2 == 0 {
				left.Add(v)
			} else {
				right.Add(v)
			}
		}
		l := h.Latency()
		slices.Sort(values)
		require.EqualValues(t, values[len(values)-1], l.MaxCycles)
		require.InEpsilon(t, sum/float64(len(values))+1, l.MeanCycles+1, 1e-12)
		exact := float64(values[(len(values)-1)/2])
		require.LessOrEqual(t, l.P50Cycles, exact)
		require.GreaterOrEqual(t, l.P50Cycles, exact*(1-0.001))
		left.Merge(&right)
		require.Equal(t, l, left.Latency())
	})
}

func BenchmarkHistogramAdd(b *testing.B) {
	var h memory.Histogram
	h.Add(1 << 20)
	b.ReportAllocs()
	v := int64(1)
	for b.Loop() {
		h.Add(v & (1<<20 - 1))
		v = v*5 + 1
	}
}
