package stats_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/stats"
)

func ExampleFront() {
	designs := [][]float64{{1, 9}, {5, 5}, {4, 4}, {9, 1}} // throughput, accuracy
	fmt.Println(stats.Front(designs))
	// Output: [0 1 3]
}

func TestFront(t *testing.T) {
	for _, c := range []struct {
		name    string
		vectors [][]float64
		want    []int
	}{
		{"nothing", nil, []int{}},
		{"one objective keeps the largest, ties too", [][]float64{{2}, {3}, {1}, {3}}, []int{1, 3}},
		{"equal vectors are all kept", [][]float64{{1, 2}, {1, 2}, {0, 0}}, []int{0, 1}},
		{"same first objective", [][]float64{{1, 2}, {1, 3}, {0, 3}}, []int{1}},
		{"infinite values are ordered", [][]float64{{math.Inf(-1), 5}, {0, 4}, {0, math.Inf(1)}}, []int{2}},
		// moocore 0.3.2, is_nondominated of the negated rows (it minimises): true, false, false, false, true, true.
		{"three objectives", [][]float64{{1, 5, 3}, {2, 2, 4}, {4, 1, 1}, {3, 3, 2}, {5, 4, 5}, {0, 6, 2}}, []int{0, 4, 5}},
		// moocore 0.3.2: true, true, true, false, true, true.
		{"four objectives", [][]float64{{1, 5, 3, 2}, {2, 2, 4, 3}, {4, 1, 1, 5}, {3, 3, 2, 1}, {5, 4, 5, 1}, {1, 6, 2, 4}}, []int{0, 1, 2, 4, 5}},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, stats.Front(c.vectors)) })
	}
}

func TestFrontRefusesRaggedVectors(t *testing.T) {
	require.PanicsWithValue(t, "stats: objective vector 1 is [1]: want 2 numbers", func() { stats.Front([][]float64{{1, 2}, {1}}) })
	require.Panics(t, func() { stats.Front([][]float64{{1, math.NaN()}}) })
}

func TestFrontEqualsEveryPairCompared(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		vectors := drawVectors(t, rapid.IntRange(1, 4).Draw(t, "objectives"), 40, 5)
		want := []int{}
		for i, v := range vectors {
			if !slices.ContainsFunc(vectors, func(other []float64) bool { return stats.Dominates(other, v) }) {
				want = append(want, i)
			}
		}
		require.Equal(t, want, stats.Front(vectors))
	})
}

func BenchmarkFrontOfTwoObjectives(b *testing.B) {
	random := seed.New(1, "benchmark")
	vectors := make([][]float64, 100_000)
	for i := range vectors {
		vectors[i] = []float64{random.Float64(), random.Float64()}
	}
	b.ReportAllocs()
	for b.Loop() {
		stats.Front(vectors)
	}
}

// drawVectors draws up to size vectors with whole values 0 … top, small so that ties are frequent.
func drawVectors(t *rapid.T, objectives, size, top int) [][]float64 {
	value := rapid.Map(rapid.IntRange(0, top), func(i int) float64 { return float64(i) })
	return rapid.SliceOfN(rapid.SliceOfN(value, objectives, objectives), 0, size).Draw(t, "vectors")
}
