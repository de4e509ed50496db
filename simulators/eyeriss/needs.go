package eyeriss

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// need is the least that some layer asks of a part of a design, and which one.
type need struct {
	amount int64
	layer  string
}

// needs is what a workload asks of every design, whatever the mapping: rows of processing elements, and words of memories.
type needs struct {
	rows  need
	words [psumSpad + 1]need
}

// raise notes the need of a layer.
func (n *need) raise(amount int64, layer string) {
	if amount > n.amount {
		*n = need{amount, layer}
	}
}

// needsOf is what the layers ask for: the tiles of the mapping with the smallest ones, on memories without bounds.
func needsOf(layers []layer, free bool, unbounded design) (n needs, err error) {
	var rows int64 = 1
	for _, l := range layers {
		for _, d := range l.problem.Dimensions {
			if !free && d.Name == rowStationary()[columns].wholeY {
				n.rows.raise(d.Size, l.name)
				rows = max(rows, d.Size)
			}
		}
	}
	if rows > maxKernel {
		return n, fmt.Errorf("layer %q has a kernel of %d: want at most %d", n.rows.layer, rows, maxKernel)
	}
	unbounded.pes, unbounded.meshX = dummies*int(rows), dummies
	a, err := unbounded.architecture()
	if err != nil {
		return n, err
	}
	for i := range a.Levels {
		a.Levels[i].CapacityWords = 0
	}
	for _, l := range layers {
		model, err := loopnest.NewModel(l.problem, a)
		if err != nil {
			return n, fmt.Errorf("layer %q: %w", l.name, err)
		}
		var r loopnest.Result
		if err := model.Evaluate(least(l.problem, free), &r); err != nil {
			return n, fmt.Errorf("layer %q: %w", l.name, err)
		}
		for i, level := range r.Levels {
			var words int64
			for _, t := range level.Tensors {
				words += t.TileWords
			}
			n.words[i].raise(words, l.name)
		}
	}
	return n, nil
}

// maxKernel bounds the sides of kernels.
const maxKernel = 1 << 16

// shortage is a need that a design does not meet.
type shortage struct {
	reason    string
	violation float64
}

// short lists the shortages of a design: the largest one and how many there are; none = every layer has a mapping.
func (d *design) short() (largest shortage, count int) {
	note := func(need need, have int64, format string) {
		if need.amount <= have {
			return
		}
		count++
		if v := float64(need.amount)/float64(have) - 1; v > largest.violation {
			largest = shortage{fmt.Sprintf("layer %q needs "+format, need.layer, need.amount, have), v}
		}
	}
	n := &d.scenario.needs
	note(n.rows, int64(d.rows()), "%d rows of processing elements: there are %d")
	for at, m := range d.memories() {
		if m != nil {
			note(n.words[at], m.words(), "%d words of "+levelNames()[at]+": there are %d")
		}
	}
	return largest, count
}

// memories are the bounded memories by level.
func (d *design) memories() [psumSpad + 1]*memory {
	return [...]*memory{glb: &d.glb, ifmapSpad: &d.ifmap, weightsSpad: &d.weights, psumSpad: &d.psum}
}

// enough is the smallest of some values that is at least a need; false when none is.
func enough(values []int, need int64) (int, bool) {
	i := slices.IndexFunc(values, func(v int) bool { return int64(v) >= need })
	if i < 0 {
		return 0, false
	}
	return values[i], true
}
