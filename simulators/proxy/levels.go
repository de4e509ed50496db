package proxy

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/lookup"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// levels is a design as the levels of package lookup: one input an axis, whose last level of a conditional axis is "inactive", and one of the tasks.
type levels struct {
	space    space.Space
	axes     []lookup.Axis
	inactive []uint8 // of each axis; meaningful where it is conditional
}

// mostDraws bounds the search for designs in which each level is active.
const mostDraws = 20_000

// newLevels finds the features of every level of every axis; nil where an axis has too many levels, or a level is active so rarely that none was found.
func newLevels(s space.Space, e *encoding) *levels {
	l := &levels{space: s, inactive: make([]uint8, s.Len())}
	missing, first := 0, 0
	for axis, width := range e.axes[:s.Len()] {
		count := s.Levels(axis)
		n := count
		if len(s.Param(axis).When) > 0 {
			n++
		}
		if n > lookup.MostLevels {
			return nil
		}
		a := lookup.Axis{First: first, Levels: make([][]float64, n)}
		if n > count {
			l.inactive[axis], a.Levels[count] = uint8(count), make([]float64, width)
		}
		l.axes, missing, first = append(l.axes, a), missing+count, first+width
	}
	rng := rand.New(rand.NewPCG(1, 1))
	var x []float64
	for draw := 0; missing > 0; draw++ {
		if draw == mostDraws {
			return nil
		}
		p := s.Sample(rng)
		x = s.AppendFeatures(x[:0], p)
		for axis, level := range p {
			a := &l.axes[axis]
			if a.Levels[level] == nil && s.Active(p, axis) {
				a.Levels[level] = append([]float64(nil), x[a.First:a.First+e.axes[axis]]...)
				missing--
			}
		}
	}
	if e.tasks > 1 {
		a := lookup.Axis{First: first}
		for task := range e.tasks {
			indicator := make([]float64, e.tasks)
			indicator[task] = 1
			a.Levels = append(a.Levels, indicator)
		}
		l.axes = append(l.axes, a)
	}
	if e.tasks > lookup.MostLevels {
		return nil
	}
	return l
}

// append appends the levels of designs, row-major.
func (l *levels) append(dst []uint8, points []space.Point, task int) []uint8 {
	for _, p := range points {
		for axis, level := range p {
			if level == 0 && l.inactive[axis] > 0 && !l.space.Active(p, axis) {
				level = int(l.inactive[axis])
			}
			dst = append(dst, uint8(level))
		}
		if len(l.axes) > len(p) {
			dst = append(dst, uint8(task))
		}
	}
	return dst
}

// compile makes a model one of levels; nil where that cannot be done, and the model itself serves.
func (l *levels) compile(m regress.Model) compiled {
	if l == nil {
		return nil
	}
	switch m := m.(type) {
	case *regress.Trees:
		if trees, err := lookup.Compile(&m.Model, l.axes); err == nil {
			return trees
		}
	case *regress.Tables:
		if len(m.Levels) != len(l.axes) { // there are counts, which are no axes
			return nil
		}
		levels, features := make([]int, len(l.axes)), make([][][]float64, len(l.axes))
		for a, axis := range l.axes {
			levels[a], features[a] = len(axis.Levels), axis.Levels
		}
		if sums, err := lookup.NewSums(m.Base, levels, m.On(features)); err == nil {
			return sums
		}
	}
	return nil
}
