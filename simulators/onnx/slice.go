package onnx

import (
	"fmt"
	"math"
	"slices"
)

// split cuts a value along an axis.
func (im *importer) split(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	at, err := axis(c.integer("axis", 0), len(v.dims))
	if err != nil {
		return nil, err
	}
	sizes, ok, err := c.list("split", 1)
	if err != nil {
		return nil, err
	}
	parts := len(c.outputs)
	if !ok && parts > 0 {
		chunk := (v.dims[at] + parts - 1) / parts
		for rest := v.dims[at]; len(sizes) < parts; rest -= chunk {
			sizes = append(sizes, int64(min(chunk, rest)))
		}
	}
	if len(sizes) != parts {
		return nil, fmt.Errorf("%d sizes for %d outputs", len(sizes), parts)
	}
	var list []value
	var sum int64
	for i, size := range sizes {
		if size < 1 || size > int64(v.dims[at]) {
			return nil, fmt.Errorf("size %d of output %d out of range [1, %d]", size, i, v.dims[at])
		}
		sum += size
		dims := slices.Clone(v.dims)
		dims[at] = int(size)
		part, err := im.part(fmt.Sprintf("%s.%d", c.label, i), v, dims)
		if err != nil {
			return nil, err
		}
		list = append(list, part)
	}
	if sum != int64(v.dims[at]) {
		return nil, fmt.Errorf("sizes %v of shape %v do not add up along axis %d", sizes, v.dims, at)
	}
	return list, nil
}

// part is some of the elements of a value.
func (im *importer) part(label string, v value, dims []int) (value, error) {
	switch {
	case slices.Equal(dims, v.dims):
		return v, nil
	case v.constant:
		return value{constant: true, trained: v.trained, dims: dims}, nil
	}
	return im.moved(label, dims, v.image, 0, v.from...)
}

// slice takes ranges of elements along axes.
func (im *importer) slice(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	starts, ok, err := c.list("starts", 1)
	if err != nil || !ok {
		return nil, orMissing(err, "starts")
	}
	ends, ok, err := c.list("ends", 2)
	if err != nil || !ok {
		return nil, orMissing(err, "ends")
	}
	axes, hasAxes, err := c.list("axes", 3)
	if err != nil {
		return nil, err
	}
	steps, hasSteps, err := c.list("steps", 4)
	if err != nil {
		return nil, err
	}
	if len(ends) != len(starts) || hasAxes && len(axes) != len(starts) || hasSteps && len(steps) != len(starts) || len(starts) > len(v.dims) && !hasAxes {
		return nil, fmt.Errorf("%d starts, %d ends, %d axes, %d steps do not go together", len(starts), len(ends), len(axes), len(steps))
	}
	dims := slices.Clone(v.dims)
	picked := v.ints
	for i := range starts {
		at, step := i, int64(1)
		if hasAxes {
			if at, err = axis(axes[i], len(v.dims)); err != nil {
				return nil, err
			}
		}
		if hasSteps {
			step = steps[i]
		}
		first, count, err := sliceRange(starts[i], ends[i], step, int64(v.dims[at]))
		if err != nil {
			return nil, err
		}
		if count == 0 && !v.constant {
			return nil, fmt.Errorf("nothing is left of axis %d of shape %v", at, v.dims)
		}
		dims[at] = int(count)
		if picked != nil && len(v.dims) == 1 {
			picked = make([]int64, count)
			for j := range picked {
				picked[j] = v.ints[first+int64(j)*step]
			}
		}
	}
	out, err := im.part(c.label, v, dims)
	if v.constant && len(v.dims) == 1 {
		out.ints = picked
	}
	return []value{out}, err
}

// sliceRange resolves a range as numpy does: its first element and how many it has.
func sliceRange(start, end, step, size int64) (first, count int64, err error) {
	if step == 0 || step == math.MinInt64 {
		return 0, 0, fmt.Errorf("step %d", step)
	}
	clamp := func(v, low, high int64) int64 {
		if v < 0 && v >= -size {
			v += size
		}
		return min(max(v, low), high)
	}
	if step > 0 {
		first, end = clamp(start, 0, size), clamp(end, 0, size)
		if end > first {
			count = (end-first-1)/step + 1
		}
		return first, count, nil
	}
	first = clamp(start, 0, size-1)
	if end < -size { // before the first element
		end = -1
	} else {
		end = clamp(end, -1, size-1)
	}
	if first > end && size > 0 {
		count = (first-end-1)/(-step) + 1
	}
	return first, count, nil
}
