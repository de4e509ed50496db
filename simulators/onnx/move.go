package onnx

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// concat puts values side by side: along the channels of feature maps that costs nothing, otherwise their elements are moved.
func (im *importer) concat(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	at, err := axis(c.integer("axis", 1), len(v.dims))
	if err != nil {
		return nil, err
	}
	dims := slices.Clone(v.dims)
	dims[at] = 0
	constant, free := true, true
	var trained int64
	var from []int
	for i := range c.args {
		w, err := c.arg(i)
		if err != nil {
			return nil, err
		}
		fits := len(w.dims) == len(dims)
		for j := range dims {
			fits = fits && (j == at || w.dims[j] == dims[j])
		}
		if !fits {
			return nil, fmt.Errorf("shapes %v and %v do not go together along axis %d", v.dims, w.dims, at)
		}
		if dims[at] += w.dims[at]; dims[at] > dnn.MaxDimension {
			return nil, fmt.Errorf("axis %d has more than %d elements", at, dnn.MaxDimension)
		}
		if w.constant {
			free = false
			if w.trained {
				trained += w.elements()
			}
			continue
		}
		constant = false
		free = free && w.channels() == at && w.image == v.image && w.lies == w.natural()
		from = append(from, w.from...)
	}
	switch {
	case constant:
		return []value{foldConcat(c, dims)}, nil
	case len(c.args) == 1:
		return []value{v}, nil
	case free:
		out := value{dims: dims, from: from, image: v.image}
		out.lies = out.natural()
		return []value{out}, checkDims(dims, 1)
	}
	moved, err := im.moved(c.label, dims, v.image, trained, from...)
	return []value{moved}, err
}

// gather picks entries along an axis: of a table of trained rows by an activation, which is an embedding, or of anything.
func (im *importer) gather(c call) ([]value, error) {
	v, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	indices, err := c.arg(1)
	if err != nil {
		return nil, err
	}
	at, err := axis(c.integer("axis", 0), len(v.dims))
	if err != nil {
		return nil, err
	}
	dims := slices.Concat(v.dims[:at], indices.dims, v.dims[at+1:])
	if err := checkDims(dims, 0); err != nil {
		return nil, err
	}
	switch {
	case v.constant && indices.constant:
		return []value{foldGather(v, indices, dims)}, nil
	case v.constant && at == 0:
		return im.embedding(c.label, v, indices, dims)
	case v.constant:
		return nil, fmt.Errorf("an activation picks along axis %d of a constant: want axis 0", at)
	}
	from := slices.Clone(v.from)
	if !indices.constant {
		from = append(from, indices.from...)
	}
	moved, err := im.moved(c.label, dims, false, 0, from...)
	return []value{moved}, err
}

// embedding looks rows of a constant up.
func (im *importer) embedding(label string, table, indices value, dims []int) ([]value, error) {
	if err := checkDims(table.dims, 1); err != nil {
		return nil, fmt.Errorf("table: %w", err)
	}
	index, err := im.add(dnn.Layer{
		Name: label, Op: dnn.Gather, Inputs: slices.Clone(indices.from), Lookup: true, ParametersPerChannel: table.dims[0],
		OutHeight: int(min(indices.elements(), dnn.MaxDimension+1)), OutWidth: 1, OutChannels: int(min(product(table.dims[1:]), dnn.MaxDimension+1)),
	})
	if err != nil {
		return nil, err
	}
	return []value{im.yields(index, dims, false)}, nil
}
