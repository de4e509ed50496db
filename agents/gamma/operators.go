package gamma

import (
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// operators breed designs of a structured space.
type operators struct {
	*structure
	options Options
	rng     *rand.Rand
	sizes   [][]int // roles that crossover takes
	choices [][]int // roles that groups exchange: nominal ones of several groups
}

func newOperators(s space.Space, o Options, rng *rand.Rand) *operators {
	ops := &operators{structure: newStructure(s), options: o, rng: rng}
	if ops.sizes = ops.of(space.Ordinal); ops.sizes == nil {
		ops.sizes = ops.roles
	}
	for _, role := range ops.of(space.Nominal) {
		if len(role) > 1 {
			ops.choices = append(ops.choices, role)
		}
	}
	return ops
}

// child is the offspring of parents that are drawn: each operator acts with its probability, one after the other.
func (ops *operators) child(parent func() space.Point) space.Point {
	p := slices.Clone(parent())
	happens := func(probability float64) bool { return ops.rng.Float64() < probability }
	if happens(ops.options.Crossover) {
		ops.cross(p, parent())
	}
	if happens(ops.options.Reorder) {
		ops.reorder(p)
	}
	if happens(ops.options.Mutation) {
		for range ops.options.Genes {
			p = ops.mutate(p)
		}
	}
	if happens(ops.options.Exchange) {
		p = ops.exchange(p)
	}
	if happens(ops.options.Growth) {
		p = ops.deepen(p, 1)
	}
	if happens(ops.options.Ageing) {
		p = ops.deepen(p, -1)
	}
	return p
}

// cross takes the axes of one role, in all groups that both have, from another design. Axes on which others depend keep their levels.
func (ops *operators) cross(p, other space.Point) {
	if len(ops.sizes) == 0 {
		return
	}
	before := slices.Clone(p)
	for _, axis := range ops.sizes[ops.rng.IntN(len(ops.sizes))] {
		if ops.space.Active(p, axis) && ops.space.Active(other, axis) {
			p[axis] = other[axis]
		}
	}
	copy(p, ops.revive(before, p))
}

// reorder lets two labels of an order change places.
func (ops *operators) reorder(p space.Point) {
	axis, ok := ops.pick(ops.orders, p)
	if !ok {
		return
	}
	labels := len(ops.space.Param(axis).Labels)
	var buf [space.MaxPermuted]int
	order := space.Unrank(buf[:0], p[axis], labels)
	i, j := ops.rng.IntN(labels), ops.rng.IntN(labels-1)
	if j >= i {
		j++
	}
	order[i], order[j] = order[j], order[i]
	p[axis] = space.Rank(order)
}

// mutate draws the level of one axis anew, uniformly, a part at most as large as what it is part of.
func (ops *operators) mutate(p space.Point) space.Point {
	axis, ok := ops.pick(ops.genes, p)
	if !ok {
		return p
	}
	q := slices.Clone(p)
	q[axis] = ops.rng.IntN(ops.most(p, axis) + 1)
	return ops.revive(p, q)
}

// exchange lets two groups exchange their choice of one role.
func (ops *operators) exchange(p space.Point) space.Point {
	if len(ops.choices) == 0 {
		return p
	}
	var active []int
	for _, axis := range ops.choices[ops.rng.IntN(len(ops.choices))] {
		if ops.space.Active(p, axis) {
			active = append(active, axis)
		}
	}
	if len(active) < 2 {
		return p
	}
	ops.rng.Shuffle(len(active), func(i, j int) { active[i], active[j] = active[j], active[i] })
	a, b := active[0], active[1]
	if p[a] >= ops.space.Levels(b) || p[b] >= ops.space.Levels(a) {
		return p
	}
	q := slices.Clone(p)
	q[a], q[b] = q[b], q[a]
	return ops.revive(p, q)
}

// deepen moves a depth by one level, if it can.
func (ops *operators) deepen(p space.Point, by int) space.Point {
	axis, ok := ops.pick(ops.depths, p)
	if !ok || p[axis]+by < 0 || p[axis]+by >= ops.space.Levels(axis) {
		return p
	}
	q := slices.Clone(p)
	q[axis] += by
	return ops.revive(p, q)
}

// pick draws one of the axes that are active.
func (ops *operators) pick(axes []int, p space.Point) (axis int, ok bool) {
	count := 0
	for _, a := range axes {
		if ops.space.Active(p, a) {
			if count++; ops.rng.IntN(count) == 0 {
				axis = a
			}
		}
	}
	return axis, count > 0
}

// revive makes q, a change of the canonical point p, canonical: axes that die take 0; a part that comes alive takes its first level, others any.
func (ops *operators) revive(p, q space.Point) space.Point {
	for axis := range q {
		switch active := ops.space.Active(q, axis); {
		case !active:
			q[axis] = 0
		case !ops.space.Active(p, axis):
			q[axis] = 0
			if !ops.part(axis) {
				q[axis] = ops.rng.IntN(ops.space.Levels(axis))
			}
		}
	}
	return q
}

// smallest is a design of the start with each part, and what it is part of, at its first level.
func (ops *operators) smallest(p space.Point) space.Point {
	q := slices.Clone(p)
	for _, role := range ops.of(space.Ordinal) {
		if len(role) > 1 {
			for _, axis := range role {
				q[axis] = 0
			}
		}
	}
	return ops.revive(p, q)
}
