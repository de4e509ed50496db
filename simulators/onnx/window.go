package onnx

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// window is what Conv, ConvTranspose and the pools say of one axis of space, or 0 for what they leave out.
type window struct {
	kernel, stride, dilation, before, after int

	beyond int // of a transposed convolution: output elements after those that any kernel reaches
}

// windows reads the window of a node over one or two axes of space; the first of one axis is a row. kernel is that of the weights, or nil.
func (c call) windows(kernel []int, rank int) ([2]window, error) {
	w := [2]window{{kernel: 1, stride: 1, dilation: 1}, {kernel: 1, stride: 1, dilation: 1}}
	sizes, err := c.sizes("kernel_shape", rank, 1)
	strides, err2 := c.sizes("strides", rank, 1)
	dilations, err3 := c.sizes("dilations", rank, 1)
	pads, err4 := c.sizes("pads", 2*rank, 0)
	if err := errors.Join(err, err2, err3, err4); err != nil {
		return w, err
	}
	if kernel == nil && sizes == nil {
		return w, errors.New("no kernel_shape")
	}
	for i := range rank {
		at := &w[2-rank+i]
		if kernel != nil {
			at.kernel = kernel[i]
		}
		if sizes != nil {
			at.kernel = sizes[i]
		}
		if strides != nil {
			at.stride = strides[i]
		}
		if dilations != nil {
			at.dilation = dilations[i]
		}
		if pads != nil {
			at.before, at.after = pads[i], pads[rank+i]
		}
	}
	return w, nil
}

// sizes reads an attribute that lists so many sizes; nil where there is none.
func (c call) sizes(name string, count int, low int64) ([]int, error) {
	a, ok := c.attr(name)
	if !ok || len(a.ints) == 0 {
		return nil, nil
	}
	if len(a.ints) != count {
		return nil, fmt.Errorf("%s %v: want %d numbers", name, a.ints, count)
	}
	list := make([]int, count)
	for i, v := range a.ints {
		if v < low || v > dnn.MaxDimension {
			return nil, fmt.Errorf("%s %v: %d out of range [%d, %d]", name, a.ints, v, low, dnn.MaxDimension)
		}
		list[i] = int(v)
	}
	return list, nil
}

// reach is how many elements a dilated kernel spans.
func (w window) reach() int { return (w.kernel-1)*w.dilation + 1 }

// pad resolves automatic padding for an input of some size.
func (w *window) pad(auto string, size int) error {
	var total int
	switch auto {
	case "", "NOTSET":
		return nil
	case "VALID":
	case "SAME_UPPER", "SAME_LOWER":
		total = max(((size+w.stride-1)/w.stride-1)*w.stride+w.reach()-size, 0)
	default:
		return fmt.Errorf("auto_pad %q: known are NOTSET, SAME_UPPER, SAME_LOWER, VALID", auto)
	}
	w.before, w.after = total/2, total-total/2
	if auto == "SAME_LOWER" {
		w.before, w.after = w.after, w.before
	}
	return nil
}

// roundUp widens the padding so that a last window that does not fit whole counts; one that would lie in the padding alone does not.
func (w *window) roundUp(size int) {
	rest := size + w.before + w.after - w.reach()
	if rest < 0 {
		return
	}
	steps := (rest + w.stride - 1) / w.stride
	if steps*w.stride >= size+w.before {
		steps--
	}
	w.after += max(steps*w.stride-rest, 0)
}

// image is an activation as a feature map of one sample, with the rank of its space.
func (c call) image(i int) (v value, rank int, err error) {
	if v, err = c.arg(i); err != nil {
		return v, 0, err
	}
	rank = len(v.dims) - 2
	if rank != 1 && rank != 2 {
		return v, 0, fmt.Errorf("input of %d axes: want 3 or 4, the sample, the channels and one or two of space", len(v.dims))
	}
	if v.dims[0] != 1 {
		return v, 0, fmt.Errorf("a batch of %d samples: a network describes one, export with a batch of 1 or a symbolic one", v.dims[0])
	}
	return v, rank, nil
}

// windowed is a layer that moves a window over a feature map.
func windowed(label string, op dnn.Op, from []int, in dnn.Shape, w [2]window) dnn.Layer {
	return dnn.Layer{
		Name: label, Op: op, Inputs: from, InHeight: in.Height, InWidth: in.Width, InChannels: in.Channels,
		KernelHeight: w[0].kernel, KernelWidth: w[1].kernel, StrideHeight: w[0].stride, StrideWidth: w[1].stride,
		DilationHeight: w[0].dilation, DilationWidth: w[1].dilation, PadTop: w[0].before, PadBottom: w[0].after, PadLeft: w[1].before, PadRight: w[1].after,
	}
}

// imageDims are the dimensions of a feature map with the given rank of space.
func imageDims(s dnn.Shape, rank int) []int {
	if rank == 1 {
		return []int{1, s.Channels, s.Width}
	}
	return []int{1, s.Channels, s.Height, s.Width}
}

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

// pool imports a pooling.
func (im *importer) pool(c call) ([]value, error) {
	v, rank, err := c.image(0)
	if err != nil {
		return nil, err
	}
	w, err := c.windows(nil, rank)
	if err != nil {
		return nil, err
	}
	in := mapOf(v.dims, true)
	auto, _ := c.attr("auto_pad")
	sizes := [2]int{in.Height, in.Width}
	for i := 2 - rank; i < 2; i++ {
		if err := w[i].pad(auto.s, sizes[i]); err != nil {
			return nil, err
		}
		if c.integer("ceil_mode", 0) != 0 {
			w[i].roundUp(sizes[i])
		}
	}
	return im.pooled(c.label, v, in, w, rank)
}

// globalPool imports a pooling over all of space.
func (im *importer) globalPool(c call) ([]value, error) {
	v, rank, err := c.image(0)
	if err != nil {
		return nil, err
	}
	return im.wholePool(c.label, v, rank)
}

func (im *importer) wholePool(label string, v value, rank int) ([]value, error) {
	in := mapOf(v.dims, true)
	return im.pooled(label, v, in, [2]window{{kernel: in.Height, stride: 1, dilation: 1}, {kernel: in.Width, stride: 1, dilation: 1}}, rank)
}

func (im *importer) pooled(label string, v value, in dnn.Shape, w [2]window, rank int) ([]value, error) {
	from, err := im.laid(label, v, in)
	if err != nil {
		return nil, err
	}
	index, err := im.add(windowed(label, dnn.Pool, from, in, w))
	if err != nil {
		return nil, err
	}
	return []value{im.yields(index, imageDims(im.network.Layers[index].Output(), rank), true)}, nil
}
