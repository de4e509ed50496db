package proxy

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/env/space"
)

// Product is factor · metric^±1 … · axis^±1 …, what simulators compute many a metric by.
type Product struct {
	Factor  float64 `json:"factor"`
	Metrics []Power `json:"metrics,omitempty"` // of targets of the file
	Axes    []Power `json:"axes,omitempty"`    // of the values of ordinal axes
}

// Power is one factor.
type Power struct {
	Of    int `json:"of"`
	Power int `json:"power"` // 1 or -1
}

// exact is how far a product may be off, relatively, to be the law of a metric: rounding.
const exact = 1e-9

// value is the product at a design; metric gives the targets.
func (f *Product) value(s space.Space, p space.Point, metric func(target int) float64) float64 {
	v := f.Factor
	for _, m := range f.Metrics {
		v = times(v, metric(m.Of), m.Power)
	}
	for _, a := range f.Axes {
		v = times(v, s.Param(a.Of).Values[p[a.Of]], a.Power)
	}
	return v
}

func times(v, by float64, power int) float64 {
	if power < 0 {
		return v / by
	}
	return v * by
}

// check reports a product of what is not there; own is the target that it is of.
func (f *Product) check(s space.Space, targets []Target, own int) error {
	for _, m := range f.Metrics {
		if m.Of < 0 || m.Of >= len(targets) || m.Of == own || targets[m.Of].Product != nil {
			return fmt.Errorf("a product of target %d", m.Of)
		}
	}
	for _, a := range f.Axes {
		if a.Of < 0 || a.Of >= s.Len() || s.Param(a.Of).Kind != space.Ordinal {
			return fmt.Errorf("a product of axis %d", a.Of)
		}
	}
	return nil
}

// candidates are the products, with the factor 1, of at most so many metrics among those of the targets, and at most two axes whose values are positive and always
// count; the shortest first.
func (l *learner) candidates(targets []int, mostMetrics int) []Product {
	var axes []int
	s := l.table.Spec.Space
	for axis, p := range s.Params() {
		if p.Kind == space.Ordinal && len(p.When) == 0 && len(p.Values) > 1 && p.Values[0] > 0 {
			axes = append(axes, axis)
		}
	}
	var list []Product
	for _, m := range powers(targets, mostMetrics) {
		for _, a := range powers(axes, 2) {
			if len(m)+len(a) > 0 {
				list = append(list, Product{1, m, a})
			}
		}
	}
	return list
}

// powers are the ways to take at most n of a list, each with the power 1 or -1, fewer first.
func powers(of []int, most int) [][]Power {
	list := [][]Power{nil}
	for from, n := 0, 0; n < most; n++ {
		to := len(list)
		for _, shorter := range list[from:to] {
			for _, next := range of {
				if len(shorter) > 0 && next <= shorter[len(shorter)-1].Of {
					continue
				}
				for _, power := range []int{1, -1} {
					list = append(list, append(append([]Power(nil), shorter...), Power{next, power}))
				}
			}
		}
		from = to
	}
	return list
}

// law is the product of metrics that a metric is in every row; nil = none.
func (l *learner) law(metric int, bases []int) *Product {
	if len(bases) == 0 {
		return nil
	}
	for _, f := range l.candidates(bases, 2) {
		if len(f.Metrics) > 0 && l.holds(&f, metric) {
			return &f
		}
	}
	return nil
}

// holds finds the factor from the first row, and tells whether it is that of all rows.
func (l *learner) holds(f *Product, metric int) bool {
	for k, i := range l.valued {
		r := &l.table.Rows[i]
		v := f.value(l.table.Spec.Space, r.Point, func(target int) float64 { return r.Values[l.metrics[target]] })
		if k == 0 {
			if f.Factor = r.Values[metric] / v; !(f.Factor > 0) || math.IsInf(f.Factor, 1) {
				return false
			}
			v *= f.Factor
		}
		if y := r.Values[metric]; !(y > 0 && math.Abs(v-y) <= exact*y) {
			return false
		}
	}
	return true
}
