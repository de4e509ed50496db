package onnx

import (
	"github.com/codesign-gym/codesign/accelerators/dnn"
)

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
