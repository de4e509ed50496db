package onnx

import (
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// heads are the sizes of an attention: samples, heads of queries and of keys, tokens of both, and the widths of a key and of a value.
type heads struct{ batch, queries, keys, tokens, context, size, values int }

// attention imports scaled dot-product attention as two products and a softmax between them; heads that share keys are more rows of one product.
// A mask and a soft cap are functions of each score and no layer.
func (im *importer) attention(c call) ([]value, error) {
	q, err := c.arg(0)
	k, err2 := c.arg(1)
	v, err3 := c.arg(2)
	if err := errors.Join(err, err2, err3); err != nil {
		return nil, err
	}
	if q.constant || k.constant || v.constant {
		return nil, errors.New("queries, keys or values are a constant: want activations")
	}
	h, err := c.heads(q, k, v)
	if err != nil {
		return nil, err
	}
	present := h
	if past := c.optional(4); past != nil {
		if len(past.dims) != 4 || past.constant || c.optional(5) == nil || c.optional(5).constant {
			return nil, errors.New("past keys and values: want two activations of 4 axes")
		}
		present.context += past.dims[2]
		if k, err = im.grown(c.label+".keys", *past, k, present, h.size); err != nil {
			return nil, err
		}
		if v, err = im.grown(c.label+".values", *c.optional(5), v, present, h.values); err != nil {
			return nil, err
		}
	}
	rows := h.queries / h.keys * h.tokens
	scores, err := im.product(c.label+".scores", factors{
		a: q, b: k, batch: h.batch * h.keys, m: rows, n: present.context, k: h.size, dims: []int{h.batch, h.queries, h.tokens, present.context},
	})
	if err != nil {
		return nil, err
	}
	weights, err := im.perElement(c.label+".softmax", scores[0], 0)
	if err != nil {
		return nil, err
	}
	dims := []int{h.batch, h.queries, h.tokens, h.values}
	if len(q.dims) == 3 {
		dims = []int{h.batch, h.tokens, h.queries * h.values}
	}
	out, err := im.product(c.label+".context", factors{
		a: weights[0], b: v, batch: h.batch * h.keys, m: rows, n: h.values, k: present.context, dims: dims,
	})
	if err != nil {
		return nil, err
	}
	return []value{out[0], view(k, []int{h.batch, h.keys, present.context, h.size}), view(v, []int{h.batch, h.keys, present.context, h.values})}, nil
}

// grown puts the keys or values of past tokens before new ones.
func (im *importer) grown(label string, past, v value, h heads, width int) (value, error) {
	dims := []int{h.batch, h.keys, h.context, width}
	if err := checkDims(dims, 1); err != nil {
		return value{}, err
	}
	if past.elements()+v.elements() != product(dims) {
		return value{}, fmt.Errorf("%v and %v do not make %v together", past.dims, v.dims, dims)
	}
	return im.moved(label, dims, false, 0, slices.Concat(past.from, v.from)...)
}

// heads reads the sizes from queries, keys and values of 4 axes (sample, head, token, width), or of 3 (sample, token, all heads) and the attributes.
func (c call) heads(q, k, v value) (heads, error) {
	if len(k.dims) != len(q.dims) || len(v.dims) != len(q.dims) || len(q.dims) != 3 && len(q.dims) != 4 {
		return heads{}, fmt.Errorf("queries %v, keys %v, values %v: want 3 axes each, or 4", q.dims, k.dims, v.dims)
	}
	var h heads
	if len(q.dims) == 4 {
		h = heads{q.dims[0], q.dims[1], k.dims[1], q.dims[2], k.dims[2], q.dims[3], v.dims[3]}
	} else {
		queries, keys := c.integer("q_num_heads", 0), c.integer("kv_num_heads", 0)
		if queries < 1 || queries > dnn.MaxDimension || keys < 1 || keys > dnn.MaxDimension ||
			q.dims[2]%int(queries) != 0 || v.dims[2]%int(keys) != 0 {
			return heads{}, fmt.Errorf("q_num_heads %d and kv_num_heads %d do not divide the widths %d and %d", queries, keys, q.dims[2], v.dims[2])
		}
		h = heads{q.dims[0], int(queries), int(keys), q.dims[1], k.dims[1], q.dims[2] / int(queries), v.dims[2] / int(keys)}
	}
	if h.queries%h.keys != 0 {
		return heads{}, fmt.Errorf("%d heads of keys do not divide %d heads of queries", h.keys, h.queries)
	}
	wantK, wantV := int64(h.batch)*int64(h.keys)*int64(h.context)*int64(h.size), int64(h.batch)*int64(h.keys)*int64(h.context)*int64(h.values)
	if k.elements() != wantK || v.elements() != wantV {
		return heads{}, fmt.Errorf("queries %v, keys %v, values %v do not go together", q.dims, k.dims, v.dims)
	}
	return h, nil
}
