package file

import (
	"math"
	"strconv"

	"github.com/codesign-gym/codesign/env/seed"
)

// drawn are the agent's settings of a sampling strategy: different ones, in the order of their drawing. A Latin hypercube may have fewer than asked for when its options have few values.
func (a Agent) drawn(root uint64, n int) []map[string]any {
	rng := seed.New(root, "settings", a.Name)
	var cells []map[string]any
	seen := map[string]bool{}
	take := func(at func(option int) float64) {
		cell := make(map[string]any, len(a.Options))
		for i, o := range a.Options {
			cell[o.Name] = o.at(at(i))
		}
		if key := valueText(cell); !seen[key] {
			seen[key], cells = true, append(cells, cell)
		}
	}
	if a.Search.Kind == Latin {
		places := make([][]int, len(a.Options))
		for i := range places {
			places[i] = rng.Perm(n)
		}
		for k := range n {
			take(func(i int) float64 { return (float64(places[i][k]) + rng.Float64()) / float64(n) })
		}
		return cells
	}
	const patience = 300 // draws for one more setting: ranges of few values run out of different ones
	for missed := 0; len(cells) < n && missed < patience; missed++ {
		before := len(cells)
		take(func(int) float64 { return rng.Float64() })
		if len(cells) > before {
			missed = 0
		}
	}
	return cells
}

// at is the option's value at a place in [0, 1).
func (o Option) at(place float64) any {
	if r, ok := o.sampled(); ok {
		return r.at(place)
	}
	return o.Values[int(place*float64(len(o.Values)))]
}

// sampled is the option's range; false when its values are listed.
func (o Option) sampled() (Range, bool) {
	if len(o.Values) != 1 {
		return Range{}, false
	}
	r, ok := o.Values[0].(Range)
	return r, ok
}

// at rounds to three digits, which keep names short.
func (r Range) at(place float64) any {
	low, high := r.Low, r.High
	if r.Whole {
		low, high = low-0.5, high+0.5
	}
	v := low + place*(high-low)
	if r.Log {
		low = max(low, r.Low/2) // an integer range from 1 begins at 0.5
		v = math.Exp(math.Log(low) + place*(math.Log(high)-math.Log(low)))
	}
	if r.Whole {
		return int64(min(max(math.Round(v), r.Low), r.High))
	}
	short, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	return min(max(short, r.Low), r.High)
}

// combinations is how many different settings the options have; 0 when a range has no end of them.
func (a Agent) combinations() int {
	count := 1
	for _, o := range a.Options {
		if _, ok := o.sampled(); ok {
			return 0
		}
		if count > MaxCells/max(1, len(o.Values)) {
			return MaxCells + 1
		}
		count *= len(o.Values)
	}
	return count
}
