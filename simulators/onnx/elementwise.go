package onnx

import (
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
	if len(constants) == 1 && im.isGain(c, v, constants[0]) {
		return []value{passed(v)}, nil
	}
	return im.perChannel(c.label, v, v.image, trained)
}

// isGain adds one value a channel to the trained values of the element-wise layer before it, such as the scale and the shift of a normalisation.
func (im *importer) isGain(c call, v, w value) bool {
	if len(v.from) != 1 || v.from[0] == dnn.NetworkInput || !im.readOnce(c, v) {
		return false
	}
	l := &im.network.Layers[v.from[0]]
	if l.Op != dnn.Elementwise || l.Operands != 1 || l.InChannels != v.natural().Channels || !perChannelOf(w, v) || l.ParametersPerChannel == dnn.MaxDimension {
		return false
	}
	l.ParametersPerChannel++
	return true
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
