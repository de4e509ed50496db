package boost

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/seed"
)

func TestEdgesByHand(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name   string
		sorted []float64
		most   int
		want   []float64
	}{
		{"a bin a value", []float64{1, 1, 2, 4, 4}, 256, []float64{1.5, 3}},
		{"one value", []float64{3, 3, 3}, 256, nil},
		{"halves", []float64{1, 2, 3, 4, 5, 6}, 2, []float64{3.5}},
		{"a frequent value", []float64{1, 1, 1, 1, 2, 3}, 2, []float64{1.5}},
		{"thirds", []float64{1, 2, 3, 4, 5, 6}, 3, []float64{2.5, 4.5}},
		{"missing", []float64{nan, nan, 1, 2}, 256, []float64{math.Inf(-1), 1.5}},
		{"all missing", []float64{nan, nan}, 256, []float64{math.Inf(-1)}},
		{"neighbours", []float64{1, math.Nextafter(1, 2)}, 256, []float64{1}},
		{"far apart", []float64{-math.MaxFloat64, math.MaxFloat64}, 256, []float64{0}},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, edgesOf(c.sorted, c.most)) })
	}
}

// Bins ascend with the values, there are at most so many, and of many values each has about its share of the rows.
func TestBinsAscend(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := seed.New(rapid.Uint64().Draw(t, "seed"))
		most := 2 + rng.IntN(255)
		values := make([]float64, 1+rng.IntN(2000))
		for i := range values {
			values[i] = rng.NormFloat64()
		}
		slices.Sort(values)
		edges := edgesOf(values, most)
		require.Less(t, len(edges), most)
		require.True(t, slices.IsSorted(edges))
		require.Equal(t, min(most, len(values)), len(edges)+1)
		count := make([]int, len(edges)+1)
		for _, v := range values {
			count[binOf(edges, v)]++
		}
		require.Positive(t, slices.Min(count))
		require.LessOrEqual(t, slices.Max(count), len(values)/len(count)+1)
		require.Zero(t, binOf(edges, math.NaN()))
	})
}

func TestTableKeepsTheBinOfEachFeature(t *testing.T) {
	d := Data[float32]{Features: 6, X: []float32{0, 1, 2, 3, 4, 5, 10, 0, 12, 3, 14, 6}, Y: []float64{0, 0}}
	table := newTable(d, 256, 2)
	for f, want := range [][2]uint8{{0, 1}, {1, 0}, {0, 1}, {0, 0}, {0, 1}, {0, 1}} {
		require.Equal(t, want, [2]uint8{table.bin(0, f), table.bin(1, f)}, "feature %d", f)
	}
	require.Equal(t, []int{0, 2, 4, 6, 7, 9, 11}, table.starts)
}

// A table of any width counts every feature once.
func TestHistogramsCountEveryFeature(t *testing.T) {
	rng := seed.New(9)
	for features := 1; features <= 9; features++ {
		d := Data[float64]{Features: features}
		for range 50 {
			for range features {
				d.X = append(d.X, float64(rng.IntN(5)))
			}
			d.Y = append(d.Y, 0)
		}
		table := newTable(d, 256, 1)
		rows, cells := make([]int32, 50), make([]cell, 50)
		for i := range rows {
			rows[i], cells[i] = int32(i), cell{int64(i), 1}
		}
		histogram := make([]cell, table.starts[features]+padding)
		for block := range table.blocks {
			table.accumulate(histogram, block, rows, cells)
		}
		for f := range features {
			want := make([]cell, table.starts[f+1]-table.starts[f])
			for i := range rows {
				want[table.bin(int32(i), f)] = want[table.bin(int32(i), f)].plus(cells[i])
			}
			require.Equal(t, want, histogram[table.starts[f]:table.starts[f+1]], "feature %d of %d", f, features)
		}
	}
}

// The greatest of five gradients becomes 2^59 at most: sums of five stay below 2^62.
func TestUnitsLeaveRoomForTheSum(t *testing.T) {
	cells := make([]cell, 5)
	ofG, ofH := units([]float64{0.75, -1, 0, 0.5, 1e-300}, []float64{0, 0, 0, 0, 0}, cells)
	require.Equal(t, []cell{{3 << 56, 0}, {-1 << 58, 0}, {}, {1 << 57, 0}, {}}, cells)
	require.InDelta(t, 0x1p-58, ofG, 0)
	require.InDelta(t, 1, ofH, 0)
}
