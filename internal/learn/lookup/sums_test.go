package lookup_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/internal/learn/lookup"
)

func TestSums(t *testing.T) {
	s, err := lookup.NewSums(0.5, []int{2, 3, 2}, []lookup.Table{{Axes: []int{1}, Values: []float64{1, 2, 3}}, {Axes: []int{0, 2}, Values: []float64{10, 20, 30, 40}}})
	require.NoError(t, err)
	scores := make([]float64, 3)
	s.Scores([]uint8{0, 0, 0, 1, 2, 0, 1, 1, 1}, scores, &lookup.Scratch{})
	require.Equal(t, []float64{11.5, 33.5, 42.5}, scores)
	_, err = lookup.NewSums(0, []int{2}, []lookup.Table{{Axes: []int{0}, Values: []float64{1}}})
	require.EqualError(t, err, "lookup: table 0 has 1 values for 2 cells")
}

// sumsOf is tables of three of eight axes each.
func sumsOf(t testing.TB, rows int) (*lookup.Sums, []uint8) {
	rng := rand.New(rand.NewPCG(1, 2))
	levels, tables := []int{8, 8, 8, 8, 8, 8, 8, 8}, make([]lookup.Table, 10)
	for i := range tables {
		tables[i].Axes = []int{i % 6, i%6 + 1, 7}
		for range 512 {
			tables[i].Values = append(tables[i].Values, rng.Float64())
		}
	}
	s, err := lookup.NewSums(0, levels, tables)
	require.NoError(t, err)
	at := make([]uint8, 8*rows)
	for i := range at {
		at[i] = uint8(rng.IntN(8))
	}
	return s, at
}

func TestSumsAllocateNothing(t *testing.T) {
	s, at := sumsOf(t, 5000)
	scores, scratch := make([]float64, 5000), &lookup.Scratch{}
	s.Scores(at, scores, scratch)
	require.Zero(t, testing.AllocsPerRun(5, func() { s.Scores(at, scores, scratch) }))
}

func BenchmarkSums(b *testing.B) {
	const rows = 4096
	s, at := sumsOf(b, rows)
	scores, scratch := make([]float64, rows), &lookup.Scratch{}
	b.ReportAllocs()
	for b.Loop() {
		s.Scores(at, scores, scratch)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}
