package onnx_test

import (
	"encoding/binary"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// graph writes an ONNX file.
type graph struct{ message []byte }

// bytes appends a field of bytes to a message.
func bytes(message []byte, number protowire.Number, content []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(message, number, protowire.BytesType), content)
}

func varint(message []byte, number protowire.Number, v int64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(message, number, protowire.VarintType), uint64(v))
}

// typed is a ValueInfoProto; a dimension is an int or a symbol.
func typed(name string, dims []any) []byte {
	var shape []byte
	for _, d := range dims {
		var dimension []byte
		switch d := d.(type) {
		case int:
			dimension = varint(nil, 1, int64(d))
		case string:
			dimension = bytes(nil, 2, []byte(d))
		}
		shape = bytes(shape, 1, dimension)
	}
	tensor := bytes(varint(nil, 1, 1), 2, shape)
	return bytes(bytes(nil, 1, []byte(name)), 2, bytes(nil, 1, tensor))
}

func (g *graph) input(name string, dims ...any) { g.message = bytes(g.message, 11, typed(name, dims)) }

func (g *graph) output(name string, dims ...any) {
	g.message = bytes(g.message, 12, typed(name, dims))
}

func (g *graph) value(name string, dims ...any) { g.message = bytes(g.message, 13, typed(name, dims)) }

// tensor is a TensorProto of floats without values, as an external one has them.
func tensor(name string, dims ...int) []byte {
	var t []byte
	for _, d := range dims {
		t = varint(t, 1, int64(d))
	}
	return varint(bytes(varint(t, 2, 1), 8, []byte(name)), 14, 1)
}

func (g *graph) weights(name string, dims ...int) string {
	g.message = bytes(g.message, 5, tensor(name, dims...))
	return name
}

// list is an initializer of 64-bit integers, whose values are raw or a field.
func (g *graph) list(name string, raw bool, values ...int64) string {
	t := varint(varint(nil, 1, int64(len(values))), 2, 7)
	if raw {
		var b []byte
		for _, v := range values {
			b = binary.LittleEndian.AppendUint64(b, uint64(v))
		}
		t = bytes(t, 9, b)
	} else {
		for _, v := range values {
			t = varint(t, 7, v)
		}
	}
	g.message = bytes(g.message, 5, bytes(t, 8, []byte(name)))
	return name
}

// attribute is an AttributeProto.
type attribute []byte

func integer(name string, v int) attribute { return varint(bytes(nil, 1, []byte(name)), 3, int64(v)) }

func text(name, v string) attribute { return bytes(bytes(nil, 1, []byte(name)), 4, []byte(v)) }

// ints is a packed list.
func ints(name string, values ...int) attribute {
	var packed []byte
	for _, v := range values {
		packed = protowire.AppendVarint(packed, uint64(int64(v)))
	}
	return bytes(bytes(nil, 1, []byte(name)), 8, packed)
}

// floats is a packed list.
func floats(name string, values ...float32) attribute {
	var packed []byte
	for _, v := range values {
		packed = protowire.AppendFixed32(packed, math.Float32bits(v))
	}
	return bytes(bytes(nil, 1, []byte(name)), 7, packed)
}

// node appends a node with one output of its own name, which it returns.
func (g *graph) node(op, name string, inputs []string, attributes ...attribute) string {
	g.nodes(op, name, inputs, []string{name}, attributes...)
	return name
}

func (g *graph) nodes(op, name string, inputs, outputs []string, attributes ...attribute) {
	var n []byte
	for _, in := range inputs {
		n = bytes(n, 1, []byte(in))
	}
	for _, out := range outputs {
		n = bytes(n, 2, []byte(out))
	}
	n = bytes(bytes(n, 3, []byte(name)), 4, []byte(op))
	for _, a := range attributes {
		n = bytes(n, 5, a)
	}
	g.message = bytes(g.message, 1, n)
}

// model is the file.
func (g *graph) model() []byte {
	return bytes(varint(nil, 1, 9), 7, g.message)
}
