package onnx

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// pad puts a border around a value.
func (im *importer) pad(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	pads, ok, err := c.list("pads", 1)
	if err != nil || !ok {
		return nil, orMissing(err, "pads")
	}
	axes := make([]int, len(v.dims))
	for i := range axes {
		axes[i] = i
	}
	if w := c.optional(3); w != nil {
		axes = axes[:0]
		for _, a := range w.ints {
			i, err := axis(a, len(v.dims))
			if err != nil {
				return nil, err
			}
			axes = append(axes, i)
		}
	}
	if len(pads) != 2*len(axes) {
		return nil, fmt.Errorf("%d pads for %d axes: want two each", len(pads), len(axes))
	}
	dims := slices.Clone(v.dims)
	for i, at := range axes {
		for _, p := range []int64{pads[i], pads[len(axes)+i]} {
			if p < -dnn.MaxDimension || p > dnn.MaxDimension {
				return nil, fmt.Errorf("pad %d out of range", p)
			}
			dims[at] += int(p)
		}
	}
	if err := checkDims(dims, 1); err != nil {
		return nil, err
	}
	out, err := im.part(c.label, v, dims)
	return []value{out}, err
}

// resize imports an enlargement or reduction. The arithmetic of an interpolation is not counted.
func (im *importer) resize(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	at := 2
	if c.op == "Upsample" || len(c.args) == 2 {
		at = 1
	}
	dims := slices.Clone(v.dims)
	scales := []float64{}
	if a, ok := c.attr("scales"); ok {
		scales = a.floats
	} else if w := c.optional(at); w != nil {
		scales = w.floats
	}
	if a, ok := c.attr("keep_aspect_ratio_policy"); ok && a.s != "stretch" {
		return nil, fmt.Errorf("keep_aspect_ratio_policy %q: known is stretch", a.s)
	}
	axes, err := c.axisList(len(dims), math.MaxInt)
	if err != nil {
		return nil, err
	}
	if len(axes) == 0 {
		for i := range dims {
			axes = append(axes, i)
		}
	}
	sizes := c.optional(3)
	switch {
	case sizes != nil && len(sizes.ints) == len(axes):
		for i, s := range sizes.ints {
			dims[axes[i]] = int(max(min(s, dnn.MaxDimension+1), 0))
		}
	case len(scales) == len(axes):
		for i, s := range scales {
			size := math.Floor(float64(dims[axes[i]]) * s)
			if !(size >= 1 && size <= dnn.MaxDimension) {
				return nil, fmt.Errorf("scale %g of axis %d makes %g of %d elements", s, axes[i], size, dims[axes[i]])
			}
			dims[axes[i]] = int(size)
		}
	default:
		return nil, fmt.Errorf("neither sizes nor scales are a constant with a value for each of %d axes", len(axes))
	}
	if err := checkDims(dims, 1); err != nil {
		return nil, err
	}
	out, err := im.part(c.label, v, dims)
	return []value{out}, err
}

// expand repeats elements so that a shape is filled.
func (im *importer) expand(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	target, err := c.small(1, "shape")
	if err != nil {
		return nil, err
	}
	if err := checkDims(target, 1); err != nil {
		return nil, err
	}
	wanted := make([]int, len(target))
	for i, d := range target {
		wanted[i] = int(d)
	}
	dims, err := broadcast(v.dims, wanted)
	if err != nil {
		return nil, err
	}
	if product(dims) == v.elements() {
		return viewed(v, dims)
	}
	out, err := im.part(c.label, v, dims)
	return []value{out}, err
}

// tile repeats a value along its axes.
func (im *importer) tile(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	repeats, err := c.small(1, "list of repeats")
	if err != nil {
		return nil, err
	}
	if len(repeats) != len(v.dims) {
		return nil, fmt.Errorf("%d repeats for %d axes", len(repeats), len(v.dims))
	}
	dims := slices.Clone(v.dims)
	for i, r := range repeats {
		if r < 1 || r > dnn.MaxDimension {
			return nil, fmt.Errorf("repeats %v: %d out of range [1, %d]", repeats, r, dnn.MaxDimension)
		}
		dims[i] *= int(r) // both at most 2^28
	}
	if err := checkDims(dims, 1); err != nil {
		return nil, err
	}
	out, err := im.part(c.label, v, dims)
	return []value{out}, err
}

// depthSpace moves blocks of space into the channels, or back.
func (im *importer) depthSpace(c call) ([]value, error) {
	v, rank, err := c.image(0)
	if err != nil {
		return nil, err
	}
	block := c.integer("blocksize", 0)
	if block < 1 || block > 1<<14 || rank != 2 {
		return nil, fmt.Errorf("blocksize %d out of range [1, %d], or not two axes of space", block, 1<<14)
	}
	b := int(block)
	ch, h, w := v.dims[1], v.dims[2], v.dims[3]
	if c.op == "DepthToSpace" {
		if ch%(b*b) != 0 {
			return nil, fmt.Errorf("blocks of %d×%d do not divide %d channels", b, b, ch)
		}
		ch, h, w = ch/(b*b), h*b, w*b
	} else {
		if h%b != 0 || w%b != 0 {
			return nil, fmt.Errorf("blocks of %d×%d do not divide %d×%d", b, b, h, w)
		}
		ch, h, w = ch*b*b, h/b, w/b
	}
	dims := []int{1, ch, h, w}
	if err := checkDims(dims, 1); err != nil {
		return nil, err
	}
	v.image = true
	out, err := im.part(c.label, v, dims)
	return []value{out}, err
}
