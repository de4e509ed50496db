package onnx

// The messages of onnx.proto, as far as shapes need them. Field numbers stand where they are decoded.

type model struct{ graph graph }

type graph struct {
	nodes        []node
	initializers []tensor
	inputs       []typed
	outputs      []typed
	values       []typed // intermediate values whose shape the file states
}

type node struct {
	name, op, domain string
	inputs, outputs  []string
	attributes       []attribute
}

type attribute struct {
	name   string
	i      int64
	ints   []int64
	s      string
	f      float64
	floats []float64
	t      *tensor
}

// tensor is a constant. Values are kept for small ones of a type that shapes are computed with.
type tensor struct {
	name     string
	dims     []int64
	dataType int64
	raw      []byte
	ints     []int64
	floats   []float64
	doubles  []float64
	external bool
}

// typed is the name of a value with its shape; a dimension is a size, a symbol, or neither.
type typed struct {
	name  string
	shape []dimension
	known bool // the file states a shape
}

type dimension struct {
	size   int64
	symbol string
}

// The element types whose values are read.
const (
	typeFloat   = 1
	typeUint8   = 2
	typeInt8    = 3
	typeInt32   = 6
	typeInt64   = 7
	typeBool    = 9
	typeFloat16 = 10
	typeDouble  = 11
	typeBF16    = 16
)

// attr returns an attribute by its name.
func (n *node) attr(name string) (attribute, bool) {
	for _, a := range n.attributes {
		if a.name == name {
			return a, true
		}
	}
	return attribute{}, false
}

// integer returns an integer attribute, or what holds without it.
func (n *node) integer(name string, otherwise int64) int64 {
	if a, ok := n.attr(name); ok {
		return a.i
	}
	return otherwise
}

// input returns the name of an input, empty where the node leaves it out.
func (n *node) input(i int) string {
	if i < len(n.inputs) {
		return n.inputs[i]
	}
	return ""
}
