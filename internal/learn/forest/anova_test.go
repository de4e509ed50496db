package forest

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/seed"
)

// exclusive is x XOR y and an idle feature: neither explains anything alone, the pair explains everything.
func TestDecomposeFindsAPureInteraction(t *testing.T) {
	features := []Feature{{Levels: 2}, {Levels: 2, Nominal: true}, {Levels: 3}}
	var rows [][]int
	var targets []float64
	for x := range 2 {
		for y := range 2 {
			for z := range 3 {
				rows, targets = append(rows, []int{x, y, z}), append(targets, float64(x^y))
			}
		}
	}
	f, err := Train(features, rows, targets, Options{Trees: 5, FeatureFrac: 1, NoResample: true}, seed.New(1, "xor"))
	require.NoError(t, err)
	d := f.Decompose()
	require.InDeltaSlice(t, []float64{0, 0, 0}, d.Main, 1e-12)
	require.InDelta(t, 1, d.Pairs[0][1], 1e-12)
	require.InDelta(t, 1, d.Pairs[1][0], 1e-12)
	require.InDelta(t, 0, d.Pairs[0][2], 1e-12)
}

// The parts of a tree over two features are those of the table of its predictions, worked out level by level.
func TestDecomposeEqualsTheTableOfPredictions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const wide, high = 4, 3
		features := []Feature{{Levels: wide, Nominal: rapid.Bool().Draw(t, "nominal")}, {Levels: high}}
		var rows [][]int
		var targets []float64
		for range rapid.IntRange(2, 20).Draw(t, "rows") {
			rows = append(rows, []int{rapid.IntRange(0, wide-1).Draw(t, "x"), rapid.IntRange(0, high-1).Draw(t, "y")})
			targets = append(targets, float64(rapid.IntRange(0, 9).Draw(t, "target")))
		}
		f, err := Train(features, rows, targets, Options{Trees: 1}, seed.New(1, "table"))
		require.NoError(t, err)
		mean, total := 0.0, 0.0
		var xs [wide]float64
		var ys [high]float64
		for x := range wide {
			for y := range high {
				v, _ := f.Predict([]int{x, y})
				mean += v / (wide * high)
				xs[x] += v / high
				ys[y] += v / wide
			}
		}
		var alone [2]float64
		for x := range wide {
			alone[0] += (xs[x] - mean) * (xs[x] - mean) / wide
			for y := range high {
				v, _ := f.Predict([]int{x, y})
				total += (v - mean) * (v - mean) / (wide * high)
			}
		}
		for y := range high {
			alone[1] += (ys[y] - mean) * (ys[y] - mean) / high
		}
		d := f.Decompose()
		if total < 1e-9 {
			require.InDeltaSlice(t, []float64{0, 0}, d.Main, 1e-6)
			return
		}
		require.InDelta(t, alone[0]/total, d.Main[0], 1e-6)
		require.InDelta(t, alone[1]/total, d.Main[1], 1e-6)
		require.InDelta(t, (total-alone[0]-alone[1])/total, d.Pairs[0][1], 1e-6)
	})
}
