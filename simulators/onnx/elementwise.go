package onnx

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// activation imports a function of each element, which is no layer.
func (im *importer) activation(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	out := passed(v)
	if f := foldFunction(c.op); f != nil && v.ints != nil {
		for _, i := range v.ints {
			out.ints = append(out.ints, f(i))
		}
	}
	return []value{out}, nil
}

// identity imports what keeps the elements as they are, as far as shapes go.
func (im *importer) identity(c call) ([]value, error) {
	v, err := c.arg(0)
	if c.op == "DequantizeLinear" && v.constant { // trained values, stored as integers
		v.trained, v.ints = true, nil
	}
	list := []value{v}
	if c.op == "DynamicQuantizeLinear" { // its scale and zero point
		list = append(list, value{constant: true, dims: []int{}}, value{constant: true, dims: []int{}})
	}
	return list, err
}

// softmax imports a function that keeps the shape and has no parameters.
func (im *importer) softmax(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil || v.constant {
		return []value{passed(v)}, err
	}
	return im.perElement(c.label, v, 0)
}

// norm imports a normalisation with a scale and a shift a channel, as far as it has them.
func (im *importer) norm(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil || v.constant {
		return []value{passed(v)}, err
	}
	var trained int64
	for i := 1; i < len(c.args); i++ {
		if w := c.args[i]; w != nil && w.constant && w.trained {
			trained += w.elements()
		}
	}
	image := c.op == "InstanceNormalization" || c.op == "GroupNormalization"
	if image {
		if v, _, err = c.image(0); err != nil {
			return nil, err
		}
	}
	return im.perChannel(c.label, v, image, trained)
}

// perChannel appends an element-wise layer with so many trained values, a whole number for each channel; else for each element.
func (im *importer) perChannel(label string, v value, image bool, trained int64) ([]value, error) {
	want := v.lies
	if natural := mapOf(v.dims, image); trained > 0 && want.Channels != natural.Channels {
		want = natural
	}
	if trained%int64(want.Channels) != 0 {
		want = dnn.Shape{Height: int(min(v.elements(), dnn.MaxDimension+1)), Width: 1, Channels: 1}
	}
	from, err := im.laid(label, v, want)
	if err != nil {
		return nil, err
	}
	v.from, v.lies = from, want
	return im.perElement(label, v, int(min(trained/int64(want.Channels), dnn.MaxDimension+1)))
}

// batchNorm folds a batch normalisation into the layer before it, as a bias, if nothing lies between and nothing else reads what that layer yields.
func (im *importer) batchNorm(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil || v.constant {
		return []value{passed(v)}, err
	}
	if len(v.dims) > 1 && im.foldBias(c, v, v.dims[1], v.image || len(v.dims) == 2) {
		return []value{v}, nil
	}
	if len(v.dims) == 2 { // one row a sample
		return im.perChannel(c.label, v, false, 2*int64(v.dims[1]))
	}
	if v, _, err = c.image(0); err != nil {
		return nil, err
	}
	return im.perChannel(c.label, v, true, 2*int64(v.dims[1]))
}

// foldBias makes one value for each of so many channels the bias of the layer that yields v, if that can be. A bias that is already there takes a shift in.
func (im *importer) foldBias(c call, v value, channels int, aligned bool) bool {
	if !aligned || !v.plain || len(v.from) != 1 || v.from[0] == dnn.NetworkInput || !im.readOnce(c, v) {
		return false
	}
	l := &im.network.Layers[v.from[0]]
	switch {
	case l.Op == dnn.Conv || l.Op == dnn.TransposedConv:
		if l.Filters != channels {
			return false
		}
	case l.Op != dnn.GEMM || !l.Weights || l.Batch != 1 || l.N != channels:
		return false
	}
	l.Bias = true
	return true
}

// readOnce tells whether the activation of this node is read by it alone.
func (im *importer) readOnce(c call, v value) bool {
	for i, arg := range c.args {
		if arg != nil && !arg.constant && arg.same(v) {
			return im.uses[c.inputs[i]] == 1
		}
	}
	return false
}

// combine imports a function of one element of each input, with numpy's broadcasting.
func (im *importer) combine(c call) ([]value, error) {
	var shapes [][]int
	var operands []value // different activations
	var constants []value
	for i := range c.args {
		v, err := c.arg(i)
		if err != nil {
			return nil, err
		}
		shapes = append(shapes, v.dims)
		switch {
		case v.constant:
			constants = append(constants, v)
		case !slices.ContainsFunc(operands, v.same): // x·σ(x) is a function of one element
			operands = append(operands, v)
		}
	}
	dims, err := broadcast(shapes...)
	if err != nil {
		return nil, err
	}
	if len(operands) == 0 {
		return []value{foldCombination(c, dims)}, nil
	}
	v, err := im.joined(c.label, operands, dims)
	if err != nil {
		return nil, err
	}
	var trained int64
	for _, w := range constants {
		if w.trained && w.elements() > 1 {
			trained += w.elements()
		}
	}
	if trained == 0 {
		return []value{passed(v)}, nil
	}
	if c.op == "Add" && len(constants) == 1 && im.isBias(c, v, constants[0]) {
		return []value{passed(v)}, nil
	}
	return im.perChannel(c.label, v, v.image, trained)
}

// isBias folds the addition of one value a channel into the layer before it.
func (im *importer) isBias(c call, v, w value) bool {
	if len(v.dims) == 0 {
		return false
	}
	channels := v.dims[v.channels()]
	at := len(w.dims) - (len(v.dims) - v.channels()) // the axis of the channels, counted from the end
	if at < 0 || at >= len(w.dims) || w.elements() != int64(channels) || w.dims[at] != channels {
		return false
	}
	if from := v.from; len(from) == 1 && from[0] != dnn.NetworkInput && im.network.Layers[from[0]].Bias {
		return false // a second bias is a layer of its own
	}
	return im.foldBias(c, v, channels, true)
}

// joined is one activation of the given dimensions, a function of each element of all operands: the only operand, or a layer.
func (im *importer) joined(label string, operands []value, dims []int) (value, error) {
	whole := slices.IndexFunc(operands, func(v value) bool { return slices.Equal(trimmed(v.dims), trimmed(dims)) })
	if whole < 0 { // none has all elements: repeat the first
		v, err := im.moved(label+".repeat", dims, operands[0].image, 0, operands[0].from...)
		if err != nil {
			return value{}, err
		}
		operands[0], whole = v, 0
	}
	v := operands[whole]
	if len(v.dims) != len(dims) {
		v = view(v, dims)
	}
	if len(operands) == 1 {
		return v, nil
	}
	base, err := im.single(label+".operand", v, v.lies)
	if err != nil {
		return value{}, err
	}
	l := dnn.Layer{
		Name: label, Op: dnn.Elementwise, Inputs: []int{base}, Operands: len(operands),
		InHeight: v.lies.Height, InWidth: v.lies.Width, InChannels: v.lies.Channels,
	}
	var scales []int
	for i, w := range operands {
		if i == whole {
			continue
		}
		if v.natural() == v.lies && perChannelOf(w, v) {
			index, err := im.single(label+".scale", w, dnn.Shape{Height: 1, Width: 1, Channels: v.lies.Channels})
			if err != nil {
				return value{}, err
			}
			scales = append(scales, index)
			continue
		}
		if !slices.Equal(trimmed(w.dims), trimmed(dims)) {
			if w, err = im.spread(label+".repeat", w, v.lies); err != nil {
				return value{}, err
			}
		}
		index, err := im.single(label+".operand", w, v.lies)
		if err != nil {
			return value{}, err
		}
		l.Inputs = append(l.Inputs, index)
	}
	l.Broadcasts, l.Inputs = len(scales), append(l.Inputs, scales...)
	index, err := im.add(l)
	if err != nil {
		return value{}, err
	}
	out := im.yields(index, dims, v.image)
	out.plain = false
	return out, nil
}

// spread repeats an activation so that it fills a feature map.
func (im *importer) spread(label string, w value, want dnn.Shape) (value, error) {
	index, err := im.pick(label, want, 0, w.from...)
	if err != nil {
		return value{}, err
	}
	return im.yields(index, w.dims, false), nil
}

// perChannelOf tells whether w is one value for each channel of v.
func perChannelOf(w, v value) bool {
	at := v.channels()
	if at < 0 || v.dims[at] == 1 || w.elements() != int64(v.dims[at]) {
		return false
	}
	back := len(v.dims) - at // counted from the end
	return back <= len(w.dims) && w.dims[len(w.dims)-back] == v.dims[at]
}

// trimmed drops leading axes of one element.
func trimmed(dims []int) []int {
	for len(dims) > 0 && dims[0] == 1 {
		dims = dims[1:]
	}
	return dims
}

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
	var raw []int64
	if a, ok := c.attr("axes"); ok {
		raw = a.ints
	} else if v := c.optional(at); v != nil {
		if v.ints == nil {
			return nil, fmt.Errorf("the axes are not a small constant")
		}
		raw = v.ints
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
