package networks

import (
	"math"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/simulators"
)

// tileSide is the side of the array that padded products are counted for: the middle of those that the simulators search.
const tileSide = 64

// Features describes a network in numbers, of its layers with multiply-accumulates, all copies counted. Products are those of dnn.Layer.Product: batch times m×k by k×n.
func Features(n dnn.Network) []simulators.Feature {
	var c counts
	for i := range n.Layers {
		c.add(&n.Layers[i])
	}
	share := func(macs float64) float64 { return macs / max(c.macs, 1) }
	mean := func(logs float64) float64 { return math.Exp(share(logs)) }
	return []simulators.Feature{
		{Name: "layers", Unit: "layers", Doc: "with multiply-accumulates", Value: c.layers},
		{Name: "macs", Unit: "MACs", Doc: "of one inference", Value: c.macs},
		{Name: "weights", Unit: "elements", Doc: "trained elements of the products", Value: c.weights},
		{Name: "activations", Unit: "elements", Doc: "read and written, each once a layer", Value: c.activations},
		{Name: "intensity", Unit: "MACs/element", Doc: "macs over weights and activations", Value: c.macs / max(c.weights+c.activations, 1)},
		{Name: "conv_frac", Doc: "of macs: convolutions with windows above 1×1, but depthwise ones", Value: share(c.conv)},
		{Name: "pointwise_frac", Doc: "of macs: 1×1 convolutions", Value: share(c.pointwise)},
		{Name: "depthwise_frac", Doc: "of macs: depthwise convolutions", Value: share(c.depthwise)},
		{Name: "matrix_frac", Doc: "of macs: products with trained matrices", Value: share(c.matrix)},
		{Name: "attention_frac", Doc: "of macs: products of activations", Value: share(c.attention)},
		{Name: "mean_m", Unit: "rows", Doc: "geometric mean over the macs of the rows of their product: pixels or tokens", Value: mean(c.logM)},
		{Name: "mean_n", Unit: "columns", Doc: "likewise of its columns: filters", Value: mean(c.logN)},
		{Name: "mean_k", Unit: "terms", Doc: "likewise of the terms of its sums: the window times the channels", Value: mean(c.logK)},
		{Name: "padded_mn", Unit: "MACs", Doc: "macs with m and n rounded up to multiples of 64: what an output stationary array of that side does", Value: c.paddedMN},
		{Name: "padded_nk", Unit: "MACs", Doc: "likewise with n and k: weight stationary", Value: c.paddedNK},
	}
}

// counts are sums over layers.
type counts struct {
	layers, macs, weights, activations            float64
	conv, pointwise, depthwise, matrix, attention float64 // parts of macs
	logM, logN, logK                              float64 // times macs
	paddedMN, paddedNK                            float64
}

// add adds all copies of a layer.
func (c *counts) add(l *dnn.Layer) {
	batch, m, n, k := l.Product()
	copies := float64(l.Copies())
	macs := copies * float64(l.MACs())
	if macs == 0 {
		return
	}
	c.layers += copies
	c.macs += macs
	c.weights += copies * float64(l.WeightElements())
	c.activations += copies * float64(l.InputElements()+l.OutputElements())
	*c.kind(l) += macs
	c.logM, c.logN, c.logK = c.logM+macs*math.Log(float64(m)), c.logN+macs*math.Log(float64(n)), c.logK+macs*math.Log(float64(k))
	c.paddedMN += copies * float64(batch) * padded(m) * padded(n) * float64(k)
	c.paddedNK += copies * float64(batch) * float64(m) * padded(n) * padded(k)
}

// kind is the part of the macs that a layer belongs to.
func (c *counts) kind(l *dnn.Layer) *float64 {
	switch {
	case l.Op == dnn.GEMM && l.Weights:
		return &c.matrix
	case l.Op == dnn.GEMM:
		return &c.attention
	case l.Groups > 1 && l.Groups == l.InChannels:
		return &c.depthwise
	case l.KernelHeight*l.KernelWidth == 1:
		return &c.pointwise
	}
	return &c.conv
}

// padded is a side rounded up to whole tiles.
func padded(side int64) float64 { return float64((side + tileSide - 1) / tileSide * tileSide) }
