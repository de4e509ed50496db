package onnx

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// importer is the network so far, and what the names of the graph stand for.
type importer struct {
	options Options
	network dnn.Network
	values  map[string]value
	uses    map[string]int   // how often a name is read; an output of the graph counts
	stated  map[string][]int // shapes that the file states for what nodes yield
	known   map[string]operation
}

// newImporter is an importer of an empty graph.
func newImporter(name string, o Options) *importer {
	im := &importer{options: o, values: map[string]value{}, uses: map[string]int{}, stated: map[string][]int{}, known: map[string]operation{}}
	im.network.Name = name
	for _, e := range operations() {
		for _, op := range e.names {
			im.known[op] = e.apply
		}
	}
	return im
}

// operation makes layers of a node, or folds it, and returns what its first output, or each of them, stands for.
type operation func(im *importer, c call) ([]value, error)

// call is a node with its inputs looked up; an input that is left out is nil.
type call struct {
	*node
	label string // of the layers
	args  []*value
}

// arg returns an input that has to be there.
func (c call) arg(i int) (value, error) {
	if i >= len(c.args) || c.args[i] == nil {
		return value{}, fmt.Errorf("input %d is missing", i)
	}
	return *c.args[i], nil
}

// optional returns an input, or nil.
func (c call) optional(i int) *value {
	if i < len(c.args) {
		return c.args[i]
	}
	return nil
}

// node imports one node.
func (im *importer) node(index int, n *node) error {
	c := call{node: n, label: n.name}
	if c.label == "" {
		c.label = fmt.Sprintf("%s_%d", n.op, index)
	}
	for _, name := range n.inputs {
		if name == "" {
			c.args = append(c.args, nil)
			continue
		}
		v, ok := im.values[name]
		if !ok {
			return fmt.Errorf("input %q is not a value of the graph before this node", name)
		}
		c.args = append(c.args, &v)
	}
	apply, ok := im.operation(n)
	if !ok {
		apply = (*importer).unknown
	}
	results, err := apply(im, c)
	if err != nil {
		return err
	}
	for i, v := range results {
		if err := checkDims(v.dims, min(1, lowest(v))); err != nil {
			return fmt.Errorf("output %d: %w", i, err)
		}
		if i < len(n.outputs) && n.outputs[i] != "" {
			im.values[n.outputs[i]] = v
		}
	}
	return nil
}

// lowest is the smallest size of a dimension: a constant may be an empty list.
func lowest(v value) int {
	if v.constant {
		return 0
	}
	return 1
}

// operation looks an operation of ONNX's own domain up.
func (im *importer) operation(n *node) (operation, bool) {
	if n.domain != "" && n.domain != "ai.onnx" {
		return nil, false
	}
	apply, ok := im.known[n.op]
	return apply, ok
}

// unknown keeps an operation that the importer does not know as an element-wise layer, if the file says that it keeps the shape of its first input, and
// its other inputs are at most a constant a channel: it may be a function of each element.
func (im *importer) unknown(c call) ([]value, error) {
	stated := im.stated[firstOutput(c.node)]
	if v := c.optional(0); v != nil && !v.constant && len(c.outputs) == 1 && stated != nil && slices.Equal(stated, v.dims) {
		small := func(w *value) bool { return w == nil || w.constant && len(w.dims) <= 1 }
		if !slices.ContainsFunc(c.args[1:], func(w *value) bool { return !small(w) }) {
			return im.perElement(c.label, *v, 0)
		}
	}
	return nil, fmt.Errorf("unknown operation, and the file does not say that it keeps the shape of its input: known are %s",
		strings.Join(slices.Sorted(maps.Keys(im.known)), ", "))
}

func firstOutput(n *node) string {
	if len(n.outputs) == 0 {
		return ""
	}
	return n.outputs[0]
}

// add appends a checked layer and returns its index.
func (im *importer) add(l dnn.Layer) (int, error) {
	checked, err := l.Check()
	if err != nil {
		return 0, err
	}
	if len(im.network.Layers) == maxNodes {
		return 0, fmt.Errorf("more than %d layers", maxNodes)
	}
	im.network.Layers = append(im.network.Layers, checked)
	return len(im.network.Layers) - 1, nil
}

// pick appends a gather and returns its index.
func (im *importer) pick(label string, out dnn.Shape, rows int, from ...int) (int, error) {
	return im.add(dnn.Layer{
		Name: label, Op: dnn.Gather, Inputs: slices.Clone(from),
		OutHeight: out.Height, OutWidth: out.Width, OutChannels: out.Channels, ParametersPerChannel: rows,
	})
}

// yields is the activation that a layer yields.
func (im *importer) yields(index int, dims []int, image bool) value {
	return value{dims: dims, from: []int{index}, lies: im.network.Layers[index].Output(), image: image, plain: true}
}

// laid returns producers of an activation that a layer can read as the given feature map: its own, or a gather that lays the elements out.
func (im *importer) laid(label string, v value, want dnn.Shape) ([]int, error) {
	if v.constant {
		return nil, errors.New("a constant stands where an activation is wanted")
	}
	if v.lies == want || len(v.from) == 1 && im.isGEMM(v.from[0]) && v.lies.Elements() == want.Elements() {
		return v.from, nil
	}
	index, err := im.pick(label+".layout", want, 0, v.from...)
	return []int{index}, err
}

// single is laid for a layer that reads one producer an operand.
func (im *importer) single(label string, v value, want dnn.Shape) (int, error) {
	from, err := im.laid(label, v, want)
	if err != nil || len(from) == 1 {
		return first(from), err
	}
	return im.pick(label+".layout", want, 0, from...)
}

func first(list []int) int {
	if len(list) == 0 {
		return 0
	}
	return list[0]
}

// isGEMM tells whether a producer is a product, whose shape counts only by its elements.
func (im *importer) isGEMM(producer int) bool {
	return producer != dnn.NetworkInput && im.network.Layers[producer].Op == dnn.GEMM
}

// moved appends a gather that yields an activation of new dimensions from others, and trained rows where constants are among what it moves.
func (im *importer) moved(label string, dims []int, image bool, trained int64, from ...int) (value, error) {
	if err := checkDims(dims, 1); err != nil {
		return value{}, err
	}
	out := mapOf(dims, image)
	if trained%int64(out.Channels) != 0 { // no whole rows: count single elements
		out = dnn.Shape{Height: int(min(out.Elements(), dnn.MaxDimension+1)), Width: 1, Channels: 1}
	}
	index, err := im.pick(label, out, int(min(trained/int64(out.Channels), dnn.MaxDimension+1)), from...)
	if err != nil {
		return value{}, err
	}
	v := im.yields(index, dims, image)
	v.plain = false
	return v, nil
}

// view is the same elements under other dimensions.
func view(v value, dims []int) value {
	v.dims, v.image, v.plain = dims, false, false
	return v
}

// passed is the same elements after a function of each of them, which costs nothing: see package dnn.
func passed(v value) value {
	v.plain = false
	v.ints, v.floats = nil, nil
	return v
}

// perElement appends an element-wise layer with trained values a channel.
func (im *importer) perElement(label string, v value, perChannel int) ([]value, error) {
	index, err := im.add(dnn.Layer{
		Name: label, Op: dnn.Elementwise, Inputs: slices.Clone(v.from),
		InHeight: v.lies.Height, InWidth: v.lies.Width, InChannels: v.lies.Channels, ParametersPerChannel: perChannel,
	})
	if err != nil {
		return nil, err
	}
	out := im.yields(index, v.dims, v.image)
	out.plain = false
	return []value{out}, nil
}
