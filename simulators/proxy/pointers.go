package proxy

import (
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// pointers is nominal axes with the same labels: they choose among the same things, as tasks do among processors.
type pointers struct {
	axes   []int
	labels []string
}

// leastPointers is how many axes, and how many labels, make counting worthwhile.
const leastPointers = 3

// findPointers groups the nominal axes of a space by their labels.
func findPointers(s space.Space) []pointers {
	var list []pointers
	for axis, p := range s.Params() {
		if p.Kind != space.Nominal || len(p.Labels) < leastPointers {
			continue
		}
		at := slices.IndexFunc(list, func(f pointers) bool { return slices.Equal(f.labels, p.Labels) })
		if at < 0 {
			at, list = len(list), append(list, pointers{labels: p.Labels})
		}
		list[at].axes = append(list[at].axes, axis)
	}
	return slices.DeleteFunc(list, func(f pointers) bool { return len(f.axes) < leastPointers })
}

// append appends the share of the axes that choose each label, and the share of the labels that any chooses: how many processors are used, a design
// hides in the axes of all tasks.
func (f *pointers) append(dst []float64, s space.Space, p space.Point) []float64 {
	first := len(dst)
	dst = slices.Grow(dst, len(f.labels)+1)[:first+len(f.labels)+1]
	counts := dst[first:]
	clear(counts)
	for _, a := range f.axes {
		if s.Active(p, a) {
			counts[p[a]]++
		}
	}
	used := 0.0
	for l := range f.labels {
		if counts[l] > 0 {
			used++
		}
		counts[l] /= float64(len(f.axes))
	}
	counts[len(f.labels)] = used / float64(len(f.labels))
	return dst
}
