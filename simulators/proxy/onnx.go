package proxy

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// ONNX is the proxy as an ONNX graph (opset 17, ai.onnx.ml 3) in single precision: the input "features" is rows of features (space.Space.Features, then an
// indicator of each task; the graph itself counts what pointers choose), the outputs are the metrics by their keys, a column each. The graph's metadata lists the features and the tasks. Sums of
// trees are TreeEnsembleRegressor, nets and linear models Gemm and Tanh; the kinds knn, gp and tables, and metrics
// that are made of others, have no form in ONNX.
func (p *Proxy) ONNX() ([]byte, error) {
	if len(p.file.Corrected) > 0 {
		return nil, errors.New("proxy: a corrected proxy has no form in ONNX: export the one that was corrected")
	}
	g := &graph{width: p.encode.width}
	g.bytes(2, []byte(p.file.Simulator))
	g.bytes(11, valueInfo("features", p.encode.plain))
	g.input = g.counts(&p.encode)
	for i, t := range p.file.Targets {
		if t.derived() || len(t.Floors) > 0 {
			return nil, noForm(t.key(), "made of other metrics")
		}
		key := t.key()
		z, ok := g.model(key, p.targets[i].model)
		if !ok {
			return nil, noForm(key, "told by a model of the kind "+string(t.Kind))
		}
		g.inverse(t.Transform, z, key)
		g.bytes(12, valueInfo(key, 1))
	}
	var m message
	m.varint(1, 8) // IR version
	m.bytes(2, []byte("codesign"))
	m.bytes(7, g.message)
	m.bytes(8, opset("", 17))
	m.bytes(8, opset("ai.onnx.ml", 3))
	var features, tasks []string
	for _, f := range p.space.Features() {
		features = append(features, f.Name)
	}
	for _, t := range p.file.Tasks {
		tasks = append(tasks, t.Name)
	}
	if len(tasks) > 1 {
		features = append(features, tasks...)
	}
	for _, pair := range [][2]string{
		{"features", strings.Join(features, "\n")}, {"tasks", strings.Join(tasks, "\n")},
		{"simulator", p.file.Simulator}, {"simulator_version", p.file.Version},
	} {
		var entry message
		entry.bytes(1, []byte(pair[0]))
		entry.bytes(2, []byte(pair[1]))
		m.bytes(14, entry)
	}
	return m, nil
}

// noForm says why a metric cannot be written, and what can.
func noForm(key, why string) error {
	return fmt.Errorf("proxy: metric %s is %s, which has no form in ONNX: fit with a kind, boost, forest, mlp or ridge, that every metric then has", key, why)
}

// message is a protobuf message in its wire form.
type message []byte

func (m *message) bytes(number protowire.Number, content []byte) {
	*m = protowire.AppendBytes(protowire.AppendTag(*m, number, protowire.BytesType), content)
}

func (m *message) varint(number protowire.Number, v int64) {
	*m = protowire.AppendVarint(protowire.AppendTag(*m, number, protowire.VarintType), uint64(v))
}

// floats appends packed numbers in single precision.
func (m *message) floats(number protowire.Number, values []float64) {
	var packed []byte
	for _, v := range values {
		packed = protowire.AppendFixed32(packed, math.Float32bits(float32(v)))
	}
	m.bytes(number, packed)
}

// opset is an OperatorSetIdProto.
func opset(domain string, version int64) (m message) {
	if domain != "" {
		m.bytes(1, []byte(domain))
	}
	m.varint(2, version)
	return m
}

// valueInfo is a ValueInfoProto of rows of single precision numbers, as many rows as there are.
func valueInfo(name string, columns int) (m message) {
	var rows, width, shape, tensor, typ message
	rows.bytes(2, []byte("rows"))
	width.varint(1, int64(columns))
	shape.bytes(1, rows)
	shape.bytes(1, width)
	tensor.varint(1, tensorFloat)
	tensor.bytes(2, shape)
	typ.bytes(1, tensor)
	m.bytes(1, []byte(name))
	m.bytes(2, typ)
	return m
}

// tensorFloat is TensorProto.FLOAT.
const tensorFloat = 1

// The types of attributes.
const (
	attributeInt     = 2
	attributeFloats  = 6
	attributeInts    = 7
	attributeStrings = 8
)

// graph is a GraphProto that is being written.
type graph struct {
	message
	input string // the features of models
	width int    // of it
}

// node appends an operation.
func (g *graph) node(domain, op string, inputs []string, output string, attributes ...message) string {
	var n message
	for _, in := range inputs {
		n.bytes(1, []byte(in))
	}
	n.bytes(2, []byte(output))
	n.bytes(3, []byte(output))
	n.bytes(4, []byte(op))
	for _, a := range attributes {
		n.bytes(5, a)
	}
	if domain != "" {
		n.bytes(7, []byte(domain))
	}
	g.bytes(1, n)
	return output
}

// constant appends an initializer.
func (g *graph) constant(name string, values []float64, dims ...int) string {
	var t message
	for _, d := range dims {
		t.varint(1, int64(d))
	}
	t.varint(2, tensorFloat)
	t.floats(4, values)
	t.bytes(8, []byte(name))
	g.bytes(5, t)
	return name
}

// counts appends the operations that count what pointers choose, and names all features. An inactive axis chooses nothing: its features are 0.
func (g *graph) counts(e *encoding) string {
	parts := []string{"features"}
	all := e.space.Features()
	for i, f := range e.pointers {
		name := fmt.Sprintf("counts%d", i)
		chosen := make([]float64, e.plain*len(f.labels)) // 1 where the column of a feature is that of a label
		for column, feature := range all {
			if axis := e.space.Param(feature.Axis); slices.Contains(f.axes, feature.Axis) {
				for l, label := range f.labels {
					if feature.Name == axis.Name+"="+label {
						chosen[column*len(f.labels)+l] = 1
					}
				}
			}
		}
		hits := g.node("", "MatMul", []string{"features", g.constant(name+"/chosen", chosen, e.plain, len(f.labels))}, name)
		shares := g.node("", "Div", []string{hits, g.constant(name+"/axes", []float64{float64(len(f.axes))}, 1)}, name+"/shares")
		chosenAny := g.node("", "Greater", []string{hits, g.constant(name+"/none", []float64{0}, 1)}, name+"/any")
		used := g.node("", "Cast", []string{chosenAny}, name+"/indicators", intAttribute("to", tensorFloat))
		used = g.node("", "ReduceMean", []string{used}, name+"/used", intsAttribute("axes", []int64{1}), intAttribute("keepdims", 1))
		parts = append(parts, shares, used)
	}
	if len(parts) == 1 {
		return "features"
	}
	return g.node("", "Concat", parts, "features/all", intAttribute("axis", 1))
}

// model appends the operations of a model of the features and names their output; false for a kind that has none.
func (g *graph) model(key string, m regress.Model) (output string, ok bool) {
	switch m := m.(type) {
	case *regress.Trees:
		return g.node("ai.onnx.ml", "TreeEnsembleRegressor", []string{g.input}, key+"/score", treeAttributes(m)...), true
	case *regress.Linear:
		w, b := g.constant(key+"/weights", m.Weights, g.width, 1), g.constant(key+"/intercept", []float64{m.Intercept}, 1)
		return g.node("", "Gemm", []string{g.input, w, b}, key+"/score"), true
	case *regress.Ensemble:
		return g.nets(key, m), true
	}
	return "", false
}

// nets appends the nets and their mean.
func (g *graph) nets(key string, m *regress.Ensemble) string {
	var outputs []string
	for i, params := range m.Params {
		x, inputs := g.input, m.Features
		for l, width := range append(append([]int(nil), m.Hidden...), 1) {
			name := fmt.Sprintf("%s/net%d/layer%d", key, i, l)
			w := g.constant(name+"/weights", params[:inputs*width], inputs, width)
			b := g.constant(name+"/biases", params[inputs*width:(inputs+1)*width], width)
			params, inputs = params[(inputs+1)*width:], width
			x = g.node("", "Gemm", []string{x, w, b}, name)
			if l < len(m.Hidden) {
				x = g.node("", "Tanh", []string{x}, name+"/tanh")
			}
		}
		outputs = append(outputs, x)
	}
	average := g.node("", "Mean", outputs, key+"/mean")
	scaled := g.node("", "Mul", []string{average, g.constant(key+"/scale", []float64{m.Scale}, 1)}, key+"/scaled")
	return g.node("", "Add", []string{scaled, g.constant(key+"/shift", []float64{m.Shift}, 1)}, key+"/score")
}

// inverse appends what makes a transformed target the target.
func (g *graph) inverse(t regress.Transform, z, key string) {
	switch t.Name {
	case regress.Log:
		g.node("", "Exp", []string{z}, key)
	case regress.BoxCox:
		scaled := g.node("", "Mul", []string{z, g.constant(key+"/lambda", []float64{t.Lambda}, 1)}, key+"/lambda_z")
		base := g.node("", "Add", []string{scaled, g.constant(key+"/one", []float64{1}, 1)}, key+"/base")
		g.node("", "Pow", []string{base, g.constant(key+"/power", []float64{1 / t.Lambda}, 1)}, key)
	default:
		g.node("", "Identity", []string{z}, key)
	}
}

// treeAttributes are those of TreeEnsembleRegressor.
func treeAttributes(m *regress.Trees) []message {
	var tree, node, feature, yes, no, leafTree, leafNode, target []int64
	var split, weight []float64
	var modes []string
	for t, one := range m.Trees {
		for n, at := range one.Nodes {
			tree, node = append(tree, int64(t)), append(node, int64(n))
			if one.Leaf(n) {
				modes, feature, yes, no, split = append(modes, "LEAF"), append(feature, 0), append(yes, 0), append(no, 0), append(split, 0)
				leafTree, leafNode, target, weight = append(leafTree, int64(t)), append(leafNode, int64(n)), append(target, 0), append(weight, one.Values[n])
				continue
			}
			modes, feature, split = append(modes, "BRANCH_LEQ"), append(feature, int64(at.Feature)), append(split, at.Threshold)
			yes, no = append(yes, int64(at.Left)), append(no, int64(at.Left)+1)
		}
	}
	return []message{
		intAttribute("n_targets", 1), floatsAttribute("base_values", []float64{m.Base}),
		intsAttribute("nodes_treeids", tree), intsAttribute("nodes_nodeids", node), intsAttribute("nodes_featureids", feature),
		stringsAttribute("nodes_modes", modes), floatsAttribute("nodes_values", split),
		intsAttribute("nodes_truenodeids", yes), intsAttribute("nodes_falsenodeids", no),
		intsAttribute("target_treeids", leafTree), intsAttribute("target_nodeids", leafNode), intsAttribute("target_ids", target), floatsAttribute("target_weights", weight),
	}
}

func attribute(name string, typ int64) (m message) {
	m.bytes(1, []byte(name))
	m.varint(20, typ)
	return m
}

func intAttribute(name string, v int64) message {
	m := attribute(name, attributeInt)
	m.varint(3, v)
	return m
}

func floatsAttribute(name string, values []float64) message {
	m := attribute(name, attributeFloats)
	m.floats(7, values)
	return m
}

func intsAttribute(name string, values []int64) message {
	m := attribute(name, attributeInts)
	var packed []byte
	for _, v := range values {
		packed = protowire.AppendVarint(packed, uint64(v))
	}
	m.bytes(8, packed)
	return m
}

func stringsAttribute(name string, values []string) message {
	m := attribute(name, attributeStrings)
	for _, v := range values {
		m.bytes(9, []byte(v))
	}
	return m
}
