package onnx

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// Options say how Read understands a file. The zero value is the default.
type Options struct {
	// Dims are sizes by the name of a symbolic dimension, or by an input and one of its axes as in "image.2", which holds whatever the file says of that
	// axis. The first axis of an input, the batch, is 1 where nothing says otherwise.
	Dims map[string]int
}

// maxNodes bounds the nodes of a graph.
const maxNodes = 1 << 16

// Read makes the network of an ONNX file, called name, which is the file's name in errors too. See the package documentation for what is read, how
// it becomes layers, and what is refused.
func Read(name string, data []byte, o Options) (dnn.Network, error) {
	n, err := read(name, data, o)
	if err != nil {
		return dnn.Network{}, fmt.Errorf("onnx: %s: %w", name, err)
	}
	return n, nil
}

func read(name string, data []byte, o Options) (dnn.Network, error) {
	m, err := decodeModel(data)
	if err != nil {
		return dnn.Network{}, fmt.Errorf("not an ONNX model: %w", err)
	}
	if len(m.graph.nodes) > maxNodes {
		return dnn.Network{}, fmt.Errorf("%d nodes: want at most %d", len(m.graph.nodes), maxNodes)
	}
	im := newImporter(name, o)
	if err := im.declare(&m.graph); err != nil {
		return dnn.Network{}, err
	}
	norms, skip := im.spelled(&m.graph)
	for i := range m.graph.nodes {
		n := &m.graph.nodes[i]
		if skip[i] {
			continue
		}
		if x, ok := norms[i]; ok {
			n.op, n.inputs = "LayerNormalization", []string{x}
		}
		if err := im.node(i, n); err != nil {
			return dnn.Network{}, fmt.Errorf("node %d %q (%s): %w", i, n.name, qualified(n), err)
		}
	}
	if len(im.network.Layers) == 0 {
		return dnn.Network{}, errors.New("no layer in it: nothing is computed from the inputs")
	}
	return im.network.Check()
}

// qualified is the operation of a node with its domain, where that is not ONNX's own.
func qualified(n *node) string {
	if n.domain == "" || n.domain == "ai.onnx" {
		return n.op
	}
	return n.domain + "::" + n.op
}

// declare enters the constants and the inputs of a graph.
func (im *importer) declare(g *graph) error {
	for _, t := range g.initializers {
		v, err := constantOf(t)
		if err != nil {
			return fmt.Errorf("initializer %q: %w", t.name, err)
		}
		im.values[t.name] = v
	}
	for i := range g.nodes {
		for _, in := range g.nodes[i].inputs {
			im.uses[in]++
		}
	}
	for _, v := range g.outputs {
		im.uses[v.name]++
	}
	for _, v := range slices.Concat(g.outputs, g.values) {
		if dims, _, ok := im.resolve(v); ok && checkDims(dims, 1) == nil {
			im.stated[v.name] = dims
		}
	}
	return im.declareInputs(g)
}

// declareInputs makes the sample of the network: the one input that is used, or all elements of several.
func (im *importer) declareInputs(g *graph) error {
	symbols := map[string]bool{}
	var used []string
	var total int64
	for _, in := range g.inputs {
		for i, d := range in.shape {
			if symbols[axisName(in.name, i)] = true; d.symbol != "" {
				symbols[d.symbol] = true
			}
		}
		if _, constant := im.values[in.name]; constant || im.uses[in.name] == 0 {
			continue // older files list the initializers among the inputs
		}
		dims, why, ok := im.resolve(in)
		if !ok {
			return fmt.Errorf("input %q: %s", in.name, why)
		}
		if err := checkDims(dims, 1); err != nil {
			return fmt.Errorf("input %q: %w", in.name, err)
		}
		v := value{dims: dims, image: imageInput(g, in.name, dims), from: []int{dnn.NetworkInput}}
		if v.lies = v.natural(); channelsLast(g, in.name) && len(dims) == 4 && dims[0] == 1 {
			v.image, v.lies = false, dnn.Shape{Height: dims[1], Width: dims[2], Channels: dims[3]}
		}
		im.values[in.name] = v
		used, total = append(used, in.name), min(total+v.elements(), dnn.MaxCount)
	}
	for _, name := range slices.Sorted(maps.Keys(im.options.Dims)) {
		if !symbols[name] {
			return fmt.Errorf("no dimension %q: known are [%s]", name, strings.Join(slices.Sorted(maps.Keys(symbols)), ", "))
		}
	}
	switch {
	case len(used) == 0:
		return errors.New("no input that a node reads")
	case len(used) == 1:
		im.network.Input = im.values[used[0]].lies
		return nil
	case total > dnn.MaxDimension:
		return fmt.Errorf("inputs %v have %d elements in all: want at most %d", used, total, dnn.MaxDimension)
	}
	im.network.Input = dnn.Shape{Height: 1, Width: 1, Channels: int(total)}
	for _, name := range used {
		v := im.values[name]
		index, err := im.pick(name, v.lies, 0, dnn.NetworkInput)
		if err != nil {
			return fmt.Errorf("input %q: %w", name, err)
		}
		v.from = []int{index}
		im.values[name] = v
	}
	return nil
}

// resolve gives the symbolic dimensions of a value their sizes, or says which one has none.
func (im *importer) resolve(v typed) (dims []int, why string, ok bool) {
	if !v.known {
		return nil, "no shape in the file", false
	}
	for i, d := range v.shape {
		size, named := im.options.Dims[d.symbol]
		own, placed := im.options.Dims[axisName(v.name, i)]
		switch {
		case placed:
			size = own
		case d.symbol == "" && d.size > 0:
			size = int(min(d.size, dnn.MaxDimension+1))
		case named:
		case i == 0:
			size = 1
		case d.symbol == "":
			return nil, fmt.Sprintf("axis %d has no size: set %q", i, axisName(v.name, i)), false
		default:
			return nil, fmt.Sprintf("symbolic dimension %q of axis %d has no size: set it, or %q", d.symbol, i, axisName(v.name, i)), false
		}
		dims = append(dims, size)
	}
	return dims, "", true
}

// channelsLast tells whether the first that happens to an input is that its channels come to the front, as in graphs made from TensorFlow.
func channelsLast(g *graph, name string) bool {
	return slices.ContainsFunc(g.nodes, func(n node) bool {
		perm, _ := n.attr("perm")
		return n.op == "Transpose" && n.input(0) == name && slices.Equal(perm.ints, []int64{0, 3, 1, 2})
	})
}

// axisName names an axis of a value.
func axisName(value string, axis int) string { return fmt.Sprintf("%s.%d", value, axis) }

// imageInput tells whether an input is a feature map N, C, space: one of rank 4, or what a window moves over, of one sample.
func imageInput(g *graph, name string, dims []int) bool {
	if len(dims) < 3 || len(dims) > 4 || dims[0] != 1 {
		return false
	}
	if len(dims) == 4 {
		return true
	}
	return slices.ContainsFunc(g.nodes, func(n node) bool { return n.input(0) == name && slices.Contains(windowOps(), n.op) })
}
