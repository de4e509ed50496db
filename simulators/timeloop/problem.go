package timeloop

import (
	"slices"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// Limits of a problem: far above any layer, far below what a count overflows with.
const (
	maxDimensions = 32
	maxTensors    = 8
	maxAxes       = 16
	maxTerms      = 8
	maxSize       = 1 << 31
)

// problemReader builds one problem.
type problemReader struct {
	*reader
	problem      loopnest.Problem
	coefficients map[string]int64
}

// problem reads the section "problem": the shape (dimensions, data spaces, coefficients) and the instance (sizes).
func (r *reader) problem(n *node) loopnest.Problem {
	if !r.isTable(n, "problem") {
		return loopnest.Problem{}
	}
	r.version(n, "problem")
	p := problemReader{reader: r, coefficients: map[string]int64{}}
	shape := n.get("shape")
	switch {
	case shape == nil:
		r.bad(n, "problem has no shape")
		return p.problem
	case shape.kind == scalar:
		r.bad(shape, "problem: shape %q by name is not read: spell out its dimensions, data_spaces and coefficients", shape.text)
		return p.problem
	case !r.isTable(shape, "problem: shape"):
		return p.problem
	}
	r.only(shape, "problem: shape", "name", "dimensions", "data_spaces", "coefficients", "version")
	if name := shape.get("name"); name != nil {
		p.problem.Name, _ = r.word(name, "problem: shape: name")
	}
	instance := n.get("instance")
	if instance == nil { // the sizes stand beside the shape
		instance = &node{file: n.file, line: n.line, kind: table}
		for _, f := range n.fields {
			if f.key != "shape" && f.key != "version" {
				instance.fields = append(instance.fields, f)
			}
		}
	} else {
		r.only(n, "problem", "version", "shape", "instance", "name")
	}
	if r.isTable(instance, "problem: instance") {
		p.dimensions(shape.get("dimensions"), shape, instance)
		p.readCoefficients(shape.get("coefficients"), instance)
		p.instanceKeys(instance)
		p.tensors(shape.get("data_spaces"), shape)
	}
	return p.problem
}

// dimensions reads the names of the dimensions and their sizes.
func (p *problemReader) dimensions(names, shape, instance *node) {
	list := p.words(names, "problem: dimensions")
	if len(list) == 0 || len(list) > maxDimensions {
		p.bad(shape, "problem: %d dimensions: want 1 to %d", len(list), maxDimensions)
		return
	}
	for i, name := range list {
		if name == "" || slices.Contains(list[:i], name) {
			p.bad(names, "problem: dimension %q twice, or without a name", name)
			continue
		}
		d := loopnest.Dimension{Name: name, Size: 1}
		if size := instance.get(keyName(name)); size != nil {
			d.Size = p.integer(size, "problem: size of "+name, 1, maxSize)
		} else {
			p.bad(instance, "problem: instance has no size for dimension %q", name)
		}
		p.problem.Dimensions = append(p.problem.Dimensions, d)
	}
}

// readCoefficients reads the names of coefficients, their defaults and their values.
func (p *problemReader) readCoefficients(n, instance *node) {
	for _, c := range p.elements(n, "problem: coefficients") {
		if !p.isTable(c, "problem: a coefficient") {
			continue
		}
		p.only(c, "problem: coefficient", "name", "default")
		name := p.name(c, "problem: coefficient")
		value := c.get("default")
		if given := instance.get(keyName(name)); given != nil {
			value = given
		}
		if value == nil {
			p.bad(c, "problem: coefficient %q has neither a value in the instance nor a default", name)
			continue
		}
		p.coefficients[name] = p.integer(value, "problem: coefficient "+name, 1, maxSize)
	}
}

// instanceKeys refuses what the instance holds beside sizes and coefficients. Input sizes and paddings, which published problems carry along,
// follow from the others: they are read by nobody.
func (p *problemReader) instanceKeys(instance *node) {
	known := []string{"H", "W", "Hpad", "Wpad", "name"}
	for _, d := range p.problem.Dimensions {
		known = append(known, keyName(d.Name))
	}
	for name := range p.coefficients {
		known = append(known, keyName(name))
	}
	slices.Sort(known)
	p.only(instance, "problem: instance", known...)
}

// tensors reads the data spaces.
func (p *problemReader) tensors(n, shape *node) {
	spaces := p.elements(n, "problem: data_spaces")
	if len(spaces) == 0 || len(spaces) > maxTensors {
		p.bad(shape, "problem: %d data_spaces: want 1 to %d", len(spaces), maxTensors)
		return
	}
	outputs := 0
	for _, s := range spaces {
		if !p.isTable(s, "problem: a data space") {
			continue
		}
		t := loopnest.Tensor{Name: p.name(s, "problem: data space")}
		what := "problem: data space " + t.Name
		p.only(s, what, "name", "projection", "read_write", "ranks")
		if slices.ContainsFunc(p.problem.Tensors, func(o loopnest.Tensor) bool { return o.Name == t.Name }) {
			p.bad(s, "%s twice", what)
		}
		if v := s.get("read_write"); v != nil && p.boolean(v, what+": read_write") {
			t.Output = true
			outputs++
		}
		if projection := s.get("projection"); projection != nil {
			t.Axes = p.axes(projection, what)
		} else {
			p.bad(s, "%s has no projection", what)
		}
		p.problem.Tensors = append(p.problem.Tensors, t)
	}
	if outputs != 1 {
		p.bad(n, "problem: %d data spaces are read_write: want exactly one, the result", outputs)
	}
}

// axes reads a projection: names of dimensions, or a list an axis of terms [dimension] or [dimension, coefficient].
func (p *problemReader) axes(n *node, what string) (axes []loopnest.Axis) {
	items := p.elements(n, what+": projection")
	if len(items) > maxAxes {
		p.bad(n, "%s has %d axes: want at most %d", what, len(items), maxAxes)
		return nil
	}
	for _, item := range items {
		var axis loopnest.Axis
		terms := []*node{item}
		if item.kind == list {
			terms = item.items
		}
		if len(terms) == 0 || len(terms) > maxTerms {
			p.bad(item, "%s: an axis of %d terms: want 1 to %d", what, len(terms), maxTerms)
			continue
		}
		for _, term := range terms {
			axis = append(axis, p.term(term, what))
		}
		axes = append(axes, axis)
	}
	return axes
}

// term reads one term of an axis.
func (p *problemReader) term(n *node, what string) loopnest.Term {
	parts := []*node{n}
	if n.kind == list {
		parts = n.items
	}
	if len(parts) != 1 && len(parts) != 2 {
		p.bad(n, "%s: a term of %d parts: want a dimension, or a dimension and its coefficient", what, len(parts))
		return loopnest.Term{Coefficient: 1}
	}
	t := loopnest.Term{Coefficient: 1}
	if name, ok := p.word(parts[0], what+": dimension"); ok {
		t.Dimension = p.dimension(parts[0], name, p.problem.Dimensions)
	}
	if len(parts) == 2 {
		t.Coefficient = p.coefficient(parts[1], what)
	}
	return t
}

// coefficient is the value of a named coefficient, or of a number.
func (p *problemReader) coefficient(n *node, what string) int64 {
	name, ok := p.word(n, what+": coefficient")
	if !ok {
		return 1
	}
	if value, known := p.coefficients[name]; known {
		return value
	}
	if name != "" && name[0] >= '0' && name[0] <= '9' {
		return p.integer(n, what+": coefficient", 1, maxSize)
	}
	var known []string
	for c := range p.coefficients {
		known = append(known, c)
	}
	slices.Sort(known)
	p.bad(n, "%s: %w", what, suggest.Unknown("coefficient", name, known))
	return 1
}

// dimension is the index of a dimension's name; 0, with a mistake noted, where there is none.
func (r *reader) dimension(n *node, name string, all []loopnest.Dimension) int {
	var known []string
	for i, d := range all {
		if d.Name == name {
			return i
		}
		known = append(known, d.Name)
	}
	r.bad(n, "%w", suggest.Unknown("dimension", name, known))
	return 0
}

// tensor is the index of a tensor's name; false, with a mistake noted, where there is none.
func (r *reader) tensor(n *node, what, name string, all []loopnest.Tensor) (int, bool) {
	var known []string
	for i, t := range all {
		if t.Name == name {
			return i, true
		}
		known = append(known, t.Name)
	}
	r.bad(n, "%s: %w", what, suggest.Unknown("data space", name, known))
	return 0, false
}
