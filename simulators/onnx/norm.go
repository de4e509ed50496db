package onnx

import (
	"github.com/codesign-gym/codesign/accelerators/dnn"
)

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
