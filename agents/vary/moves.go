package vary

import (
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// Move is a change of one axis to another level.
type Move struct{ Axis, Level int }

// AppendMoves appends every move of space.Neighbors from the canonical point p, and for ordinal axes those of 2, 4, 8, … levels down and up
// as far as reach levels.
func AppendMoves(dst []Move, s space.Space, p space.Point, reach int) []Move {
	for axis, level := range p {
		for next := range s.Neighbors(p, axis) {
			dst = append(dst, Move{axis, next})
		}
		if s.Param(axis).Kind != space.Ordinal || !s.Active(p, axis) {
			continue
		}
		for step := 2; step <= min(reach, s.Levels(axis)-1); step *= 2 {
			if level-step >= 0 {
				dst = append(dst, Move{axis, level - step})
			}
			if level+step < s.Levels(axis) {
				dst = append(dst, Move{axis, level + step})
			}
		}
	}
	return dst
}

// Apply makes a move from the canonical point p.
func (m Move) Apply(s space.Space, p space.Point, rng *rand.Rand) space.Point {
	q := slices.Clone(p)
	q[m.Axis] = m.Level
	return repair(s, p, q, rng)
}
