package aco

import (
	"math/rand/v2"
	"slices"
)

// table holds trails: a row for each situation in which a choice is made, a column for each alternative.
type table struct {
	columns int
	trails  []float64 // row by row, each in [least, 1]
	least   float64
	outset  float64 // every trail at first
	single  int     // columns of a row that a single deposit alone lifts to the share `branch`
}

func newTable(rows, columns int, b bounds) table {
	t := table{columns: columns, trails: make([]float64, rows*columns), least: b.least, outset: b.outset, single: 1}
	t.reset()
	return t
}

func (t *table) pheromone() *table { return t }

func (t *table) row(i int) []float64 { return t.trails[i*t.columns : (i+1)*t.columns] }

func (t *table) at(row, column int) *float64 { return &t.trails[row*t.columns+column] }

// reset forgets everything.
func (t *table) reset() {
	for i := range t.trails {
		t.trails[i] = t.outset
	}
}

// evaporate takes a share of every trail, down to the least.
func (t *table) evaporate(share float64) {
	for i, trail := range t.trails {
		t.trails[i] = max(t.least, (1-share)*trail)
	}
}

// branch is λ of the branching factor.
const branch = 0.05

// branching is the mean λ-branching factor of the rows with a preference, relative to that of a row which had one deposit: how many times
// more alternatives than that are left. Not ok when no row has a preference.
func (t *table) branching() (factor float64, ok bool) {
	left, rows := 0, 0
	for i := range len(t.trails) / t.columns {
		row := t.row(i)
		low, high := slices.Min(row), slices.Max(row)
		if low == high {
			continue
		}
		rows++
		for _, trail := range row {
			if trail >= low+branch*(high-low) {
				left++
			}
		}
	}
	return float64(left) / float64(max(rows, 1)*t.single), rows > 0
}

// draw chooses a column: with probability greed a heaviest one, else each in proportion to its weight. Some weight is above 0.
func draw(weights []float64, greed float64, rng *rand.Rand) int {
	if rng.Float64() < greed {
		return heaviest(weights, rng)
	}
	total := 0.0
	for _, w := range weights {
		total += w
	}
	left, chosen := rng.Float64()*total, 0
	for i, w := range weights {
		if w == 0 {
			continue
		}
		if chosen = i; left < w {
			break
		}
		left -= w
	}
	return chosen
}

// heaviest is a column of the greatest weight, drawn uniformly from them.
func heaviest(weights []float64, rng *rand.Rand) int {
	best, equals := 0, 1
	for i, w := range weights[1:] {
		switch {
		case w > weights[best]:
			best, equals = i+1, 1
		case w == weights[best]:
			if equals++; rng.IntN(equals) == 0 {
				best = i + 1
			}
		}
	}
	return best
}
