package nas

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/env/space"
)

// Bounds of a template, repetitions multiplied out.
const (
	MaxTemplateBlocks = 2048
	MaxTemplateAxes   = 1024
	maxTemplateDepth  = 16
)

// TemplateSpace is the space of a Template.
type TemplateSpace struct {
	name  string
	input dnn.Shape
	space space.Space
	nodes []node
	parts []Part
}

// gene is a size of a node: the value of an axis, or the one value where axis is negative.
type gene struct {
	axis   int
	of     []int
	shared bool // the axis is a shared choice
}

func (g gene) at(p space.Point) int {
	if g.axis < 0 {
		return g.of[0]
	}
	return g.of[p[g.axis]]
}

// node is a block with its axes.
type node struct {
	block  *Block
	name   string
	sizes  [numSizes]gene
	turn   gene     // of a choice the block, of an optional 1 where it is present, of a repeat the repetitions
	bodies [][]node // of a choice, concat and sum the blocks, one each; of a repeat the repetitions, one where they are shared; else one
	spans  []span   // of a repeat that is not shared: the axes of each repetition, equally many and in one order
}

// span is the axes from first up to, not including, end.
type span struct{ first, end int }

// NewTemplate makes the space. Every choice is an axis in the group "network": nominal a choice between blocks, ordinal the others, active where its block is
// in the network. All mistakes are reported at once, each a *TemplateError. The first point must be a network: that its shapes do not fit is a mistake, too.
// Other points may not fit: Decode gives a *MisfitError, and simulators call such a design infeasible.
func NewTemplate(t Template) (*TemplateSpace, error) {
	c := compiler{template: t}
	if t.Input.Height < 1 || t.Input.Width < 1 || t.Input.Channels < 1 {
		c.fail([]any{"input"}, "", fmt.Errorf("input %v: want height, width and channels of at least 1", t.Input))
	}
	for i, s := range t.Shared {
		path := []any{"shared", s.Name}
		err := checkValues(blockSize{name: "value", low: 1, high: maxBlockSize}, s.Of)
		if len(s.Of) == 0 {
			err = errors.New("no values")
		}
		switch {
		case !isName(s.Name):
			c.fail(path, "", fmt.Errorf("shared choice %q: %s", s.Name, nameRule))
		case slices.ContainsFunc(t.Shared[:i], func(o SharedValues) bool { return o.Name == s.Name }):
			c.fail(path, "", fmt.Errorf("shared choice %q is declared twice", s.Name))
		case err != nil:
			c.fail(path, "", fmt.Errorf("shared choice %q: %w", s.Name, err))
		}
		c.axis(space.Param{Name: s.Name, Doc: "shared choice", Kind: space.Ordinal, Values: floats(s.Of)}, nil)
	}
	var nodes []node
	if len(t.Blocks) == 0 {
		c.fail(nil, "", errors.New("no blocks"))
	}
	if len(c.errs) == 0 {
		nodes = c.all(t.Blocks, place{layers: []string{""}})
	}
	if err := errors.Join(c.errs...); err != nil {
		return nil, err
	}
	s, err := space.New(c.params...)
	if err != nil {
		return nil, &TemplateError{Err: fmt.Errorf("names of blocks make axes that are not told apart: %w", err)}
	}
	out := &TemplateSpace{name: t.Name, input: t.Input, space: s, nodes: nodes, parts: c.parts}
	if _, err := out.Decode(make(space.Point, s.Len())); err != nil {
		return nil, &TemplateError{Err: fmt.Errorf("the first network of the space: %w", err)}
	}
	return out, nil
}

const nameRule = "want 1 to 64 lower-case letters, digits and underscores, a letter first"

// compiler turns blocks into nodes and axes.
type compiler struct {
	template Template
	params   []space.Param
	parts    []Part
	count    int
	errs     []error
}

// place is where blocks stand.
type place struct {
	path   []any    // in the template
	axes   string   // what names of axes begin with
	layers []string // what names of layers begin with; several in a repeat whose repetitions choose alike
	when   []space.Cond
	depth  int
}

// fail records a mistake.
func (c *compiler) fail(path []any, name string, err error) {
	if name != "" {
		err = fmt.Errorf("block %s: %w", name, err)
	}
	c.errs = append(c.errs, &TemplateError{Path: path, Err: err})
}

// axis appends an axis.
func (c *compiler) axis(p space.Param, when []space.Cond) int {
	p.Group, p.When = "network", when
	c.params = append(c.params, p)
	return len(c.params) - 1
}

// all compiles a whole list of blocks.
func (c *compiler) all(list []Block, at place) []node { return c.blocks(list, 0, len(list), at) }

// blocks compiles the blocks of a list from first up to, not including, end.
func (c *compiler) blocks(list []Block, first, end int, at place) (nodes []node) {
	for i := first; i < end; i++ {
		b := &list[i]
		name, path := b.nameIn(list[:i]), append(slices.Clone(at.path), "block", i)
		if c.count++; c.count > MaxTemplateBlocks || at.depth > maxTemplateDepth || len(c.params) > MaxTemplateAxes {
			c.fail(path, name, fmt.Errorf("the template is too large: want at most %d blocks and %d axes, repetitions multiplied out, nested at most %d deep",
				MaxTemplateBlocks, MaxTemplateAxes, maxTemplateDepth))
			return nodes
		}
		errs := b.check(c.template.Shared)
		switch {
		case !isName(name):
			errs = append(errs, &TemplateError{Path: []any{"name"}, Err: fmt.Errorf("name %q: %s", name, nameRule)})
		case slices.ContainsFunc(list[:i], func(o Block) bool { return o.Name == name }):
			errs = append(errs, &TemplateError{Path: []any{"name"}, Err: fmt.Errorf("name %q is taken by another block beside it", name)})
		}
		for _, err := range errs {
			if e, ok := errors.AsType[*TemplateError](err); ok {
				c.fail(append(slices.Clone(path), e.Path...), at.layers[0]+name, e.Err)
			}
		}
		if len(errs) == 0 {
			nodes = append(nodes, c.block(b, name, path, at))
		}
		if len(c.errs) > 0 && c.count > MaxTemplateBlocks {
			return nodes
		}
	}
	return nodes
}

// nameIn is the name of a block behind others.
func (b *Block) nameIn(before []Block) string {
	if b.Name != "" {
		return b.Name
	}
	number := 1
	for i := range before {
		if before[i].Kind == b.Kind {
			number++
		}
	}
	return b.Kind.String() + strconv.Itoa(number)
}

// block compiles a checked block.
func (c *compiler) block(b *Block, name string, path []any, at place) node {
	n := node{block: b, name: name}
	axes := at.axes + name
	for i, s := range b.sizes() {
		n.sizes[i] = c.gene(b, i, s, axes, at.when)
	}
	if b.Kind.multiplies() || b.Project {
		part := Part{Name: axes, When: at.when}
		for _, prefix := range at.layers {
			layers := prefix + name
			if b.Project {
				layers += ".project"
			}
			part.Layers = append(part.Layers, layers)
		}
		c.parts = append(c.parts, part)
	}
	inside := place{path: path, axes: axes + "_", when: at.when, depth: at.depth + 1}
	for _, prefix := range at.layers {
		inside.layers = append(inside.layers, prefix+name+".")
	}
	switch b.Kind {
	case ChoiceBlock:
		var labels []string
		for i := range b.Blocks {
			labels = append(labels, b.Blocks[i].nameIn(b.Blocks[:i]))
		}
		c.turn(&n, axes, "which block", labels, at.when)
		n.bodies = c.each(b.Blocks, inside, func(i int) []space.Cond { return []space.Cond{{Param: axes, In: labels[i : i+1]}} })
	case OptionalBlock:
		labels := []string{"absent", "present"}
		c.turn(&n, axes, "whether it is there", labels, at.when)
		inside.when = append(slices.Clone(at.when), space.Cond{Param: axes, In: labels[1:]})
		n.bodies = [][]node{c.all(b.Blocks, inside)}
	case RepeatBlock:
		n.turn = n.sizes[timesSize]
		c.repeat(&n, inside)
	case ConcatBlock, SumBlock:
		n.bodies = c.each(b.Blocks, inside, func(int) []space.Cond { return nil })
	case SequenceBlock, ResidualBlock:
		n.bodies = [][]node{c.all(b.Blocks, inside)}
	}
	return n
}

// gene makes the axis of a size that has several values.
func (c *compiler) gene(b *Block, size int, s blockSize, axes string, when []space.Cond) gene {
	if !s.values.stated() {
		return gene{axis: -1, of: []int{b.Kind.fallback(size)}}
	}
	if s.values.Ref != "" {
		for axis, shared := range c.template.Shared {
			if shared.Name == s.values.Ref {
				return gene{axis: axis, of: shared.Of, shared: true}
			}
		}
	}
	if len(s.values.Of) == 1 {
		return gene{axis: -1, of: s.values.Of}
	}
	axis := c.axis(space.Param{Name: axes + "_" + s.name, Doc: s.name + " of " + axes, Kind: space.Ordinal, Values: floats(s.values.Of)}, when)
	return gene{axis: axis, of: s.values.Of}
}

// turn makes the nominal axis of a choice.
func (c *compiler) turn(n *node, axes, doc string, labels []string, when []space.Cond) {
	n.turn = gene{axis: c.axis(space.Param{Name: axes, Doc: doc + " of " + axes, Kind: space.Nominal, Labels: labels}, when)}
	for i := range labels {
		n.turn.of = append(n.turn.of, i)
	}
}

// each compiles blocks that stand side by side, each under further conditions.
func (c *compiler) each(list []Block, at place, when func(i int) []space.Cond) (bodies [][]node) {
	for i := range list {
		under := at
		under.when = append(slices.Clone(at.when), when(i)...)
		bodies = append(bodies, c.blocks(list, i, i+1, under))
	}
	return bodies
}

// repeat compiles the repetitions, as many as there may be.
func (c *compiler) repeat(n *node, inside place) {
	most := slices.Max(n.turn.of)
	under := func(least int) place {
		at := inside
		if n.turn.axis >= 0 && n.turn.of[0] < least {
			cond := space.Cond{Param: c.params[n.turn.axis].Name}
			for _, times := range n.turn.of {
				if times >= least {
					cond.In = append(cond.In, strconv.Itoa(times))
				}
			}
			at.when = append(slices.Clone(inside.when), cond)
		}
		at.layers = nil
		return at
	}
	if n.block.Shared {
		at := under(1)
		for _, prefix := range inside.layers {
			for i := 1; i <= most; i++ {
				at.layers = append(at.layers, prefix+strconv.Itoa(i)+".")
			}
		}
		if most > 0 {
			n.bodies = [][]node{c.all(n.block.Blocks, at)}
		}
		return
	}
	for i := 1; i <= most && len(c.errs) == 0; i++ {
		at := under(i)
		at.axes += strconv.Itoa(i) + "_"
		for _, prefix := range inside.layers {
			at.layers = append(at.layers, prefix+strconv.Itoa(i)+".")
		}
		first := len(c.params)
		n.bodies = append(n.bodies, c.all(n.block.Blocks, at))
		n.spans = append(n.spans, span{first, len(c.params)})
	}
}

// Space implements SearchSpace.
func (t *TemplateSpace) Space() space.Space { return t.space }

// Parts implements Partitioned: each block that makes layers that multiply.
func (t *TemplateSpace) Parts() []Part { return t.parts }
