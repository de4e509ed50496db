package onnx

import (
	"fmt"
	"math"
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

// concat puts values side by side: along the channels of feature maps that costs nothing, otherwise their elements are moved.
func (im *importer) concat(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	at, err := axis(c.integer("axis", 1), len(v.dims))
	if err != nil {
		return nil, err
	}
	dims := slices.Clone(v.dims)
	dims[at] = 0
	constant, free := true, true
	var trained int64
	var from []int
	for i := range c.args {
		w, err := c.arg(i)
		if err != nil {
			return nil, err
		}
		for j := range w.dims {
			if len(w.dims) != len(dims) || j != at && w.dims[j] != dims[j] {
				return nil, fmt.Errorf("shapes %v and %v do not go together along axis %d", v.dims, w.dims, at)
			}
		}
		if dims[at] += w.dims[at]; dims[at] > dnn.MaxDimension {
			return nil, fmt.Errorf("axis %d has more than %d elements", at, dnn.MaxDimension)
		}
		if w.constant {
			free = false
			if w.trained {
				trained += w.elements()
			}
			continue
		}
		constant = false
		free = free && w.channels() == at && w.image == v.image && w.lies == w.natural()
		from = append(from, w.from...)
	}
	switch {
	case constant:
		return []value{foldConcat(c, dims)}, nil
	case len(c.args) == 1:
		return []value{v}, nil
	case free:
		out := value{dims: dims, from: from, image: v.image}
		out.lies = out.natural()
		return []value{out}, checkDims(dims, 1)
	}
	moved, err := im.moved(c.label, dims, v.image, trained, from...)
	return []value{moved}, err
}

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

// gather picks entries along an axis: of a table of trained rows by an activation, which is an embedding, or of anything.
func (im *importer) gather(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	indices, err := c.arg(1)
	if err != nil {
		return nil, err
	}
	at, err := axis(c.integer("axis", 0), len(v.dims))
	if err != nil {
		return nil, err
	}
	dims := slices.Concat(v.dims[:at], indices.dims, v.dims[at+1:])
	if err := checkDims(dims, 0); err != nil {
		return nil, err
	}
	switch {
	case v.constant && indices.constant:
		return []value{foldGather(v, indices, dims)}, nil
	case v.constant && at == 0:
		return im.embedding(c.label, v, indices, dims)
	case v.constant:
		return nil, fmt.Errorf("an activation picks along axis %d of a constant: want axis 0", at)
	}
	from := slices.Clone(v.from)
	if !indices.constant {
		from = append(from, indices.from...)
	}
	moved, err := im.moved(c.label, dims, false, 0, from...)
	return []value{moved}, err
}

// embedding looks rows of a constant up.
func (im *importer) embedding(label string, table, indices value, dims []int) ([]value, error) {
	if err := checkDims(table.dims, 1); err != nil {
		return nil, fmt.Errorf("table: %w", err)
	}
	index, err := im.add(dnn.Layer{
		Name: label, Op: dnn.Gather, Inputs: slices.Clone(indices.from), Lookup: true, ParametersPerChannel: table.dims[0],
		OutHeight: int(min(indices.elements(), dnn.MaxDimension+1)), OutWidth: 1, OutChannels: int(min(product(table.dims[1:]), dnn.MaxDimension+1)),
	})
	if err != nil {
		return nil, err
	}
	return []value{im.yields(index, dims, false)}, nil
}

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
