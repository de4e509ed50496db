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
	of       []int       // parallel to axes: the axis of the space
	at       []int       // parallel to axes: its first feature
	factor   []float64   // parallel to axes: of its features, so that two levels are at most 1 apart while both are active
	places   [][]float64 // parallel to axes: of an ordinal axis, the place of each level in [0, 1]
	features []float64   // scratch
}

func newEncoder(s space.Space) *encoder {
	e := &encoder{space: s}
	features := s.Features()
	first := 0
	for axis, p := range s.Params() {
		count := 0
		for first+count < len(features) && features[first+count].Axis == axis {
			count++
		}
		if s.Levels(axis) > 1 {
			a, factor, places := gp.Axis{Columns: count}, 1.0, []float64(nil)
			switch p.Kind {
			case space.Ordinal:
				places = placesOf(p)
			case space.Nominal:
				a = gp.Axis{Columns: 1, Overlap: true}
			case space.Permutation:
				factor = 1 / reversal(len(p.Labels))
			}
			e.axes, e.of, e.at = append(e.axes, a), append(e.of, axis), append(e.at, first)
			e.factor, e.places = append(e.factor, factor), append(e.places, places)
		}
		first += count
	}
	return e
}

// placesOf are the features of the levels of an ordinal axis on its own.
func placesOf(p space.Param) []float64 {
	p.When = nil
	alone, err := space.New(p)
	if err != nil {
		panic("bayes: an axis of a space is not one on its own: " + err.Error())
	}
	var places []float64
	for level := range p.Levels() {
		places = alone.AppendFeatures(places, space.Point{level})
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
	e.features = e.space.AppendFeatures(e.features[:0], p)
	for i, a := range e.axes {
		if a.Overlap {
			code := 0.0 // the inactive axis' own level
			if e.space.Active(p, e.of[i]) {
				code = float64(1 + p[e.of[i]])
			}
			dst = append(dst, code)
			continue
		}
		from := e.features[e.at[i]:]
		for c := range a.Columns {
			dst = append(dst, from[c]*e.factor[i])
		}
	}
	return dst
}
