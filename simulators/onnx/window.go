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
