package predictor

import (
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// Encoder turns designs of one space into rows of numbers. It keeps no scratch.
type Encoder struct {
	space space.Space
	width int
	kin   []kin
}

// kin are axes that offer the same choices.
type kin struct {
	axes   []int
	sample space.Param // one of them
}

// NewEncoder is the encoder of a space.
func NewEncoder(s space.Space) *Encoder {
	e := &Encoder{space: s, width: len(s.Features())}
	for axis, p := range s.Params() {
		if p.Kind == space.Permutation || s.Levels(axis) < 2 {
			continue
		}
		at := slices.IndexFunc(e.kin, func(k kin) bool {
			return k.sample.Kind == p.Kind && slices.Equal(k.sample.Labels, p.Labels) && slices.Equal(k.sample.Values, p.Values)
		})
		if at < 0 {
			at = len(e.kin)
			e.kin = append(e.kin, kin{sample: p})
		}
		e.kin[at].axes = append(e.kin[at].axes, axis)
	}
	e.kin = slices.DeleteFunc(e.kin, func(k kin) bool { return len(k.axes) < 2 })
	for _, k := range e.kin {
		e.width += k.features()
	}
	return e
}

// features is how many numbers the kin adds.
func (k kin) features() int {
	if k.sample.Kind == space.Nominal {
		return len(k.sample.Labels)
	}
	return 1
}

// Width is the length of a row, at least 1.
func (e *Encoder) Width() int { return max(e.width, 1) }

// Append appends the row of a canonical point to dst; the package comment has the rules.
func (e *Encoder) Append(dst []float64, p space.Point) []float64 {
	if e.width == 0 {
		return append(dst, 0)
	}
	dst = e.space.AppendFeatures(dst, p)
	for _, k := range e.kin {
		start := len(dst)
		for range k.features() {
			dst = append(dst, 0)
		}
		for _, axis := range k.axes {
			switch {
			case !e.space.Active(p, axis):
			case k.sample.Kind == space.Nominal:
				dst[start+p[axis]]++
			default:
				dst[start] += float64(1 + p[axis])
			}
		}
	}
	return dst
}
