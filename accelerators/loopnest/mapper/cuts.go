package mapper

import (
	"errors"
	"math/rand/v2"
	"slices"
)

// maxCuts bounds the ways to cut one dimension.
const maxCuts = 1 << 52

// cuts are all ways to cut a dimension into the trips of its slots, the innermost first: paths through a graph whose nodes are the tiles that are left
// after some slots.
type cuts struct {
	root *node
}

// node is what is left before a slot.
type node struct {
	steps []step // ascending in trips; only those that can be completed
	total uint64 // paths to the end; 1 at the end
}

// step is one choice of trips at a slot.
type step struct {
	trips int64
	next  *node
	upTo  uint64 // paths of this step and the smaller ones
}

// newCuts builds the graph. No way to cut is an error.
func newCuts(size int64, limits []limit, imperfect bool) (*cuts, error) {
	type place struct {
		slot int
		left int64
	}
	known := map[place]*node{}
	var build func(at place) *node
	build = func(at place) *node {
		if n, ok := known[at]; ok {
			return n
		}
		n := &node{}
		known[at] = n
		if at.slot == len(limits) {
			if at.left == 1 {
				n.total = 1
			}
			return n
		}
		for _, trips := range choices(at.left, limits[at.slot], imperfect) {
			next := build(place{at.slot + 1, (at.left + trips - 1) / trips})
			if next.total == 0 {
				continue
			}
			n.total = min(n.total+next.total, maxCuts)
			n.steps = append(n.steps, step{trips, next, n.total})
		}
		return n
	}
	root := build(place{0, size})
	switch {
	case root.total == 0:
		return nil, errors.New("constraints and fan-outs leave no way to cut it over the levels")
	case root.total == maxCuts:
		return nil, errors.New("more than 2^52 ways to cut it over the levels: constrain them")
	}
	return &cuts{root}, nil
}

// choices lists the trips that a slot can make of what is left: divisors, or the fewest that leave each number of tiles.
func choices(left int64, l limit, imperfect bool) []int64 {
	var list []int64
	add := func(trips int64) {
		if trips >= l.low && trips <= l.high {
			list = append(list, trips)
		}
	}
	if l.exact { // not more than is left, and not uneven where that is not wanted
		if l.low <= left && (imperfect || left%l.low == 0) {
			add(l.low)
		}
		return list
	}
	for i := int64(1); i*i <= left; i++ {
		if imperfect {
			add(i)
			add((left + i - 1) / i)
		} else if left%i == 0 {
			add(i)
			add(left / i)
		}
	}
	if imperfect {
		add(min(l.high, left)) // a full fan-out, whatever it leaves
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// count returns the number of ways.
func (c *cuts) count() uint64 { return c.root.total }

// sample draws a way with the same chance for each.
func (c *cuts) sample(r *rand.Rand, trips []int64) { c.at(r.Uint64N(c.root.total), trips) }

// at writes the way of an index below count.
func (c *cuts) at(index uint64, trips []int64) {
	n := c.root
	for i := range trips {
		at, _ := slices.BinarySearchFunc(n.steps, index, func(s step, index uint64) int {
			if s.upTo <= index {
				return -1
			}
			return 1
		})
		if at > 0 {
			index -= n.steps[at-1].upTo
		}
		trips[i], n = n.steps[at].trips, n.steps[at].next
	}
}

// move changes the trips of a slot to another choice and lets a slot outside it, or else the following ones, make up for it, as near to the trips that
// they had as they can.
func (c *cuts) move(r *rand.Rand, trips []int64) {
	n := c.root
	first := r.IntN(len(trips))
	for i := range trips {
		if i >= first && len(n.steps) > 1 {
			c.change(r, n, trips, i)
			return
		}
		n = n.follow(trips[i])
	}
}

// change draws other trips for a slot, at its node, and completes the way.
func (c *cuts) change(r *rand.Rand, n *node, trips []int64, slot int) {
	pick := r.IntN(len(n.steps) - 1)
	if n.steps[pick].trips >= trips[slot] {
		pick++
	}
	c.set(r, n, trips, slot, pick)
}

// set takes a step at a slot and completes the way.
func (c *cuts) set(r *rand.Rand, n *node, trips []int64, slot, pick int) {
	old := trips[slot]
	trips[slot] = n.steps[pick].trips
	factor := float64(old) / float64(trips[slot])
	n = n.steps[pick].next
	absorb := -1
	if slot+1 < len(trips) {
		absorb = slot + 1 + r.IntN(len(trips)-slot-1)
	}
	for i := slot + 1; i < len(trips); i++ {
		want := float64(trips[i])
		if i == absorb {
			want *= factor
		}
		at := n.nearest(want)
		trips[i], n = n.steps[at].trips, n.steps[at].next
	}
}

// node returns the node before a slot of a way.
func (c *cuts) node(trips []int64, slot int) *node {
	n := c.root
	for i := range slot {
		n = n.follow(trips[i])
	}
	return n
}

// follow returns the node after a step that the node has.
func (n *node) follow(trips int64) *node { return n.steps[n.find(trips)].next }

// find returns the step of some trips, or the place where it would be.
func (n *node) find(trips int64) int {
	at, _ := slices.BinarySearchFunc(n.steps, trips, func(s step, trips int64) int { return int(s.trips - trips) })
	return at
}

// nearest returns the step whose trips are nearest, by ratio.
func (n *node) nearest(want float64) int {
	best, apart := 0, 0.0
	for i := range n.steps {
		ratio := float64(n.steps[i].trips) / want
		if ratio < 1 {
			ratio = 1 / ratio
		}
		if i == 0 || ratio < apart {
			best, apart = i, ratio
		}
	}
	return best
}

// setOutside takes a step at a slot and lets the outermost slot make up for it.
func (c *cuts) setOutside(n *node, trips []int64, slot, pick int) {
	trips[slot], n = n.steps[pick].trips, n.steps[pick].next
	for i := slot + 1; i < len(trips); i++ {
		at := n.nearest(float64(trips[i]))
		trips[i], n = n.steps[at].trips, n.steps[at].next
	}
}
