package proxy

import (
	"fmt"
	"math"
	"slices"
)

// Sum is a constant and other targets: the parts of an energy or an area.
type Sum struct {
	Constant float64 `json:"constant,omitempty"`
	Metrics  []int   `json:"metrics"` // of targets of the file
}

// mostParts bounds the parts of a sum, but for those that are constant.
const mostParts = 4

// derived tells whether the target is made of others.
func (t *Target) derived() bool { return t.Product != nil || t.Sum != nil }

// value is the sum at a design.
func (f *Sum) value(metric func(target int) float64) float64 {
	v := f.Constant
	for _, m := range f.Metrics {
		v += metric(m)
	}
	return v
}

// check reports a sum of what is not there, or is made of others itself.
func (f *Sum) check(targets []Target) error {
	for _, m := range f.Metrics {
		if m < 0 || m >= len(targets) || targets[m].derived() {
			return fmt.Errorf("a sum of target %d", m)
		}
	}
	return nil
}

// sums finds the targets that are, in every row, the sum of at least two others in their unit and a constant of at least 0; nil of the others.
func (l *learner) sums() []*Sum {
	list := make([]*Sum, len(l.metrics))
	used := make([]bool, len(l.metrics)) // in a sum
	for k := range list {
		if used[k] {
			continue
		}
		var parts []int
		for other, metric := range l.metrics {
			if other != k && list[other] == nil && l.table.Spec.Metrics[metric].Unit == l.table.Spec.Metrics[l.metrics[k]].Unit {
				parts = append(parts, other)
			}
		}
		if list[k] = l.sumOf(k, parts); list[k] != nil {
			for _, m := range list[k].Metrics {
				used[m] = true
			}
		}
	}
	return list
}

// sumOf tries the sums of some of the parts, the shortest first.
func (l *learner) sumOf(k int, parts []int) *Sum {
	level := [][]int{nil}
	for range min(mostParts, len(parts)) {
		var longer [][]int
		for _, some := range level {
			for _, p := range parts {
				if len(some) == 0 || p > some[len(some)-1] {
					longer = append(longer, append(slices.Clone(some), p))
				}
			}
		}
		for _, some := range longer {
			if f := (Sum{Metrics: some}); len(some) > 1 && l.adds(&f, k) {
				return &f
			}
		}
		level = longer
	}
	return nil
}

// adds finds the constant from the first row, and tells whether it is that of all rows.
func (l *learner) adds(f *Sum, k int) bool {
	for first, i := range l.valued {
		values := l.table.Rows[i].Values
		v := f.value(func(target int) float64 { return values[l.metrics[target]] })
		y := values[l.metrics[k]]
		if first == 0 {
			if f.Constant = y - v; f.Constant < -exact*math.Abs(y) {
				return false
			}
			v += f.Constant
		}
		if !(math.Abs(v-y) <= exact*math.Abs(y)) {
			return false
		}
	}
	return true
}
