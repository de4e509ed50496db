package onnx

import (
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// gemm imports A·B + C with either operand transposed.
func (im *importer) gemm(c call) ([]value, error) {
	a, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	b, err := c.arg(1)
	if err != nil {
		return nil, err
	}
	if len(a.dims) != 2 || len(b.dims) != 2 {
		return nil, fmt.Errorf("operands of shapes %v and %v: want two axes each", a.dims, b.dims)
	}
	m, k := a.dims[0], a.dims[1]
	if c.integer("transA", 0) != 0 {
		m, k = k, m
	}
	rows, n := b.dims[0], b.dims[1]
	if c.integer("transB", 0) != 0 {
		rows, n = n, rows
	}
	if rows != k {
		return nil, fmt.Errorf("operands %v and %v do not chain: %d columns meet %d rows", a.dims, b.dims, k, rows)
	}
	bias := c.optional(2)
	if bias != nil && !bias.constant {
		return nil, fmt.Errorf("the bias is an activation: want a constant")
	}
	return im.product(c.label, factors{a: a, b: b, batch: 1, m: m, n: n, k: k, bias: bias != nil, dims: []int{m, n}})
}

// factors are the operands of batch products of m×k by k×n, which yield an activation of the given dimensions.
type factors struct {
	a, b           value
	batch, m, n, k int
	bias           bool
	dims           []int
}

// product appends a GEMM layer. Of two factors at most one is constant; a constant left one makes the product of the transposed matrices.
func (im *importer) product(label string, f factors) ([]value, error) {
	for _, v := range []value{f.a, f.b} {
		if err := checkDims(v.dims, 1); err != nil {
			return nil, fmt.Errorf("operand: %w", err)
		}
	}
	l := dnn.Layer{Name: label, Op: dnn.GEMM, Batch: f.batch, M: f.m, N: f.n, K: f.k, Bias: f.bias, Weights: f.a.constant || f.b.constant}
	switch {
	case f.a.constant && f.b.constant:
		return []value{{constant: true, trained: true, dims: f.dims}}, nil
	case f.a.constant:
		l.M, l.N, l.Inputs = f.n, f.m, slices.Clone(f.b.from)
	case f.b.constant:
		l.Inputs = slices.Clone(f.a.from)
	default:
		left, err := im.single(label+".left", f.a, f.a.lies)
		if err != nil {
			return nil, err
		}
		right, err := im.single(label+".right", f.b, f.b.lies)
		if err != nil {
			return nil, err
		}
		if l.Inputs = []int{left, right}; f.bias {
			return nil, fmt.Errorf("a product of two activations with a bias")
		}
	}
	index, err := im.add(l)
	if err != nil {
		return nil, err
	}
	return []value{im.yields(index, f.dims, false)}, nil
}

// matMul imports numpy's matrix product, of floating-point or of quantised numbers.
func (im *importer) matMul(c call) ([]value, error) {
	second := 1
	if c.op == "QLinearMatMul" {
		second = 3
	}
	a, err := c.arg(0)
	if err != nil {
		return nil, err
	}
	b, err := c.arg(second)
	if err != nil {
		return nil, err
	}
	if len(a.dims) == 0 || len(b.dims) == 0 {
		return nil, fmt.Errorf("operands of shapes %v and %v: want at least one axis each", a.dims, b.dims)
	}
	left, right := a.dims, b.dims
	if len(left) == 1 {
		left = []int{1, left[0]}
	}
	if len(right) == 1 {
		right = []int{right[0], 1}
	}
	outerA, outerB := left[:len(left)-2], right[:len(right)-2]
	m, k, rows, n := left[len(left)-2], left[len(left)-1], right[len(right)-2], right[len(right)-1]
	if rows != k {
		return nil, fmt.Errorf("operands %v and %v do not chain: %d columns meet %d rows", a.dims, b.dims, k, rows)
	}
	outer, err := broadcast(outerA, outerB)
	if err != nil {
		return nil, err
	}
	dims := slices.Clone(outer)
	if len(a.dims) > 1 {
		dims = append(dims, m)
	}
	if len(b.dims) > 1 {
		dims = append(dims, n)
	}
	batch := int(product(outer))
	if product(outerB) == 1 { // one right operand for all: more rows of one product
		return im.product(c.label, factors{a: a, b: b, batch: 1, m: int(product(outerA)) * m, n: n, k: k, dims: dims})
	}
	if a.constant && product(outerA) == 1 { // one left operand for all: more columns
		return im.product(c.label, factors{a: a, b: b, batch: 1, m: m, n: batch * n, k: k, dims: dims})
	}
	if err := errors.Join(checkDims(append(slices.Clone(outer), m, k), 1), checkDims(append(slices.Clone(outer), k, n), 1)); err != nil {
		return nil, err
	}
	if a, err = im.repeated(c.label+".left", a, append(slices.Clone(outer), m, k)); err != nil {
		return nil, err
	}
	if b, err = im.repeated(c.label+".right", b, append(slices.Clone(outer), k, n)); err != nil {
		return nil, err
	}
	return im.product(c.label, factors{a: a, b: b, batch: batch, m: m, n: n, k: k, dims: dims})
}

// repeated is an operand with as many elements as some dimensions have: itself, or a gather that repeats it. A repeated constant is one of that size.
func (im *importer) repeated(label string, v value, dims []int) (value, error) {
	if v.elements() == product(dims) || v.constant {
		return v, nil
	}
	return im.moved(label, dims, false, 0, v.from...)
}
