package chips

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// Pass is one run of a convolution core over a layer with everything that follows it before memory is written: normalisation, addition, pooling.
type Pass struct {
	Name                  string
	InHeight, InWidth     int
	InChannels            int // of a group
	Filters               int // of a group
	KernelHeight          int
	KernelWidth           int
	Stride                int
	OutHeight, OutWidth   int // of the convolution
	LastHeight, LastWidth int // of what is written: after pooling
	Groups                int // convolutions one after another
	Residuals             int // further feature maps of the written size that are read and added
}

// MACs is the number of multiply-accumulates of a pass, as a direct convolution.
func (p Pass) MACs() int64 {
	return int64(p.Groups) * int64(p.OutHeight) * int64(p.OutWidth) * int64(p.InChannels) * int64(p.Filters) * int64(p.KernelHeight) * int64(p.KernelWidth)
}

// Passes fuses the layers of a network into passes. Additions and pooling join the pass that their first input comes from; normalisations and activation
// functions are free. What is neither a convolution, a product with weights nor one of these is refused by name.
func Passes(network dnn.Network) ([]Pass, error) {
	n, err := network.Check()
	if err != nil {
		return nil, fmt.Errorf("chips: %w", err)
	}
	var list []Pass
	var errs []error
	of := make([]int, len(n.Layers)) // the pass that yields a layer
	for i, l := range n.Layers {
		if l.Copies() > 1 {
			errs = append(errs, fmt.Errorf("chips: network %q: layers[%d] %q: repeated layers: want each layer once", n.Name, i, l.Name))
			continue
		}
		switch {
		case l.Op == dnn.Conv, l.Op == dnn.GEMM && l.Weights:
			p, err := newPass(l)
			if err != nil {
				errs = append(errs, fmt.Errorf("chips: network %q: layers[%d]: %w", n.Name, i, err))
			}
			of[i] = len(list)
			list = append(list, p)
		case (l.Op == dnn.Pool || l.Op == dnn.Elementwise) && len(l.Inputs) > 0 && l.Inputs[0] != dnn.NetworkInput:
			of[i] = of[l.Inputs[0]]
			if of[i] < len(list) { // else its own pass was refused
				list[of[i]].join(l)
			}
		default:
			errs = append(errs, fmt.Errorf("chips: network %q: layers[%d] %q (%s): a pass starts with a convolution or a product with weights", n.Name, i, l.Name, l.Op))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return list, nil
}

// newPass is the pass that a layer starts.
func newPass(l dnn.Layer) (Pass, error) {
	p := Pass{Name: l.Name, Groups: 1, Stride: 1, KernelHeight: 1, KernelWidth: 1}
	out := l.Output()
	p.OutHeight, p.OutWidth = out.Height, out.Width
	p.LastHeight, p.LastWidth = out.Height, out.Width
	if l.Op == dnn.GEMM {
		p.InHeight, p.InWidth, p.InChannels, p.Filters, p.Groups = l.M, 1, l.K, l.N, l.Batch
		p.OutWidth, p.LastWidth = 1, 1
		return p, nil
	}
	if l.StrideHeight != l.StrideWidth || l.DilationHeight > 1 || l.DilationWidth > 1 {
		return p, fmt.Errorf("layer %q: strides %d and %d, dilations %d and %d: want one stride and no dilation",
			l.Name, l.StrideHeight, l.StrideWidth, l.DilationHeight, l.DilationWidth)
	}
	p.InHeight, p.InWidth = l.InHeight, l.InWidth
	p.InChannels, p.Filters, p.Groups = l.InChannels/l.Groups, l.Filters/l.Groups, l.Groups
	p.KernelHeight, p.KernelWidth, p.Stride = l.KernelHeight, l.KernelWidth, l.StrideHeight
	return p, nil
}

// join adds a layer at the end of the pass.
func (p *Pass) join(l dnn.Layer) {
	if l.Op == dnn.Pool {
		p.LastHeight, p.LastWidth = l.Output().Height, l.Output().Width
		return
	}
	p.Residuals += l.Operands - 1
}
