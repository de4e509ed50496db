package nas

import (
	"fmt"
	"strconv"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/env/space"
)

// MisfitError is a network of a template whose shapes do not fit.
type MisfitError struct{ Err error }

// Error is what is wrong; it names the layer.
func (e *MisfitError) Error() string { return e.Err.Error() }

// Unwrap is what is wrong.
func (e *MisfitError) Unwrap() error { return e.Err }

// Decode implements SearchSpace but for points whose shapes do not fit: a *MisfitError.
func (t *TemplateSpace) Decode(p space.Point) (dnn.Network, error) {
	if err := t.space.Check(p); err != nil {
		return dnn.Network{}, fmt.Errorf("nas: template: %w", err)
	}
	w := writer{name: t.name, b: dnn.NewBuilder(t.name, t.input), point: p}
	w.list(t.nodes, "", tensors{dnn.NetworkInput})
	if w.err != nil {
		return dnn.Network{}, &MisfitError{w.err}
	}
	n, err := w.b.Network()
	if err != nil {
		return dnn.Network{}, &MisfitError{err}
	}
	return n, nil
}

// writer writes the network of a point.
type writer struct {
	name  string
	b     *dnn.Builder
	point space.Point
	err   error // the first mistake that the builder does not see
}

// tensors are producers side by side: one feature map, or several to be concatenated along the channels.
type tensors []int

// fail keeps the first mistake, unless it follows from one of the builder's, after which shapes are zero.
func (w *writer) fail(layer, format string, args ...any) {
	if w.err == nil && w.b.Shape(dnn.NetworkInput) != (dnn.Shape{}) {
		w.err = fmt.Errorf("nas: network %q: block %q: %w", w.name, layer, fmt.Errorf(format, args...))
	}
}

// shape is that of tensors side by side; their height and width are equal.
func (w *writer) shape(in tensors) dnn.Shape {
	s := w.b.Shape(in[0])
	for _, more := range in[1:] {
		s.Channels += w.b.Shape(more).Channels
	}
	return s
}

// single joins tensors for what reads one.
func (w *writer) single(name string, in tensors) int {
	if len(in) == 1 {
		return in[0]
	}
	return w.b.Pick(name+".join", w.shape(in), 0, in...)
}

// list writes nodes one after another.
func (w *writer) list(nodes []node, prefix string, in tensors) tensors {
	for i := range nodes {
		in = w.node(&nodes[i], prefix, in)
	}
	return in
}

// node writes a node and returns what it yields.
func (w *writer) node(n *node, prefix string, in tensors) tensors {
	name := prefix + n.name
	switch inside := name + "."; n.block.Kind {
	case SequenceBlock:
		return w.list(n.bodies[0], inside, in)
	case ChoiceBlock:
		return w.list(n.bodies[n.turn.at(w.point)], inside, in)
	case OptionalBlock:
		if n.turn.at(w.point) == 0 {
			return in
		}
		return w.list(n.bodies[0], inside, in)
	case RepeatBlock:
		for i := range n.turn.at(w.point) {
			in = w.list(n.bodies[min(i, len(n.bodies)-1)], inside+strconv.Itoa(i+1)+".", in)
		}
		return in
	case ConcatBlock:
		return w.concat(n, name, in)
	case SumBlock:
		return w.sum(n, name, in)
	case ResidualBlock:
		return w.residual(n, name, in)
	}
	return w.leaf(n, name, in)
}

// concat writes branches whose outputs stand side by side.
func (w *writer) concat(n *node, name string, in tensors) (out tensors) {
	for i, body := range n.bodies {
		branch := w.list(body, name+".", in)
		if i > 0 {
			first, s := w.shape(out), w.shape(branch)
			if s.Height != first.Height || s.Width != first.Width {
				w.fail(name, "branch %q yields %v beside %v: want the same height and width", body[0].name, s, first)
			}
		}
		out = append(out, branch...)
	}
	return out
}

// sum writes branches whose outputs are added.
func (w *writer) sum(n *node, name string, in tensors) tensors {
	var out tensors
	for i, body := range n.bodies {
		out = append(out, w.single(name+"."+body[0].name, w.list(body, name+".", in)))
		if first, s := w.b.Shape(out[0]), w.b.Shape(out[i]); s != first {
			w.fail(name, "branch %q yields %v to be added to %v: want the same shape", body[0].name, s, first)
		}
	}
	if w.err != nil {
		return out[:1]
	}
	return tensors{w.b.Add(name+".add", out...)}
}

// residual writes a body and adds its input.
func (w *writer) residual(n *node, name string, in tensors) tensors {
	around := w.single(name, in)
	body := w.single(name+".body", w.list(n.bodies[0], name+".", tensors{around}))
	from, to := w.b.Shape(around), w.b.Shape(body)
	if n.block.Project && to.Height > 0 {
		stride := (from.Height + to.Height - 1) / to.Height
		around = convNorm(w.b, name+".project", dnn.Filter{Filters: to.Channels, Kernel: 1, Stride: stride}, around)
		from = w.b.Shape(around)
	}
	if from != to {
		hint := ""
		if !n.block.Project {
			hint = ", or project = true"
		}
		w.fail(name, "its blocks yield %v to be added to %v: want the same shape%s", to, from, hint)
		return tensors{body}
	}
	return tensors{w.b.Add(name+".add", around, body)}
}

// leaf writes a block that makes layers.
func (w *writer) leaf(n *node, name string, in tensors) tensors {
	size := func(i int) int { return n.sizes[i].at(w.point) }
	b, k, s := n.block, size(kernelSize), w.shape(in)
	filter := dnn.Filter{Filters: size(filtersSize), Kernel: k, Stride: size(strideSize), Pad: (k - 1) / 2, Groups: size(groupsSize), Bias: b.Bare}
	if filter.Filters == 0 {
		filter.Filters = s.Channels
	}
	if b.Valid {
		filter.Pad = 0
	}
	switch b.Kind {
	case DepthwiseBlock:
		filter.Filters, filter.Groups = s.Channels, s.Channels
		return w.conv(name, filter, in)
	case ConvBlock:
		return w.conv(name, filter, in)
	case MobileBlock:
		k := block{expand: size(expandSize), kernel: k, width: filter.Filters, stride: filter.Stride, squeeze: b.Squeeze}
		return tensors{mobileBlock(w.b, name, k, w.single(name, in))}
	case UpconvBlock:
		return tensors{w.b.TransposedConv(name+".upconv", dnn.Filter{Filters: filter.Filters, Kernel: filter.Stride, Stride: filter.Stride, Bias: true}, in...)}
	case PoolBlock:
		return tensors{w.b.Pool(name, k, filter.Stride, filter.Pad, in...)}
	case GlobalPoolBlock:
		return tensors{w.b.GlobalPool(name, w.single(name, in))}
	case NormBlock:
		return tensors{w.b.Norm(name, in...)}
	case DenseBlock:
		return tensors{w.b.Dense(name, size(featuresSize), w.single(name, in))}
	case AttentionBlock, FeedForwardBlock:
		return w.transformer(b.Kind, name, size(headsSize), size(expandSize), w.single(name, in))
	}
	return in
}

// conv writes a convolution, with its normalisation or with biases.
func (w *writer) conv(name string, f dnn.Filter, in tensors) tensors {
	x := w.b.Conv(name+".conv", f, in...)
	if !f.Bias {
		x = w.b.Norm(name+".norm", x)
	}
	return tensors{x}
}

// transformer writes one half of a transformer layer: normalise, compute, add.
func (w *writer) transformer(k BlockKind, name string, heads, expand, in int) tensors {
	channels := w.b.Shape(in).Channels
	if k == AttentionBlock && channels%heads != 0 {
		w.fail(name, "%d heads do not divide %d channels", heads, channels)
		return tensors{in}
	}
	x := w.b.Norm(name+".norm", in)
	if k == AttentionBlock {
		x = attention(w.b, name, heads, x)
	} else {
		x = feedForward(w.b, name, expand*channels, x)
	}
	return tensors{w.b.Add(name+".add", in, x)}
}
