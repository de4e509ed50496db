package boost

import "fmt"

// block is how many rows walk a tree together: their features stay in the nearest cache for all trees, and their steps overlap.
const block = 64

// Score is that of one row of Features values.
func (m *Model) Score(row []float64) float64 {
	score := m.Base
	for i := range m.Trees {
		t := &m.Trees[i]
		score += t.Values[walk(t.Nodes, row)]
	}
	return score
}

// Scores fills in the scores of rows, row-major as in Data; there must be len(scores) of them. It allocates nothing.
func Scores[T Float](m *Model, x []T, scores []float64) {
	if len(x) != len(scores)*m.Features {
		panic(fmt.Sprintf("boost: %d values of %d rows of %d features", len(x), len(scores), m.Features))
	}
	for len(scores) > 0 {
		n := min(block, len(scores))
		scoreBlock(m, x[:n*m.Features], scores[:n])
		x, scores = x[n*m.Features:], scores[n:]
	}
}

// scoreBlock scores some rows, tree by tree and level by level. A leaf leads to itself, so that all rows take as many steps as the tree is deep.
func scoreBlock[T Float](m *Model, x []T, scores []float64) {
	for i := range scores {
		scores[i] = m.Base
	}
	var places [block]int32
	at := places[:len(scores)]
	for i := range m.Trees {
		t := &m.Trees[i]
		clear(at)
		for range t.Depth {
			descend(t.Nodes, x, m.Features, at)
		}
		for r, place := range at {
			scores[r] += t.Values[place]
		}
	}
}

// descend takes every row one level down. It is a function of its own so that the loop has all registers.
//
//go:noinline
func descend[T Float](nodes []Node, x []T, features int, at []int32) {
	first := 0
	for r, place := range at {
		n := &nodes[place]
		at[r] = n.Left + above(x[first+int(n.Feature)], n.Threshold)
		first += features
	}
}

// above is 1 where the value goes right.
func above[T Float](value T, threshold float64) int32 {
	right := int32(0)
	if float64(value) > threshold {
		right = 1
	}
	return right
}

// walk is the leaf of a row.
func walk[T Float](nodes []Node, row []T) int {
	at := 0
	for {
		n := &nodes[at]
		next := int(n.Left + above(row[n.Feature], n.Threshold))
		if next == at {
			return at
		}
		at = next
	}
}
