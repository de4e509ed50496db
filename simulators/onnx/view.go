package onnx

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// small reads the integers of an input that has to be a small constant.
func (c call) small(i int, what string) ([]int64, error) {
	v, err := c.arg(i)
	if err != nil {
		return nil, err
	}
	if v.ints == nil {
		return nil, fmt.Errorf("the %s is not a small constant of integers", what)
	}
	return v.ints, nil
}

// list reads integers that are an attribute in older files and an input in newer ones; ok is false where there are none.
func (c call) list(name string, at int) (values []int64, ok bool, err error) {
	if a, ok := c.attr(name); ok {
		return a.ints, true, nil
	}
	if c.optional(at) == nil {
		return nil, false, nil
	}
	values, err = c.small(at, name)
	return values, true, err
}

// viewed is a value under other dimensions, constant or not.
func viewed(v value, dims []int) ([]value, error) {
	if err := checkDims(dims, 0); err != nil {
		return nil, err
	}
	if product(dims) != v.elements() {
		return nil, fmt.Errorf("%d elements of shape %v do not fill the shape %v", v.elements(), v.dims, dims)
	}
	return []value{view(v, dims)}, nil
}

// reshape imports a change of dimensions, which moves nothing.
func (im *importer) reshape(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	target, ok, err := c.list("shape", 1)
	if err != nil || !ok {
		return nil, orMissing(err, "shape")
	}
	if len(target) > maxRank {
		return nil, fmt.Errorf("shape %v: want at most %d axes", target, maxRank)
	}
	dims, open, known := make([]int, len(target)), -1, int64(1)
	for i, d := range target {
		switch {
		case d == 0 && c.integer("allowzero", 0) == 0 && i < len(v.dims):
			d = int64(v.dims[i])
		case d == -1 && open < 0:
			open = i
			continue
		}
		if d < 0 || d > dnn.MaxDimension || d > 0 && known > dnn.MaxCount/d {
			return nil, fmt.Errorf("shape %v: %d out of range", target, d)
		}
		dims[i], known = int(d), known*d
	}
	if open >= 0 {
		if known == 0 || v.elements()%known != 0 {
			return nil, fmt.Errorf("%d elements of shape %v do not fill the shape %v", v.elements(), v.dims, target)
		}
		dims[open] = int(min(v.elements()/known, dnn.MaxDimension+1))
	}
	if slices.Equal(dims, v.dims) {
		return []value{v}, nil
	}
	return viewed(v, dims)
}

func orMissing(err error, what string) error {
	if err != nil {
		return err
	}
	return fmt.Errorf("no %s", what)
}

// flatten imports a change to two dimensions.
func (im *importer) flatten(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	at := c.integer("axis", 1)
	if at < 0 {
		at += int64(len(v.dims))
	}
	if at < 0 || at > int64(len(v.dims)) {
		return nil, fmt.Errorf("axis %d out of range [0, %d]", at, len(v.dims))
	}
	outer, inner := product(v.dims[:at]), product(v.dims[at:])
	return viewed(v, []int{int(min(outer, dnn.MaxDimension+1)), int(min(inner, dnn.MaxDimension+1))})
}

// squeeze drops axes of one element.
func (im *importer) squeeze(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	axes, err := c.axes(len(v.dims), 1)
	if err != nil {
		return nil, err
	}
	dims := []int{}
	for i, d := range v.dims {
		if !(slices.Contains(axes, i) || len(axes) == 0 && d == 1) {
			dims = append(dims, d)
		} else if d != 1 {
			return nil, fmt.Errorf("axis %d of shape %v has %d elements: want 1", i, v.dims, d)
		}
	}
	return viewed(v, dims)
}

// unsqueeze puts axes of one element in.
func (im *importer) unsqueeze(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	raw, ok, err := c.list("axes", 1)
	if err != nil || !ok {
		return nil, orMissing(err, "axes")
	}
	rank := len(v.dims) + len(raw)
	if rank > maxRank {
		return nil, fmt.Errorf("%d axes: want at most %d", rank, maxRank)
	}
	dims, next := make([]int, rank), 0
	for _, a := range raw {
		i, err := axis(a, rank)
		if err != nil {
			return nil, err
		}
		if dims[i] != 0 {
			return nil, fmt.Errorf("axis %d twice", a)
		}
		dims[i] = 1
	}
	for i := range dims {
		if dims[i] == 0 {
			dims[i], next = v.dims[next], next+1
		}
	}
	return viewed(v, dims)
}

// transpose imports a permutation of axes, which moves nothing: a product reads its operands in any order.
func (im *importer) transpose(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	perm, ok := c.attr("perm")
	order := perm.ints
	if !ok {
		for i := range v.dims {
			order = append(order, int64(len(v.dims)-1-i))
		}
	}
	if len(order) != len(v.dims) {
		return nil, fmt.Errorf("perm %v: want %d axes", order, len(v.dims))
	}
	dims, seen := make([]int, len(order)), make([]bool, len(order))
	for i, a := range order {
		at, err := axis(a, len(v.dims))
		if err != nil {
			return nil, err
		}
		if seen[at] {
			return nil, fmt.Errorf("perm %v: axis %d twice", order, a)
		}
		seen[at], dims[i] = true, v.dims[at]
	}
	if len(v.dims) > 1 {
		v.ints, v.floats = nil, nil
	}
	return []value{view(v, dims)}, nil
}
