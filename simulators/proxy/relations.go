package proxy

import (
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
)

// relations is what axes with the same labels say together: which of them choose alike, and, where a label begins the names of other axes (the processor pe1 those of
// pe1_kind and pe1_bus), what these say of the thing that is chosen.
type relations struct {
	space      space.Space
	families   []pointers
	properties [][]property // of each family
	width      int          // features
}

// property is an axis that each thing has which the labels of a family name: its kind, or the kind of the bus that it hangs on.
type property struct {
	steps  [][]int // of each step: label -> axis that says more; -1 = the label names nothing that has it
	levels int     // of the last step
}

// Bounds of what is looked at.
const (
	mostSteps  = 2  // axes that are followed one after the other
	mostPaired = 32 // axes of a family each two of which are compared
)

// findRelations finds what the axes of the families lead to.
func findRelations(s space.Space, families []pointers) relations {
	r := relations{space: s, families: families, properties: make([][]property, len(families))}
	for k := range families {
		r.properties[k] = propertiesOf(s, families[k].labels, nil)
		n := len(families[k].axes)
		if n <= mostPaired {
			r.width += n * (n - 1) / 2
		}
		for _, q := range r.properties[k] {
			r.width += (n + 2) * q.levels
		}
	}
	return r
}

// propertiesOf are those of the things that labels name, reached after the steps before.
func propertiesOf(s space.Space, labels []string, before [][]int) []property {
	if len(before) == mostSteps {
		return nil
	}
	var list []property
	names := s.Names()
	for _, ending := range endings(s, labels) {
		step := make([]int, len(labels))
		for l, label := range labels {
			step[l] = slices.Index(names, label+"_"+ending)
		}
		some := slices.Max(step)
		p := s.Param(some)
		differs := func(axis int) bool {
			return axis >= 0 && !(s.Param(axis).Kind == p.Kind && slices.Equal(s.Param(axis).Labels, p.Labels) && slices.Equal(s.Param(axis).Values, p.Values))
		}
		if p.Kind == space.Permutation || slices.ContainsFunc(step, differs) {
			continue
		}
		steps := append(slices.Clone(before), step)
		list = append(list, property{steps, s.Levels(some)})
		if p.Kind == space.Nominal {
			list = append(list, propertiesOf(s, p.Labels, steps)...)
		}
	}
	return list
}

// endings are what follows "label_" in the names of axes, in their order.
func endings(s space.Space, labels []string) []string {
	var list []string
	for _, p := range s.Params() {
		for _, l := range labels {
			if ending, found := strings.CutPrefix(p.Name, l+"_"); found && !slices.Contains(list, ending) {
				list = append(list, ending)
			}
		}
	}
	return list
}

// of is the level of the property that the thing of a label has; -1 = none.
func (q *property) of(s space.Space, p space.Point, label int) int {
	for _, step := range q.steps {
		axis := step[label]
		if axis < 0 || !s.Active(p, axis) {
			return -1
		}
		label = p[axis]
	}
	return label
}

// append appends for each family whether each two of its axes choose alike, then the features of each property.
func (r *relations) append(dst []float64, p space.Point) []float64 {
	for k := range r.families {
		f := &r.families[k]
		for i, a := range f.axes {
			for _, b := range f.axes[:i] {
				switch {
				case len(f.axes) > mostPaired:
				case p[a] == p[b] && r.space.Active(p, a) && r.space.Active(p, b):
					dst = append(dst, 1)
				default:
					dst = append(dst, 0)
				}
			}
		}
		for i := range r.properties[k] {
			dst = r.appendProperty(dst, f, &r.properties[k][i], p)
		}
	}
	return dst
}

// appendProperty appends for each level the share of the axes that choose a thing of it, the share of the labels that are such things and chosen by any axis, and of
// each axis whether it chooses such a thing.
func (r *relations) appendProperty(dst []float64, f *pointers, q *property, p space.Point) []float64 {
	first, n := len(dst), q.levels
	dst = slices.Grow(dst, (len(f.axes)+2)*n)[:first+(len(f.axes)+2)*n]
	clear(dst[first:])
	shares, used, each := dst[first:first+n], dst[first+n:first+2*n], dst[first+2*n:]
	chosen := make([]bool, len(f.labels))
	for i, axis := range f.axes {
		if !r.space.Active(p, axis) {
			continue
		}
		level := q.of(r.space, p, p[axis])
		if level < 0 {
			continue
		}
		each[i*n+level] = 1
		shares[level] += 1 / float64(len(f.axes))
		if !chosen[p[axis]] {
			chosen[p[axis]] = true
			used[level] += 1 / float64(len(f.labels))
		}
	}
	return dst
}
