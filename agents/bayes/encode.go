package bayes

import (
	"math"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// encoder writes points as inputs of a Gaussian process; axes of one level are left out. See the package comment for the rules.
type encoder struct {
	space    space.Space
	axes     []gp.Axis
	of       []int         // parallel to axes: the axis of the space
	at       []int         // parallel to axes: its first number in an input
	factor   []float64     // parallel to axes: of its features, so that two levels are at most 1 apart while both are active
	places   [][]float64   // parallel to axes: of an ordinal axis, the place of each level in [0, 1]
	orders   []space.Space // parallel to axes: of a permutation axis, the space of it alone
	index    []int         // by axis of the space: its index in axes; -1 when it is left out
	switches []bool        // by axis of the space: whether others depend on it
}

func newEncoder(s space.Space) *encoder {
	e := &encoder{space: s, index: make([]int, s.Len()), switches: make([]bool, s.Len())}
	width := 0
	for axis, p := range s.Params() {
		for _, when := range p.When {
			if on, err := s.Axis(when.Param); err == nil {
				e.switches[on] = true
			}
		}
		e.index[axis] = -1
		if s.Levels(axis) == 1 {
			continue
		}
		a, factor, places, order := gp.Axis{Columns: 1}, 1.0, []float64(nil), space.Space{}
		switch p.Kind {
		case space.Ordinal:
			places = placesOf(p)
		case space.Nominal:
			a.Overlap = true
		case space.Permutation:
			a.Columns, factor, order = len(p.Labels), 1/reversal(len(p.Labels)), alone(p)
		}
		if len(p.When) > 0 && !a.Overlap {
			a.Columns++ // active or not
		}
		e.index[axis] = len(e.axes)
		e.axes, e.of, e.at = append(e.axes, a), append(e.of, axis), append(e.at, width)
		e.factor, e.places, e.orders = append(e.factor, factor), append(e.places, places), append(e.orders, order)
		width += a.Columns
	}
	return e
}

// alone is the space of one axis, without its conditions.
func alone(p space.Param) space.Space {
	p.When = nil
	s, err := space.New(p)
	if err != nil {
		panic("bayes: an axis of a space is not one on its own: " + err.Error())
	}
	return s
}

// placesOf are the features of the levels of an ordinal axis on its own.
func placesOf(p space.Param) []float64 {
	s := alone(p)
	var places []float64
	for level := range p.Levels() {
		places = s.AppendFeatures(places, space.Point{level})
	}
	return places
}

// reversal is the distance of an order of n labels from the reversed order, in features: the greatest that there is.
func reversal(n int) float64 {
	sum := 0.0
	for place := range n {
		d := float64(n-1-2*place) / float64(n-1)
		sum += d * d
	}
	return math.Sqrt(sum)
}

// append appends the input of a canonical point to dst.
func (e *encoder) append(dst []float64, p space.Point) []float64 {
	for i, axis := range e.of {
		dst = e.appendLevel(dst, i, p[axis], e.space.Active(p, axis))
	}
	return dst
}

// appendLevel appends the numbers of a level of axis i; an inactive axis is all 0.
func (e *encoder) appendLevel(dst []float64, i, level int, active bool) []float64 {
	conditional := len(e.space.Param(e.of[i]).When) > 0
	switch {
	case !active:
		for range e.axes[i].Columns {
			dst = append(dst, 0)
		}
		return dst
	case e.axes[i].Overlap:
		return append(dst, float64(1+level)) // 0 is the inactive axis' own
	}
	from := len(dst)
	if conditional {
		dst = append(dst, 1)
	}
	if e.places[i] != nil {
		dst = append(dst, e.places[i][level])
	} else {
		dst = e.orders[i].AppendFeatures(dst, space.Point{level})
	}
	if factor := e.factor[i]; factor != 1 {
		for c := from; c < len(dst); c++ {
			dst[c] *= factor
		}
	}
	return dst
}

// columns appends the columns of an input that axis i has.
func (e *encoder) columns(dst []int, i int) []int {
	for c := range e.axes[i].Columns {
		dst = append(dst, e.at[i]+c)
	}
	return dst
}
