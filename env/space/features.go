package space

import "math"

// Feature is one number of the encoding of a point.
type Feature struct {
	Name string // "rows", "dataflow=os", "order:k", "order?" (active)
	Axis int    // the axis it comes from
}

// Features lists the numbers of the encoding in order; see the package comment for the rules.
func (s Space) Features() []Feature {
	var features []Feature
	for axis, p := range s.params {
		if len(s.conds[axis]) > 0 {
			features = append(features, Feature{p.Name + "?", axis})
		}
		switch p.Kind {
		case Ordinal:
			features = append(features, Feature{p.Name, axis})
		case Nominal:
			for _, l := range p.Labels {
				features = append(features, Feature{p.Name + "=" + l, axis})
			}
		case Permutation:
			for _, l := range p.Labels {
				features = append(features, Feature{p.Name + ":" + l, axis})
			}
		}
	}
	return features
}

// AppendFeatures appends the encoding of a canonical point to dst: len(Features()) numbers in [0, 1]. An inactive axis is all 0.
func (s Space) AppendFeatures(dst []float64, p Point) []float64 {
	for axis, param := range s.params {
		active := s.Active(p, axis)
		if len(s.conds[axis]) > 0 {
			dst = append(dst, indicator(active))
		}
		switch param.Kind {
		case Ordinal:
			dst = append(dst, param.scaled(p[axis])) // 0 when inactive: the lowest level's place
		case Nominal:
			for l := range param.Labels {
				dst = append(dst, indicator(active && l == p[axis]))
			}
		case Permutation:
			dst = param.appendPositions(dst, p[axis], active)
		}
	}
	return dst
}

// scaled is the place of an ordinal level between the axis' smallest value (0) and largest (1), linear or logarithmic.
func (p Param) scaled(level int) float64 {
	low, high, v := p.Values[0], p.Values[len(p.Values)-1], p.Values[level]
	if low == high {
		return 0
	}
	if p.Log {
		low, high, v = math.Log(low), math.Log(high), math.Log(v)
	}
	return (v - low) / (high - low)
}

// appendPositions appends each label's place in an order, from 0 (first) to 1 (last).
func (p Param) appendPositions(dst []float64, level int, active bool) []float64 {
	n := len(p.Labels)
	var buf [MaxPermuted]int
	start := len(dst)
	for range n {
		dst = append(dst, 0)
	}
	if active {
		for place, label := range Unrank(buf[:0], level, n) {
			dst[start+label] = float64(place) / float64(n-1)
		}
	}
	return dst
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
