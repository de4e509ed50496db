package boost

import (
	"math"
	"slices"
)

// perBlock is how many features share one word a row, a byte each.
const perBlock = 4

// table is the rows with their features as bins.
type table struct {
	rows, features int
	edges          [][]float64 // of each feature, ascending: bin b holds the values up to edge b, the last bin those above all edges
	starts         []int       // of each feature: its first cell of a histogram; one more entry: the cells of all
	blocks         [][]uint32  // block f/4 has, for each row, the bin of feature f in byte f%4
}

// newTable puts the values into bins. NaN falls into the first one, that of all values up to the first edge.
func newTable[T Float](d Data[T], mostBins, workers int) *table {
	t := &table{rows: d.rows(), features: d.Features, edges: make([][]float64, d.Features), starts: make([]int, d.Features+1)}
	t.blocks = make([][]uint32, (d.Features+perBlock-1)/perBlock)
	share(len(t.blocks), workers, func(block int) {
		words := make([]uint32, t.rows)
		column := make([]float64, t.rows)
		for f := block * perBlock; f < min((block+1)*perBlock, t.features); f++ {
			for i := range column {
				column[i] = float64(d.X[i*d.Features+f])
			}
			slices.Sort(column) // NaN first
			t.edges[f] = edgesOf(column, mostBins)
			shift := f % perBlock * 8
			for i := range words {
				words[i] |= uint32(binOf(t.edges[f], float64(d.X[i*d.Features+f]))) << shift
			}
		}
		t.blocks[block] = words
	})
	for f, edges := range t.edges {
		t.starts[f+1] = t.starts[f] + len(edges) + 1
	}
	return t
}

// edgesOf are the borders of at most `most` bins of sorted values, NaN first: between all values where these are few, else such that bins have about equally
// many rows. The missing have a bin of their own, up to -∞.
func edgesOf(sorted []float64, most int) (edges []float64) {
	for len(sorted) > 0 && math.IsNaN(sorted[0]) {
		sorted, edges = sorted[1:], append(edges[:0], math.Inf(-1))
	}
	distinct := 0
	for i := range sorted {
		if i == 0 || sorted[i] != sorted[i-1] {
			distinct++
		}
	}
	left := most - len(edges) // bins
	inBin := 0
	for i := range sorted[:max(len(sorted)-1, 0)] {
		inBin++
		if sorted[i] == sorted[i+1] {
			continue
		}
		distinct--                                                                             // values above sorted[i]
		if distinct >= left && float64(inBin)*float64(left) < float64(len(sorted)-i-1+inBin) { // not yet the bin's share
			continue
		}
		if left == 1 {
			break
		}
		edges, left, inBin = append(edges, between(sorted[i], sorted[i+1])), left-1, 0
	}
	return edges
}

// between is a number of at least a and below b > a, halfway.
func between(a, b float64) float64 {
	if middle := a + (b/2 - a/2); middle >= a && middle < b {
		return middle
	}
	return a
}

// binOf is the number of edges below v.
func binOf(edges []float64, v float64) int {
	low, high := 0, len(edges)
	for low < high {
		if middle := (low + high) / 2; v > edges[middle] {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// bin is the bin of a row's feature.
func (t *table) bin(row int32, feature int) uint8 {
	return uint8(t.blocks[feature/perBlock][row] >> (feature % perBlock * 8))
}
