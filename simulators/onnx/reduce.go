package onnx

import (
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// reduce imports a reduction along some axes as a pooling.
func (im *importer) reduce(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	axes, err := c.axes(len(v.dims), 1)
	if err != nil {
		return nil, err
	}
	if len(axes) == 0 {
		if len(v.dims) == 0 || c.integer("noop_with_empty_axes", 0) != 0 {
			return []value{passed(v)}, nil
		}
		for i := range v.dims {
			axes = append(axes, i)
		}
	}
	keep := c.integer("keepdims", 1) != 0
	var dims []int
	outer, span, inner := 1, 1, 1
	for i, d := range v.dims {
		reduced := slices.Contains(axes, i)
		switch {
		case reduced:
			span *= d
		case i < axes[0]:
			outer *= d
		default:
			inner *= d
		}
		if !reduced {
			dims = append(dims, d)
		} else if keep {
			dims = append(dims, 1)
		}
	}
	switch rank := len(v.dims) - 2; {
	case v.constant:
		return []value{{constant: true, trained: v.trained, dims: dims}}, nil
	case span == 1:
		return []value{view(v, dims)}, nil
	case v.image && v.dims[0] == 1 && axes[0] == 2 && len(axes) == rank && v.lies == v.natural():
		pooled, err := im.wholePool(c.label, v, rank)
		if err == nil && !keep {
			pooled[0] = view(pooled[0], dims)
		}
		return pooled, err
	}
	in := dnn.Shape{Height: outer, Width: span, Channels: inner}
	from, err := im.laid(c.label, v, in)
	if err != nil {
		return nil, err
	}
	index, err := im.add(windowed(c.label, dnn.Pool, from, in, [2]window{{kernel: 1, stride: 1, dilation: 1}, {kernel: span, stride: 1, dilation: 1}}))
	if err != nil {
		return nil, err
	}
	return []value{view(im.yields(index, dims, false), dims)}, nil
}

// axes reads a set of axes; sorted.
func (c call) axes(rank, at int) ([]int, error) {
	list, err := c.axisList(rank, at)
	slices.Sort(list)
	return slices.Compact(list), err
}

// axisList reads a list of axes from the attribute, or from an input, of older and newer files.
func (c call) axisList(rank, at int) (list []int, err error) {
	raw, _, err := c.list("axes", at)
	if err != nil {
		return nil, err
	}
	for _, a := range raw {
		i, err := axis(a, rank)
		if err != nil {
			return nil, err
		}
		list = append(list, i)
	}
	return list, nil
}
