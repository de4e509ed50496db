package zerocost

import (
	"errors"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// maxElements bounds the values of one feature map of a batch.
const maxElements = 1 << 28

// runner runs a network on a batch.
type runner struct {
	multiply func(l dnn.Layer, in feature) feature // convolutions and fully connected layers, as convolutions
	norm     func(in feature) feature
	gate     func(in, by feature) feature // each channel by a factor that the network computes
	rectify  func(in feature) feature     // in front of what multiplies; nil = none
	batch    int
}

// run returns what the last layer yields.
func (r runner) run(n dnn.Network, input feature) (feature, error) {
	if n.Input != input.shape || len(n.Layers) == 0 {
		return feature{}, errors.New("zerocost: the images have not the shape of the network's input")
	}
	last := lastUses(n)
	outputs := make([]feature, len(n.Layers))
	at := func(producer int) feature {
		if producer == dnn.NetworkInput {
			return input
		}
		return outputs[producer]
	}
	for i, l := range n.Layers {
		if l.Copies() > 1 || int64(r.batch)*l.OutputElements() > maxElements || int64(r.batch)*l.InputElements() > maxElements {
			return feature{}, unsupported(n, i)
		}
		var parts []feature
		for _, p := range l.Inputs {
			parts = append(parts, at(p))
		}
		out, err := r.layer(n, i, parts)
		if err != nil {
			return feature{}, err
		}
		outputs[i] = out
		for _, p := range l.Inputs {
			if p != dnn.NetworkInput && last[p] == i {
				outputs[p] = feature{} // its memory
			}
		}
	}
	return outputs[len(outputs)-1], nil
}

// lastUses is the last layer that reads each layer.
func lastUses(n dnn.Network) []int {
	last := make([]int, len(n.Layers))
	for i, l := range n.Layers {
		for _, p := range l.Inputs {
			if p != dnn.NetworkInput {
				last[p] = i
			}
		}
	}
	return last
}

// layer runs one layer on what it reads.
func (r runner) layer(n dnn.Network, i int, parts []feature) (feature, error) {
	l := n.Layers[i]
	switch {
	case l.Op == dnn.Conv:
		in := concatenate(parts)
		if r.rectify != nil && l.Inputs[0] != dnn.NetworkInput {
			in = r.rectify(in)
		}
		return r.multiply(l, in), nil
	case l.Op == dnn.GEMM && l.Weights && l.M == 1 && max(l.Batch, 1) == 1:
		in := concatenate(parts)
		return r.multiply(flattened(l), feature{dnn.Shape{Height: 1, Width: 1, Channels: l.K}, in.batch, in.data}), nil
	case l.Op == dnn.Pool:
		in := concatenate(parts)
		if r.rectify != nil && l.Output().Height == 1 && l.Output().Width == 1 {
			in = r.rectify(in)
		}
		return pool(l, in), nil
	case l.Op == dnn.Elementwise && l.Broadcasts == 1 && l.Operands == 2:
		return r.gate(parts[0], parts[1]), nil
	case l.Op == dnn.Elementwise && l.Operands > 1:
		return add(parts), nil
	case l.Op == dnn.Elementwise && l.ParametersPerChannel == 2:
		return r.norm(concatenate(parts)), nil
	case l.Op == dnn.Gather && !l.Lookup && l.ParametersPerChannel == 0 && len(parts) == 1 && parts[0].shape == l.Output():
		return newFeature(l.Output(), parts[0].batch), nil // the zeros of a node without inputs
	}
	return feature{}, unsupported(n, i)
}

// flattened is a fully connected layer as a convolution of one pixel.
func flattened(l dnn.Layer) dnn.Layer {
	return dnn.Layer{
		Name: l.Name, Op: dnn.Conv, InHeight: 1, InWidth: 1, InChannels: l.K, Filters: l.N, KernelHeight: 1, KernelWidth: 1,
		StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1, Groups: 1,
	}
}
