package timeloop

import (
	"slices"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// mappingReader builds one mapping.
type mappingReader struct {
	*reader
	targets
	problem loopnest.Problem

	given [2][]*node    // by level: the temporal and the spatial directive
	loops [2][][]factor // by level, innermost first
	split []int64       // by level: so many spatial loops, the innermost, are along X
	keeps []loopnest.TensorSet
}

// mapping reads the section "mapping".
func (r *reader) mapping(n *node, t targets, p loopnest.Problem) *loopnest.Mapping {
	m := mappingReader{reader: r, targets: t, problem: p, split: make([]int64, len(t.levels)), keeps: make([]loopnest.TensorSet, len(t.levels))}
	for i, l := range t.levels {
		if !l.NoStorage { // what a mapping says nothing about stays
			m.keeps[i] = holds(l, p)
		}
	}
	for k := range m.loops {
		m.given[k], m.loops[k] = make([]*node, len(t.levels)), make([][]factor, len(t.levels))
	}
	if n.kind == table && n.get("nodes") != nil {
		r.bad(n, "mapping: trees of nodes (fused mappings) are not read: write a list of directives")
		return nil
	}
	for _, d := range r.elements(n, "mapping") {
		if r.isTable(d, "mapping: a directive") {
			m.directive(d)
		}
	}
	if len(r.errs) > 0 {
		return nil
	}
	m.fillIn(n)
	if len(r.errs) > 0 {
		return nil
	}
	return m.build()
}

// holds is the set of tensors that a level can keep.
func holds(l loopnest.Level, p loopnest.Problem) (set loopnest.TensorSet) {
	for i, t := range p.Tensors {
		if len(l.Holds) == 0 || slices.Contains(l.Holds, t.Name) {
			set |= 1 << i
		}
	}
	return set
}

// directive reads one directive.
func (m *mappingReader) directive(n *node) {
	kind := m.directiveType(n, "mapping")
	target := n.get("target")
	if target == nil {
		m.bad(n, "mapping: a directive without target")
		return
	}
	name, ok := m.word(target, "mapping: target")
	if !ok || kind == "" {
		return
	}
	m.refuseUnmodelled(n, "mapping: "+name)
	known := append([]string{"target", "type"}, unmodelled()...)
	switch kind {
	case "temporal":
		m.only(n, "mapping: "+name, append(known, "factors", "permutation")...)
		if i, ok := m.find(m.targets, target, name); ok {
			m.nest(n, name, i, 0)
		}
	case "spatial":
		m.only(n, "mapping: "+name, append(known, "factors", "permutation", "split")...)
		i, ok := m.findSpatial(m.targets, target, name)
		if !ok {
			return
		}
		m.nest(n, name, i, 1)
		m.split[i] = int64(len(m.problem.Dimensions))
		if v := n.get("split"); v != nil {
			m.split[i] = m.integer(v, "mapping: split of "+name, 0, maxSize)
		}
	case "dataspace":
		m.only(n, "mapping: "+name, append(known, "keep", "bypass")...)
		if i, ok := m.find(m.targets, target, name); ok {
			m.keep(n, name, i)
		}
	default:
		m.bad(n, "mapping: directives of type %s belong to constraints", kind)
	}
}

// nest reads the loops of a level: the permutation orders them, innermost first; dimensions that it leaves out come after, in the problem's order.
func (m *mappingReader) nest(n *node, name string, level, kind int) {
	what := "mapping: " + name
	if before := m.given[kind][level]; before != nil {
		m.bad(n, "%s has these loops already, from line %d", what, before.line)
		return
	}
	m.given[kind][level] = n
	factors := m.factors(n.get("factors"), what, m.problem.Dimensions, false)
	order, suffix := m.permutation(n.get("permutation"), what, m.problem.Dimensions)
	if len(suffix) > 0 {
		m.bad(n, "%s: a mapping's permutation has no gap", what)
	}
	for d := range m.problem.Dimensions {
		if !slices.Contains(order, d) {
			order = append(order, d)
		}
	}
	for _, d := range order {
		f := factor{dimension: d, trips: 1, node: n}
		if i := slices.IndexFunc(factors, func(f factor) bool { return f.dimension == d }); i >= 0 {
			f = factors[i]
		}
		m.loops[kind][level] = append(m.loops[kind][level], f)
	}
}

// keep reads which tensors stay in a level.
func (m *mappingReader) keep(n *node, name string, level int) {
	keep := m.tensorSet(n.get("keep"), "mapping: keep of "+name, m.problem.Tensors)
	bypass := m.tensorSet(n.get("bypass"), "mapping: bypass of "+name, m.problem.Tensors)
	if both := keep & bypass; both != 0 {
		m.bad(n, "mapping: %s both keeps and bypasses %s", name, namesOf(both, m.problem))
	}
	if m.levels[level].NoStorage {
		if keep != 0 {
			m.bad(n, "mapping: %s keeps %s, but stores nothing", name, namesOf(keep, m.problem))
		}
		return
	}
	if cannot := keep &^ holds(m.levels[level], m.problem); cannot != 0 {
		m.bad(n, "mapping: %s keeps %s, which the architecture lets pass", name, namesOf(cannot, m.problem))
	}
	m.keeps[level] = m.keeps[level]&^bypass | keep
}

// namesOf lists the tensors of a set.
func namesOf(set loopnest.TensorSet, p loopnest.Problem) (names []string) {
	for i, t := range p.Tensors {
		if set&(1<<i) != 0 {
			names = append(names, t.Name)
		}
	}
	return names
}

// fillIn replaces factors of zero by what the others leave of their dimension.
func (m *mappingReader) fillIn(n *node) {
	for d, dim := range m.problem.Dimensions {
		product, open := int64(1), (*factor)(nil)
		for _, loops := range m.loops {
			for _, level := range loops {
				for i := range level {
					switch f := &level[i]; {
					case f.dimension != d:
					case f.trips == 0 && open != nil:
						m.bad(f.node, "mapping: two factors of 0 (what is left) of dimension %q", dim.Name)
					case f.trips == 0:
						open = f
					case product > maxInteger/f.trips:
						m.bad(f.node, "mapping: the factors of dimension %q multiply beyond 2^40", dim.Name)
						return
					default:
						product *= f.trips
					}
				}
			}
		}
		if open != nil {
			open.trips, product = (dim.Size+product-1)/product, product*((dim.Size+product-1)/product)
		}
		if product < dim.Size {
			m.bad(n, "mapping: the factors of dimension %q multiply to %d, which does not cover its size of %d", dim.Name, product, dim.Size)
		}
	}
}

// build makes the mapping; loops of one trip are left out.
func (m *mappingReader) build() *loopnest.Mapping {
	built := loopnest.Mapping{Levels: make([]loopnest.LevelMapping, len(m.levels))}
	for i := range m.levels {
		l := &built.Levels[i]
		l.Keep = m.keeps[i]
		for _, f := range slices.Backward(m.loops[0][i]) {
			if f.trips > 1 {
				l.Temporal = append(l.Temporal, loopnest.Loop{Dimension: f.dimension, Trips: f.trips})
			}
		}
		for at, f := range slices.Backward(m.loops[1][i]) {
			if f.trips > 1 {
				l.Spatial = append(l.Spatial, loopnest.Spread{Dimension: f.dimension, Trips: f.trips, Y: int64(at) >= m.split[i]})
			}
		}
	}
	return &built
}
