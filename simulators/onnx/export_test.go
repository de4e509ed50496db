package onnx_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// export writes a convolutional network of package dnn as an ONNX graph: what a framework's exporter makes of it, but with an instance normalisation
// where the network has a normalisation, because a batch normalisation would be folded.
func export(n dnn.Network) []byte {
	var g graph
	name := func(producer int) string {
		if producer == dnn.NetworkInput {
			return "input"
		}
		return n.Layers[producer].Name
	}
	g.input("input", "batch", n.Input.Channels, n.Input.Height, n.Input.Width)
	for _, l := range n.Layers {
		var inputs []string
		for _, p := range l.Inputs {
			inputs = append(inputs, name(p))
		}
		if len(inputs) > 1 && l.Operands < 2 && l.Op != dnn.GEMM {
			inputs = []string{g.node("Concat", l.Name+".concat", inputs, integer("axis", 1))}
		}
		window := []attribute{
			ints("kernel_shape", l.KernelHeight, l.KernelWidth), ints("strides", l.StrideHeight, l.StrideWidth),
			ints("dilations", l.DilationHeight, l.DilationWidth), ints("pads", l.PadTop, l.PadLeft, l.PadBottom, l.PadRight),
		}
		groups := max(l.Groups, 1)
		switch {
		case l.Op == dnn.Conv:
			inputs = append(inputs, g.weights(l.Name+".w", l.Filters, l.InChannels/groups, l.KernelHeight, l.KernelWidth))
		case l.Op == dnn.TransposedConv:
			inputs = append(inputs, g.weights(l.Name+".w", l.InChannels, l.Filters/groups, l.KernelHeight, l.KernelWidth))
		case l.Op == dnn.GEMM:
			inputs = []string{g.node("Flatten", l.Name+".flat", inputs), g.weights(l.Name+".w", l.N, l.K), g.weights(l.Name+".b", l.N)}
		case l.ParametersPerChannel == 2:
			inputs = append(inputs, g.weights(l.Name+".scale", l.InChannels), g.weights(l.Name+".shift", l.InChannels))
		case l.Op == dnn.Gather:
			inputs = append(inputs, g.list(l.Name+".start", true, 0, 0), g.list(l.Name+".end", false, int64(l.OutHeight), int64(l.OutWidth)),
				g.list(l.Name+".axes", true, 2, -1))
		}
		if l.Bias && l.Op != dnn.GEMM {
			inputs = append(inputs, g.weights(l.Name+".b", l.Filters))
		}
		switch {
		case l.Op == dnn.Conv:
			g.node("Conv", l.Name, inputs, append(window, integer("group", groups))...)
		case l.Op == dnn.TransposedConv:
			g.node("ConvTranspose", l.Name, inputs, append(window, integer("group", groups))...)
		case l.Op == dnn.Pool:
			g.node("MaxPool", l.Name, inputs, window...)
		case l.Op == dnn.GEMM:
			g.node("Gemm", l.Name, inputs, integer("transB", 1))
		case l.Op == dnn.Gather:
			g.node("Slice", l.Name, inputs)
		case l.ParametersPerChannel == 2:
			g.node("InstanceNormalization", l.Name, inputs)
		case l.Operands > 1:
			g.node("Mul", l.Name, inputs)
		case l.Op == dnn.Elementwise:
			g.node("Softmax", l.Name, inputs)
		default:
			panic(fmt.Sprint("no export of ", l.Op))
		}
	}
	g.output(n.Layers[len(n.Layers)-1].Name)
	return g.model()
}
