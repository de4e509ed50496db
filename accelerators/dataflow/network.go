package dataflow

import (
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// MappedLayer is a layer of a network with the mapping that the file gives it.
type MappedLayer struct {
	Layer   Layer
	Mapping Mapping // nil when the file gives none
	Line    int     // where the file states the layer; 0 when it comes from elsewhere
}

// Network is a list of layers.
type Network struct {
	Name   string
	Layers []MappedLayer
}

// CheckChain reports the layers that cannot read what the layer before them writes, joined: other channels, or more rows or columns than the output with
// a border as wide as the kernel. Fewer are allowed, since the format leaves poolings out. A list with branches does not chain.
func (n Network) CheckChain() error {
	var errs []error
	for i := 1; i < len(n.Layers); i++ {
		before, after := n.Layers[i-1], n.Layers[i]
		if err := chains(before.Layer.filled(), after.Layer.filled()); err != nil {
			at := n.Name
			if after.Line > 0 {
				at = fmt.Sprintf("%s:%d", n.Name, after.Line)
			}
			errs = append(errs, fmt.Errorf("dataflow: %s: layer %q after %q: %w", at, after.Layer.Name, before.Layer.Name, err))
		}
	}
	return errors.Join(errs...)
}

// chains tells why a layer cannot read the output of another.
func chains(before, after Layer) error {
	written, rows, cols := before.written()
	if after.Op == MatMul {
		if read := int64(after.Size[M]) * int64(after.Size[K]); read != written*int64(rows)*int64(cols) {
			return fmt.Errorf("reads %d elements, %d are written", read, written*int64(rows)*int64(cols))
		}
		return nil
	}
	read := int64(after.Size[C]) * int64(after.Size[G])
	switch {
	case read == written*int64(rows)*int64(cols) && after.Size[Y] == 1 && after.Size[X] == 1: // flattened
		return nil
	case read != written:
		return fmt.Errorf("reads %d channels, %d are written", read, written)
	case after.Size[Y] > rows+2*(after.Size[R]-1):
		return fmt.Errorf("reads %d rows, %d are written and the kernel has %d", after.Size[Y], rows, after.Size[R])
	case after.Size[X] > cols+2*(after.Size[S]-1):
		return fmt.Errorf("reads %d columns, %d are written and the kernel has %d", after.Size[X], cols, after.Size[S])
	}
	return nil
}

// written are the channels, rows and columns of the output.
func (l Layer) written() (channels int64, rows, cols int) {
	switch l.Op {
	case MatMul:
		return int64(l.Size[N]), l.Size[M], 1
	case Depthwise:
		return int64(l.Size[C]), l.OutHeight(), l.OutWidth()
	}
	return int64(l.Size[K]) * int64(l.Size[G]), l.OutHeight(), l.OutWidth()
}

// DNN returns the layers as a plain list of package dnn, checked. Borders are part of the inputs; N samples are N repeats.
func (n Network) DNN() (dnn.Network, error) {
	list := dnn.Network{Name: n.Name}
	for _, l := range n.Layers {
		list.Layers = append(list.Layers, l.Layer.DNN())
	}
	return list.Check()
}

// DNN returns the layer as one of package dnn.
func (l Layer) DNN() dnn.Layer {
	f := l.filled()
	if f.Op == MatMul {
		return dnn.Layer{Name: f.Name, Op: dnn.GEMM, M: f.Size[M], N: f.Size[N], K: f.Size[K], Weights: true}
	}
	d := dnn.Layer{
		Name: f.Name, Op: dnn.Conv, Repeats: f.Size[N],
		InHeight: f.Size[Y], InWidth: f.Size[X], InChannels: f.Size[C] * f.Size[G], Filters: f.Size[K] * f.Size[G], Groups: f.Size[G],
		KernelHeight: f.Size[R], KernelWidth: f.Size[S], StrideHeight: f.StrideY, StrideWidth: f.StrideX,
	}
	if f.Op == Depthwise {
		d.Filters, d.Groups = f.Size[C], f.Size[C]
	}
	return d
}

// FromDNN returns a layer of package dnn as the engine sees it, and how many of it the layer stands for: repeats, and the products of a batch. Borders become
// part of the input. Layers whose windows do not slide (dilated kernels) or that are no convolutions become the matrix products that package dnn makes of them.
// ok is false for a layer without multiply-accumulates.
func FromDNN(l dnn.Layer) (layer Layer, copies int64, ok bool, err error) {
	l, err = l.Check()
	if err != nil || l.MACs() == 0 {
		return Layer{}, 0, false, err
	}
	if l.Op != dnn.Conv || l.DilationHeight > 1 || l.DilationWidth > 1 {
		batch, m, n, k := l.Product()
		layer, copies = Layer{Name: l.Name, Op: MatMul, Size: [NumDims]int{M: int(m), N: int(n), K: int(k)}}, l.Copies()*batch
	} else {
		layer, copies = fromConv(l), l.Copies()
	}
	return layer, copies, true, layer.Check()
}

// fromConv is a checked convolution.
func fromConv(l dnn.Layer) Layer {
	layer := Layer{
		Name: l.Name, StrideY: l.StrideHeight, StrideX: l.StrideWidth,
		Size: [NumDims]int{
			C: l.InChannels / l.Groups, K: l.Filters / l.Groups, R: l.KernelHeight, S: l.KernelWidth,
			Y: l.InHeight + l.PadTop + l.PadBottom, X: l.InWidth + l.PadLeft + l.PadRight,
		},
	}
	switch {
	case l.Groups > 1 && l.Groups == l.InChannels && l.Filters == l.InChannels:
		layer.Op, layer.Size[C], layer.Size[K] = Depthwise, l.InChannels, 1
	case l.Groups > 1:
		layer.Op, layer.Size[G] = Grouped, l.Groups
	}
	return layer
}

// AsConv returns a matrix product as the convolution that computes the same, for mappings of convolutions: K filters of one element on C channels of an
// M×1 map. Other layers are returned as they are.
func (l Layer) AsConv() Layer {
	if l.Op != MatMul {
		return l
	}
	f := l.filled()
	return Layer{Name: l.Name, Size: [NumDims]int{C: f.Size[K], K: f.Size[N], Y: f.Size[M], X: 1, R: 1, S: 1}}
}

// readAll reads a file of at most maxFileBytes.
func readAll(name string, r io.Reader) (string, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFileBytes+1))
	if err != nil {
		return "", fmt.Errorf("dataflow: %s: %w", name, err)
	}
	if len(text) > maxFileBytes {
		return "", fmt.Errorf("dataflow: %s: more than %d bytes", name, maxFileBytes)
	}
	return string(text), nil
}

// maxFileBytes bounds the files that are read.
const maxFileBytes = math.MaxInt32 >> 5
