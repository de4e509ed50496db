package onnx

import (
	"errors"
	"fmt"
	"math"
)

// constant imports a constant that is a node.
func (im *importer) constant(c call) ([]value, error) {
	if a, ok := c.attr("value"); ok && a.t != nil {
		v, err := constantOf(*a.t)
		return []value{v}, err
	}
	if a, ok := c.attr("value_int"); ok {
		return []value{integers([]int64{a.i}, []int{}...)}, nil
	}
	if a, ok := c.attr("value_ints"); ok && len(a.ints) <= maxValues {
		return []value{integers(a.ints)}, nil
	}
	if a, ok := c.attr("value_float"); ok {
		return []value{{constant: true, trained: true, dims: []int{}, floats: []float64{a.f}}}, nil
	}
	if a, ok := c.attr("value_floats"); ok && len(a.floats) <= maxValues {
		return []value{{constant: true, trained: true, dims: []int{len(a.floats)}, floats: a.floats}}, nil
	}
	return nil, errors.New("no value that is a tensor or a list of numbers")
}

// constantOfShape imports a constant that has one value everywhere. It is not trained.
func (im *importer) constantOfShape(c call) ([]value, error) {
	shape, err := c.small(0, "shape")
	if err != nil {
		return nil, err
	}
	if err := checkDims(shape, 0); err != nil {
		return nil, err
	}
	v := value{constant: true, dims: make([]int, len(shape))}
	for i, d := range shape {
		v.dims[i] = int(d)
	}
	if a, ok := c.attr("value"); ok && a.t != nil && v.elements() <= maxValues {
		if one, err := constantOf(*a.t); err == nil && len(one.ints) == 1 {
			v.ints = make([]int64, v.elements())
			for i := range v.ints {
				v.ints[i] = one.ints[0]
			}
		}
	}
	return []value{v}, nil
}

// shape imports the dimensions of a value as a constant.
func (im *importer) shape(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	first, count, err := sliceRange(c.integer("start", 0), c.integer("end", math.MaxInt64), 1, int64(len(v.dims)))
	if err != nil {
		return nil, err
	}
	dims := make([]int64, count)
	for i := range dims {
		dims[i] = int64(v.dims[first+int64(i)])
	}
	return []value{integers(dims)}, nil
}

// size imports the number of elements as a constant.
func (im *importer) size(c call) ([]value, error) {
	v, err := c.arg(0)
	return []value{integers([]int64{v.elements()}, []int{}...)}, err
}

// rangeOf imports a sequence of integers.
func (im *importer) rangeOf(c call) ([]value, error) {
	var bounds [3]int64
	for i, what := range []string{"start", "limit", "delta"} {
		list, err := c.small(i, what)
		if err != nil {
			return nil, err
		}
		if len(list) != 1 || list[0] > math.MaxInt32 || list[0] < -math.MaxInt32 {
			return nil, fmt.Errorf("%s %v: want one number of 32 bits", what, list)
		}
		bounds[i] = list[0]
	}
	start, limit, delta := bounds[0], bounds[1], bounds[2]
	if delta == 0 {
		return nil, errors.New("delta 0")
	}
	count := (limit - start + delta - sign(delta)) / delta
	count = max(count, 0)
	if count > maxValues {
		return []value{{constant: true, dims: []int{int(count)}}}, checkDims([]int64{count}, 0)
	}
	list := make([]int64, count)
	for i := range list {
		list[i] = start + int64(i)*delta
	}
	return []value{integers(list)}, nil
}

func sign(v int64) int64 {
	if v < 0 {
		return -1
	}
	return 1
}

// foldCombination computes an element-wise function of constants; values that no shape is computed with stay unknown.
func foldCombination(c call, dims []int) value {
	out := value{constant: true, dims: dims}
	for _, v := range c.args {
		out.trained = out.trained || v.trained
	}
	n := product(dims)
	if len(c.args) < 2 || n > maxValues {
		return out
	}
	for _, v := range c.args {
		if v.ints == nil || int64(len(v.ints)) != n && len(v.ints) != 1 {
			return out
		}
	}
	at := func(arg int, i int64) int64 {
		if list := c.args[arg].ints; len(list) > 1 {
			return list[i]
		}
		return c.args[arg].ints[0]
	}
	list := make([]int64, n)
	for i := range list {
		a, b := at(0, int64(i)), at(1, int64(i))
		switch {
		case c.op == "Add":
			list[i] = a + b
		case c.op == "Sub":
			list[i] = a - b
		case c.op == "Mul":
			list[i] = a * b
		case c.op == "Div" && b != 0:
			list[i] = a / b
		case c.op == "Mod" && b != 0:
			list[i] = a % b
		case c.op == "Equal":
			list[i] = truth(a == b)
		case c.op == "And":
			list[i] = truth(a != 0 && b != 0)
		case c.op == "Or":
			list[i] = truth(a != 0 || b != 0)
		case c.op == "Less":
			list[i] = truth(a < b)
		case c.op == "Greater":
			list[i] = truth(a > b)
		case c.op == "Max" && len(c.args) == 2:
			list[i] = max(a, b)
		case c.op == "Min" && len(c.args) == 2:
			list[i] = min(a, b)
		case c.op == "Where" && len(c.args) == 3:
			if list[i] = b; a == 0 {
				list[i] = at(2, int64(i))
			}
		default:
			return out
		}
	}
	out.ints = list
	return out
}

// foldFunction is a function of one integer that shapes are computed with, or nil.
func foldFunction(op string) func(int64) int64 {
	switch op {
	case "Neg":
		return func(i int64) int64 { return -i }
	case "Abs":
		return func(i int64) int64 { return max(i, -i) }
	case "Not":
		return func(i int64) int64 { return truth(i == 0) }
	}
	return nil
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// foldConcat joins constants.
func foldConcat(c call, dims []int) value {
	out := value{constant: true, dims: dims}
	list := []int64{}
	for _, v := range c.args {
		out.trained = out.trained || v.trained
		if list != nil && v.ints != nil && len(v.dims) == 1 {
			list = append(list, v.ints...)
		} else {
			list = nil
		}
	}
	if len(list) <= maxValues {
		out.ints = list
	}
	return out
}

// foldGather picks entries of a constant; the values of a list stay known.
func foldGather(v, indices value, dims []int) value {
	out := value{constant: true, trained: v.trained, dims: dims}
	if v.ints == nil || indices.ints == nil || len(v.dims) != 1 {
		return out
	}
	list := make([]int64, len(indices.ints))
	for i, at := range indices.ints {
		at, err := axis(at, len(v.ints))
		if err != nil {
			return out
		}
		list[i] = v.ints[at]
	}
	out.ints = list
	return out
}
