package de

import (
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/env/space"
)

// rival is the design that competes with a member: the member, with some axes of a mutant.
func (a *Agent) rival(p proposal) space.Point {
	target := a.members[p.target].trial.Point
	base, goal := a.base(p.target)
	plus, minus := a.others(p.target)
	q := make(space.Point, len(target))
	sure := 0
	if len(q) > 0 {
		sure = a.rng.IntN(len(q))
	}
	for axis := range q {
		if q[axis] = target[axis]; axis == sure || a.rng.Float64() < p.rates.cross {
			q[axis] = mutant(a.space.Param(axis), base[axis], [2]pair{{goal[axis], base[axis]}, {plus[axis], minus[axis]}}, p.rates.scale, a.rng)
		}
		if a.space.Active(q, axis) && !a.space.Active(target, axis) && !a.space.Active(base, axis) {
			q[axis] = a.rng.IntN(a.space.Levels(axis))
		}
	}
	return a.space.Canonical(q)
}

// base is the design that differences are added to, and the one that the first difference leads to: the base itself where there is no goal.
func (a *Agent) base(target int) (base, goal space.Point) {
	switch a.options.Base {
	case Random:
		base = a.members[a.other(target, target)].trial.Point
	case Best:
		base = a.members[a.order[0]].trial.Point
	default:
		best := max(1, int(math.Round(a.options.Best*float64(len(a.members)))))
		return a.members[target].trial.Point, a.members[a.order[a.rng.IntN(best)]].trial.Point
	}
	return base, base
}

// others are two different members, neither the target.
func (a *Agent) others(target int) (plus, minus space.Point) {
	i := a.other(target, target)
	return a.members[i].trial.Point, a.members[a.other(target, i)].trial.Point
}

// other draws a member that is neither of two.
func (a *Agent) other(first, second int) int {
	for {
		if i := a.rng.IntN(len(a.members)); i != first && i != second {
			return i
		}
	}
}

// pair is a difference of levels.
type pair struct{ to, from int }

// mutant is the level of an axis moved by differences: see the package comment.
func mutant(p space.Param, level int, differences [2]pair, scale float64, rng *rand.Rand) int {
	if p.Kind != space.Ordinal {
		for _, d := range differences {
			if d.to != d.from && rng.Float64() < scale {
				level = d.to
			}
		}
		return level
	}
	sum := 0
	for _, d := range differences {
		sum += d.to - d.from
	}
	moved := float64(level) + scale*float64(sum)
	return within(int(math.Floor(moved+rng.Float64())), level, p.Levels())
}

// within turns a level beyond an end into the middle between the end and where the move began.
func within(moved, from, levels int) int {
	switch {
	case moved < 0:
		return from / 2
	case moved >= levels:
		return (from + levels) / 2
	}
	return moved
}
