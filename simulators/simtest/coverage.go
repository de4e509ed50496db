package simtest

import (
	"math/big"
	"slices"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
)

const (
	batch     = 256  // points evaluated in one call
	maxLevels = 1000 // of one axis that are tried
)

func resultsAreWellFormed(t reporter, s *subject) {
	t.Helper()
	s.baseline(t)
}

func everyLevelIsEvaluated(t reporter, s *subject) {
	t.Helper()
	for axis, param := range s.spec.Space.Params() {
		p, ok := witness(s.spec.Space, axis)
		require.True(t, ok, "axis %q is active in no design: its conditions exclude each other", param.Name)
		n := s.spec.Space.Levels(axis)
		tried := min(n, maxLevels)
		var points []space.Point
		for k := range tried {
			q := slices.Clone(p)
			q[axis] = k * (n - 1) / max(tried-1, 1)
			points = append(points, q)
		}
		for chunk := range slices.Chunk(points, batch) {
			s.evaluate(t, chunk...)
		}
	}
}

func smallSpaceIsEvaluatedWhole(t reporter, s *subject) {
	t.Helper()
	if s.spec.Space.Size().Cmp(big.NewInt(int64(s.whole))) > 0 {
		return
	}
	for chunk := range slices.Chunk(slices.Collect(s.spec.Space.Points()), batch) {
		s.evaluate(t, chunk...)
	}
}

// witness is a canonical point in which the axis is active, with level 0; false when there is none. Conditions only look back, so going
// from the axis to the first one, every user of an axis has said what it needs before the axis is reached.
func witness(s space.Space, axis int) (space.Point, bool) {
	p := make(space.Point, s.Len())
	needs := make([][]bool, s.Len()) // the levels that satisfy every user; nil = not needed
	for a := axis; a >= 0; a-- {
		if a != axis {
			if needs[a] == nil {
				continue
			}
			if p[a] = slices.Index(needs[a], true); p[a] < 0 {
				return nil, false
			}
		}
		for _, c := range s.Param(a).When {
			earlier, err := s.Axis(c.Param)
			if err != nil {
				return nil, false
			}
			needs[earlier] = narrowed(needs[earlier], s.Param(earlier), c.In)
		}
	}
	return p, true
}

// narrowed keeps of the allowed levels (nil = all) those with the given names.
func narrowed(allowed []bool, p space.Param, names []string) []bool {
	in := make([]bool, p.Levels())
	for _, name := range names {
		if level, err := p.Level(name); err == nil {
			in[level] = allowed == nil || allowed[level]
		}
	}
	return in
}
