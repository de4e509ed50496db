package stats_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/stats"
)

func ExampleHypervolume() {
	front := [][]float64{{1, 3}, {2, 2}, {3, 1}}
	fmt.Println(stats.Hypervolume(front, []float64{0, 0}))
	// Output: 6
}

func TestHypervolume(t *testing.T) {
	for _, c := range []struct {
		name      string
		vectors   [][]float64
		reference []float64
		want      float64
	}{
		{"nothing", nil, []float64{0, 0}, 0},
		{"one objective", [][]float64{{3}, {5}}, []float64{1}, 4},
		// The example of moocore's manual, which minimises: points (5,5), (4,6), (2,7), (7,4) with the reference (10,10) give 38.
		{"two objectives", [][]float64{{-5, -5}, {-4, -6}, {-2, -7}, {-7, -4}}, []float64{-10, -10}, 38},
		{"a point on the reference adds nothing", [][]float64{{3, 3}, {0, 9}, {9, 0}, {-1, 9}}, []float64{0, 0}, 9},
		{"equal and dominated points change nothing", [][]float64{{3, 3}, {3, 3}, {2, 2}, {3, 1}}, []float64{0, 0}, 9},
		// moocore 0.3.2, hypervolume of the negated rows with the reference 0.
		{"three objectives", [][]float64{{1, 5, 3}, {2, 2, 4}, {4, 1, 1}, {3, 3, 2}, {5, 4, 5}, {0, 6, 2}}, []float64{0, 0, 0}, 103},
		{"four objectives", [][]float64{{1, 5, 3, 2}, {2, 2, 4, 3}, {4, 1, 1, 5}, {3, 3, 2, 1}, {5, 4, 5, 1}, {1, 6, 2, 4}}, []float64{0, 0, 0, 0}, 179},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.InDelta(t, c.want, stats.Hypervolume(c.vectors, c.reference), 1e-12)
		})
	}
	require.Panics(t, func() { stats.Hypervolume([][]float64{{1, 2}}, []float64{0}) })
	require.Panics(t, func() { stats.Hypervolume(nil, nil) })
}

// On whole values the volume is the number of unit cells below at least one point.
func TestHypervolumeCountsCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const top = 5
		objectives := rapid.IntRange(1, 4).Draw(t, "objectives")
		vectors := drawVectors(t, objectives, 8, top)
		cells := 1
		for range objectives {
			cells *= top
		}
		covered := 0
		for cell := range cells {
			if anyCovers(vectors, cell, top) {
				covered++
			}
		}
		require.InDelta(t, float64(covered), stats.Hypervolume(vectors, make([]float64, objectives)), 1e-9)
	})
}

// A benchmark of the largest fronts that reports meet: mutually non-dominated vectors on the unit sphere.
func BenchmarkHypervolumeOfThreeObjectives(b *testing.B) {
	random := seed.New(1, "benchmark")
	vectors := make([][]float64, 10_000)
	for i := range vectors {
		x, y, z := random.Float64(), random.Float64(), random.Float64()
		length := math.Sqrt(x*x + y*y + z*z)
		vectors[i] = []float64{x / length, y / length, z / length}
	}
	b.ReportAllocs()
	for b.Loop() {
		stats.Hypervolume(vectors, []float64{0, 0, 0})
	}
}

// anyCovers tells whether a vector reaches the upper corner of the cell, whose coordinates are the digits of its number in base top.
func anyCovers(vectors [][]float64, cell, top int) bool {
	for _, v := range vectors {
		inside := true
		for rest, i := cell, 0; i < len(v); rest, i = rest/top, i+1 {
			inside = inside && v[i] >= float64(rest%top+1)
		}
		if inside {
			return true
		}
	}
	return false
}
