package onnx

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// conv imports a convolution, of floating-point or of quantised numbers.
func (im *importer) conv(c call) ([]value, error) {
	weights, bias := 1, 2
	switch c.op {
	case "QLinearConv":
		weights, bias = 3, 8
	case "ConvInteger":
		bias = -1
	}
	return im.filter(c, dnn.Conv, weights, bias)
}

// convTranspose imports a transposed convolution.
func (im *importer) convTranspose(c call) ([]value, error) {
	return im.filter(c, dnn.TransposedConv, 1, 2)
}

// filter imports a convolution or its transpose, whose weights and bias are the given inputs.
func (im *importer) filter(c call, op dnn.Op, weights, bias int) ([]value, error) {
	v, rank, err := c.image(0)
	if err != nil {
		return nil, err
	}
	k, err := c.arg(weights)
	if err != nil {
		return nil, err
	}
	if !k.constant || len(k.dims) != rank+2 {
		return nil, fmt.Errorf("weights of shape %v: want a constant of %d axes", k.dims, rank+2)
	}
	if err := checkDims(k.dims, 1); err != nil {
		return nil, fmt.Errorf("weights: %w", err)
	}
	w, err := c.windows(k.dims[2:], rank)
	if err != nil {
		return nil, err
	}
	if w[1].kernel != k.dims[rank+1] || rank == 2 && w[0].kernel != k.dims[2] {
		return nil, fmt.Errorf("kernel_shape %d×%d is not that of the weights %v", w[0].kernel, w[1].kernel, k.dims)
	}
	groups := c.integer("group", 1)
	if groups < 1 || groups > dnn.MaxDimension {
		return nil, fmt.Errorf("group %d out of range [1, %d]", groups, dnn.MaxDimension)
	}
	in := mapOf(v.dims, true)
	filters, reads := int64(k.dims[0]), int64(k.dims[1])*groups
	if op == dnn.TransposedConv {
		filters, reads = int64(k.dims[1])*groups, int64(k.dims[0])
	}
	if reads != int64(in.Channels) || filters > dnn.MaxDimension {
		return nil, fmt.Errorf("weights %v of %d groups read %d channels: the input has %d", k.dims, groups, reads, in.Channels)
	}
	if err := c.setPads(op, &w, in, rank); err != nil {
		return nil, err
	}
	from, err := im.laid(c.label, v, in)
	if err != nil {
		return nil, err
	}
	l := windowed(c.label, op, from, in, w)
	l.Filters, l.Groups, l.Bias = int(filters), int(groups), bias > 0 && c.optional(bias) != nil
	index, err := im.add(l)
	if err != nil {
		return nil, err
	}
	out := im.network.Layers[index].Output()
	if w[0].beyond > 0 || w[1].beyond > 0 {
		out.Height, out.Width = out.Height+w[0].beyond, out.Width+w[1].beyond
		bordered, err := im.moved(c.label+".border", imageDims(out, rank), true, 0, index)
		return []value{bordered}, err
	}
	return []value{im.yields(index, imageDims(out, rank), true)}, nil
}

// setPads resolves the padding of a filter.
func (c call) setPads(op dnn.Op, w *[2]window, in dnn.Shape, rank int) error {
	auto, _ := c.attr("auto_pad")
	sizes := [2]int{in.Height, in.Width}
	for i := 2 - rank; i < 2; i++ {
		if op == dnn.TransposedConv {
			if err := c.setOutput(&w[i], auto.s, sizes[i], i-(2-rank), rank); err != nil {
				return err
			}
		} else if err := w[i].pad(auto.s, sizes[i]); err != nil {
			return err
		}
	}
	return nil
}

// setOutput resolves what a transposed convolution cuts off one axis of its output, its padding less the output padding, or what is beyond a stated
// size; and what lies beyond its kernels.
func (c call) setOutput(w *window, auto string, size, at, rank int) error {
	extra := 0
	padding, err := c.sizes("output_padding", rank, 0)
	stated, err2 := c.sizes("output_shape", rank, 1)
	if err := errors.Join(err, err2); err != nil {
		return err
	}
	if padding != nil {
		extra = padding[at]
	}
	full := int64(size-1)*int64(w.stride) + int64(w.reach())
	switch {
	case stated != nil:
		total := full + int64(extra) - int64(stated[at])
		if total > dnn.MaxDimension {
			return fmt.Errorf("output_shape %v: axis %d has %d elements to cut", stated, at, total)
		}
		if total < 0 {
			extra, total = extra-int(total), 0
		}
		w.before = int(total) / 2
		if auto != "SAME_UPPER" {
			w.before = int(total) - int(total)/2
		}
		w.after = int(total) - w.before
	case auto == "SAME_UPPER" || auto == "SAME_LOWER": // the output is stride times the input
		total := int(max(full+int64(extra)-int64(size)*int64(w.stride), 0))
		w.before, w.after = total/2, total-total/2
		if auto == "SAME_LOWER" {
			w.before, w.after = w.after, w.before
		}
	case auto == "VALID":
		w.before, w.after = 0, 0
	}
	w.after -= extra
	w.beyond, w.after = max(-w.after, 0), max(w.after, 0)
	return nil
}
