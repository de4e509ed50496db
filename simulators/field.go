package simulators

import (
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
)

// Field binds an axis to a configuration: Set writes the value of a level into it.
type Field[C any] struct {
	Param space.Param
	Set   func(c *C, level int)
}

// Int is an ordinal axis over an int of the configuration; values ascend.
func Int[C any](name, unit, doc string, values []int, at func(*C) *int) Field[C] {
	floats := make([]float64, len(values))
	for i, v := range values {
		floats[i] = float64(v)
	}
	return Field[C]{
		Param: space.Param{Name: name, Unit: unit, Doc: doc, Kind: space.Ordinal, Values: floats},
		Set:   func(c *C, level int) { *at(c) = values[level] },
	}
}

// Float is an ordinal axis over a float64 of the configuration; values ascend.
func Float[C any](name, unit, doc string, values []float64, at func(*C) *float64) Field[C] {
	return Field[C]{
		Param: space.Param{Name: name, Unit: unit, Doc: doc, Kind: space.Ordinal, Values: values},
		Set:   func(c *C, level int) { *at(c) = values[level] },
	}
}

// Choice is a nominal axis over any value of the configuration; the labels are the values as fmt prints them.
func Choice[C, V any](name, doc string, values []V, at func(*C) *V) Field[C] {
	labels := make([]string, len(values))
	for i, v := range values {
		labels[i] = fmt.Sprint(v)
	}
	return Field[C]{
		Param: space.Param{Name: name, Doc: doc, Kind: space.Nominal, Labels: labels},
		Set:   func(c *C, level int) { *at(c) = values[level] },
	}
}

// Order is a permutation axis over a slice of the configuration: the indices of labels in their order.
func Order[C any](name, doc string, labels []string, at func(*C) *[]int) Field[C] {
	return Field[C]{
		Param: space.Param{Name: name, Doc: doc, Kind: space.Permutation, Labels: labels},
		Set:   func(c *C, level int) { *at(c) = space.Unrank(nil, level, len(labels)) },
	}
}

// Log makes the features of an ordinal axis scale with the logarithm of its value.
func (f Field[C]) Log() Field[C] { f.Param.Log = true; return f }

// In names the sub-system that owns the axis, for multi-agent environments.
func (f Field[C]) In(group string) Field[C] { f.Param.Group = group; return f }

// When makes the axis active only while an earlier axis has one of the named levels. Further calls add further conditions.
func (f Field[C]) When(param string, in ...string) Field[C] {
	f.Param.When = append(f.Param.When[:len(f.Param.When):len(f.Param.When)], space.Cond{Param: param, In: in})
	return f
}
