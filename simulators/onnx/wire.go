package onnx

import (
	"errors"
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// field is one field of a message: a number, or bytes.
type field struct {
	number protowire.Number
	kind   protowire.Type
	varint uint64
	bytes  []byte
}

// int is the field as a signed integer.
func (f field) int() int64 { return int64(f.varint) }

// float32 is a fixed 32-bit field.
func (f field) float32() float64 { return float64(math.Float32frombits(uint32(f.varint))) }

// each calls visit with every field of a message.
func each(message []byte, visit func(field) error) error {
	for len(message) > 0 {
		number, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return protowire.ParseError(n)
		}
		message = message[n:]
		f := field{number: number, kind: kind}
		switch kind {
		case protowire.VarintType:
			f.varint, n = protowire.ConsumeVarint(message)
		case protowire.Fixed32Type:
			var v uint32
			v, n = protowire.ConsumeFixed32(message)
			f.varint = uint64(v)
		case protowire.Fixed64Type:
			f.varint, n = protowire.ConsumeFixed64(message)
		case protowire.BytesType:
			f.bytes, n = protowire.ConsumeBytes(message)
		default: // groups, which the format does not use
			n = protowire.ConsumeFieldValue(number, kind, message)
		}
		if n < 0 {
			return protowire.ParseError(n)
		}
		message = message[n:]
		if err := visit(f); err != nil {
			return err
		}
	}
	return nil
}

// appendInts reads a repeated integer field, packed or not.
func appendInts(list []int64, f field) ([]int64, error) {
	if f.kind == protowire.VarintType {
		return append(list, f.int()), nil
	}
	for packed := f.bytes; len(packed) > 0; {
		v, n := protowire.ConsumeVarint(packed)
		if n < 0 {
			return nil, protowire.ParseError(n)
		}
		list, packed = append(list, int64(v)), packed[n:]
	}
	return list, nil
}

// appendFloats reads a repeated float or double field, packed or not.
func appendFloats(list []float64, f field, double bool) ([]float64, error) {
	one := func(v uint64) float64 {
		if double {
			return math.Float64frombits(v)
		}
		return float64(math.Float32frombits(uint32(v)))
	}
	if f.kind != protowire.BytesType {
		return append(list, one(f.varint)), nil
	}
	for packed := f.bytes; len(packed) > 0; {
		var v uint64
		var n int
		if double {
			v, n = protowire.ConsumeFixed64(packed)
		} else {
			var single uint32
			single, n = protowire.ConsumeFixed32(packed)
			v = uint64(single)
		}
		if n < 0 {
			return nil, protowire.ParseError(n)
		}
		list, packed = append(list, one(v)), packed[n:]
	}
	return list, nil
}

// decodeModel reads a ModelProto.
func decodeModel(data []byte) (m model, err error) {
	found := false
	err = each(data, func(f field) (err error) {
		if f.number == 7 && f.kind == protowire.BytesType {
			found = true
			err = decodeGraph(f.bytes, &m.graph)
		}
		return err
	})
	if err == nil && !found {
		err = errors.New("no graph in it")
	}
	return m, err
}

// decodeGraph reads a GraphProto.
func decodeGraph(data []byte, g *graph) error {
	return each(data, func(f field) (err error) {
		if f.kind != protowire.BytesType {
			return nil
		}
		switch f.number {
		case 1:
			var n node
			if n, err = decodeNode(f.bytes); err != nil {
				return fmt.Errorf("node %d: %w", len(g.nodes), err)
			}
			g.nodes = append(g.nodes, n)
		case 5:
			var t tensor
			if t, err = decodeTensor(f.bytes); err != nil {
				return fmt.Errorf("initializer %d: %w", len(g.initializers), err)
			}
			g.initializers = append(g.initializers, t)
		case 11, 12, 13:
			var v typed
			if v, err = decodeTyped(f.bytes); err != nil {
				return fmt.Errorf("value %q: %w", v.name, err)
			}
			switch f.number {
			case 11:
				g.inputs = append(g.inputs, v)
			case 12:
				g.outputs = append(g.outputs, v)
			case 13:
				g.values = append(g.values, v)
			}
		case 15:
			return errors.New("sparse initializers are not supported")
		}
		return err
	})
}

// decodeNode reads a NodeProto.
func decodeNode(data []byte) (n node, err error) {
	err = each(data, func(f field) error {
		switch f.number {
		case 1:
			n.inputs = append(n.inputs, string(f.bytes))
		case 2:
			n.outputs = append(n.outputs, string(f.bytes))
		case 3:
			n.name = string(f.bytes)
		case 4:
			n.op = string(f.bytes)
		case 5:
			a, err := decodeAttribute(f.bytes)
			if err != nil {
				return fmt.Errorf("attribute %q: %w", a.name, err)
			}
			n.attributes = append(n.attributes, a)
		case 7:
			n.domain = string(f.bytes)
		}
		return nil
	})
	return n, err
}

// decodeAttribute reads an AttributeProto.
func decodeAttribute(data []byte) (a attribute, err error) {
	err = each(data, func(f field) (err error) {
		switch f.number {
		case 1:
			a.name = string(f.bytes)
		case 2:
			a.f = f.float32()
		case 3:
			a.i = f.int()
		case 4:
			a.s = string(f.bytes)
		case 5:
			t, err := decodeTensor(f.bytes)
			a.t = &t
			return err
		case 7:
			a.floats, err = appendFloats(a.floats, f, false)
		case 8:
			a.ints, err = appendInts(a.ints, f)
		}
		return err
	})
	return a, err
}

// decodeTensor reads a TensorProto. Its values stay bytes.
func decodeTensor(data []byte) (t tensor, err error) {
	err = each(data, func(f field) (err error) {
		switch f.number {
		case 1:
			t.dims, err = appendInts(t.dims, f)
		case 2:
			t.dataType = f.int()
		case 4:
			t.floats, err = appendFloats(t.floats, f, false)
		case 5, 7:
			t.ints, err = appendInts(t.ints, f)
		case 8:
			t.name = string(f.bytes)
		case 9:
			t.raw = f.bytes
		case 10:
			t.doubles, err = appendFloats(t.doubles, f, true)
		case 14:
			t.external = f.varint == 1
		}
		return err
	})
	return t, err
}

// decodeTyped reads a ValueInfoProto whose type is a tensor.
func decodeTyped(data []byte) (v typed, err error) {
	err = each(data, func(f field) error {
		switch f.number {
		case 1:
			v.name = string(f.bytes)
		case 2: // TypeProto
			return each(f.bytes, func(f field) error {
				if f.number != 1 || f.kind != protowire.BytesType {
					return nil
				}
				return each(f.bytes, func(f field) error { // TypeProto.Tensor
					if f.number != 2 || f.kind != protowire.BytesType {
						return nil
					}
					v.known = true
					return decodeShape(f.bytes, &v)
				})
			})
		}
		return nil
	})
	return v, err
}

// decodeShape reads a TensorShapeProto.
func decodeShape(data []byte, v *typed) error {
	return each(data, func(f field) error {
		if f.number != 1 {
			return nil
		}
		var d dimension
		err := each(f.bytes, func(f field) error {
			switch f.number {
			case 1:
				d.size = f.int()
			case 2:
				d.symbol = string(f.bytes)
			}
			return nil
		})
		v.shape = append(v.shape, d)
		return err
	})
}
