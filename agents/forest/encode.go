package forest

import (
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/forest"
)

// Features lists the columns of the rows that AppendRow makes; the package comment has the rules.
func Features(s space.Space) []forest.Feature {
	var list []forest.Feature
	for axis, p := range s.Params() {
		conditional := len(p.When) > 0
		switch p.Kind {
		case space.Ordinal:
			list = append(list, forest.Feature{Levels: s.Levels(axis)})
		case space.Nominal:
			levels := s.Levels(axis)
			if conditional {
				levels++
			}
			list = append(list, forest.Feature{Levels: levels, Nominal: true})
		case space.Permutation:
			for range p.Labels {
				list = append(list, forest.Feature{Levels: len(p.Labels)})
			}
		}
		if conditional && p.Kind != space.Nominal {
			list = append(list, forest.Feature{Levels: 2})
		}
	}
	return list
}

// AppendRow appends the row of a canonical point to dst.
func AppendRow(dst []int, s space.Space, point space.Point) []int {
	for axis, p := range s.Params() {
		active, conditional := s.Active(point, axis), len(p.When) > 0
		level := point[axis]
		switch p.Kind {
		case space.Ordinal:
			dst = append(dst, level)
		case space.Nominal:
			if !active {
				level = s.Levels(axis)
			}
			dst = append(dst, level)
		case space.Permutation:
			var buf [space.MaxPermuted]int
			start := len(dst)
			dst = append(dst, buf[:len(p.Labels)]...)
			if active {
				for place, label := range space.Unrank(buf[:0], level, len(p.Labels)) {
					dst[start+label] = place
				}
			}
		}
		if conditional && p.Kind != space.Nominal {
			flag := 0
			if active {
				flag = 1
			}
			dst = append(dst, flag)
		}
	}
	return dst
}
