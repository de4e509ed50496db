package timeloop

import (
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
)

// constraintsReader gathers the constraints of every level, from all places where they may stand.
type constraintsReader struct {
	*reader
	targets
	problem loopnest.Problem

	rules       []levelRules // parallel to the levels
	utilization *node
	minFrac     float64
}

// constraints reads the constraints at components of version 0.4 and all sections of constraints.
func (r *reader) constraints(sections []field, t targets, p loopnest.Problem) constraintsReader {
	c := constraintsReader{reader: r, targets: t, problem: p, rules: make([]levelRules, len(t.levels))}
	for i, of := range t.components {
		c.atComponent(i, of)
	}
	c.branches()
	for _, s := range sections {
		list := s.value
		if list.kind == table {
			r.version(list, s.key)
			r.only(list, s.key, "version", "targets")
			list = list.get("targets")
		}
		for _, d := range r.elements(list, s.key) {
			if r.isTable(d, s.key+": a constraint") {
				c.directive(d, s.key)
			}
		}
	}
	return c
}

// atComponent reads the constraints that stand at a component or container.
func (c *constraintsReader) atComponent(level int, of component) {
	if of.rules == nil || !c.isTable(of.rules, "constraints of "+of.name) {
		return
	}
	c.only(of.rules, "constraints of "+of.name, "spatial", "temporal", "dataspace")
	for _, kind := range []string{"temporal", "spatial", "dataspace"} {
		v := of.rules.get(kind)
		if v == nil || !c.isTable(v, "constraints of "+of.name+": "+kind) {
			continue
		}
		switch {
		case of.fanout == (kind == "spatial"): // the mesh of a component has a place of its own, with the same constraints
			c.constraint(v, kind, of.name, level)
		case kind == "spatial" && !c.hasPlace(of.name):
			c.bad(v, "constraints of %s: spatial, but it has no mesh", of.name)
		}
	}
}

// hasPlace tells whether a component's mesh has a place of its own.
func (c *constraintsReader) hasPlace(name string) bool {
	return slices.ContainsFunc(c.components, func(o component) bool { return o.container == name })
}

// branches lets each branch of a parallel node pass what it does not keep.
func (c *constraintsReader) branches() {
	kept := map[branch]loopnest.TensorSet{}
	for i, of := range c.components {
		for _, b := range of.branch {
			kept[b] |= c.rules[i].keep
		}
	}
	all := loopnest.TensorSet(1)<<len(c.problem.Tensors) - 1
	for i, of := range c.components {
		for _, b := range of.branch {
			c.rules[i].bypass |= all &^ kept[b]
			for _, o := range c.components[:i] {
				for _, other := range o.branch {
					if both := kept[b] & kept[other]; other.parallel == b.parallel && other.index != b.index && both != 0 {
						c.bad(of.node, "constraints: %s is kept in two branches of one !Parallel node, at %s and %s",
							strings.Join(namesOf(both, c.problem), ", "), o.name, of.name)
					}
				}
			}
		}
	}
}

// directive reads one constraint of a section.
func (c *constraintsReader) directive(n *node, section string) {
	kind := c.directiveType(n, section)
	if kind == "utilization" || kind == "parallelism" {
		c.minimum(n, section)
		return
	}
	target := n.get("target")
	if target == nil {
		c.bad(n, "%s: a constraint without target", section)
		return
	}
	name, ok := c.word(target, section+": target")
	if !ok || kind == "" {
		return
	}
	find := c.find
	if kind == "spatial" {
		find = c.findSpatial
	}
	if level, ok := find(c.targets, target, name); ok {
		c.constraint(n, kind, name, level)
	}
}

// minimum reads the least share of the units that a mapping must use.
func (c *constraintsReader) minimum(n *node, section string) {
	c.only(n, section+": utilization", "target", "type", "min")
	v := n.get("min")
	if v == nil {
		c.bad(n, "%s: utilization without min", section)
		return
	}
	frac, ok := c.number(v, section+": min")
	if ok && (frac < 0 || frac > 1) {
		c.bad(v, "%s: min %g out of range [0, 1]", section, frac)
		return
	}
	if c.utilization != nil && frac != c.minFrac {
		c.bad(n, "%s: min %g contradicts min %g of line %d", section, frac, c.minFrac, c.utilization.line)
		return
	}
	c.utilization, c.minFrac = n, frac
}

// constraint reads a constraint of a level.
func (c *constraintsReader) constraint(n *node, kind, name string, level int) {
	what := "constraints of " + name + ": " + kind
	c.refuseUnmodelled(n, what)
	known := append([]string{"target", "type"}, unmodelled()...)
	switch kind {
	case "dataspace":
		c.only(n, what, append(known, "keep", "bypass", "keep_only", "bypass_only")...)
		c.dataspace(n, what, level)
	case "temporal":
		c.only(n, what, append(known, "factors", "factors_only", "permutation", "no_iteration_over_dataspaces")...)
		c.loops(n, what, level, 0)
	case "spatial":
		c.only(n, what, append(known, "factors", "factors_only", "permutation", "no_iteration_over_dataspaces", "split")...)
		c.loops(n, what, level, 1)
		if v := n.get("split"); v != nil {
			at := c.integer(v, what+": split", 0, maxSize)
			if before := c.rules[level].split; before != nil && at != c.rules[level].splitAt {
				c.bad(v, "%s: split %d contradicts split %d of line %d", what, at, c.rules[level].splitAt, before.line)
			}
			c.rules[level].split, c.rules[level].splitAt = v, at
		}
	}
}

// hold makes what the constraints at components let pass a property of the architecture: a mapping that says nothing keeps what is left.
func (c *constraintsReader) hold(a *loopnest.Architecture) {
	all := loopnest.TensorSet(1)<<len(c.problem.Tensors) - 1
	for i := range a.Levels {
		l := &a.Levels[i]
		switch passes := c.rules[i].bypass; {
		case l.NoStorage || passes == 0:
		case passes == all:
			l.NoStorage = true
			c.note("%s: every tensor passes it by: it holds nothing, and costs nothing", l.Name)
		default:
			l.Holds = namesOf(all&^passes, c.problem)
		}
	}
}

// build makes the mapper's constraints.
func (c *constraintsReader) build() mapper.Constraints {
	built := mapper.Constraints{MinUtilizationFrac: c.minFrac}
	for i, rules := range c.rules {
		l := mapper.LevelConstraint{Level: c.levels[i].Name, Keep: namesOf(rules.keep, c.problem)}
		l.Bypass = namesOf(rules.bypass&holds(c.levels[i], c.problem), c.problem) // what it cannot hold passes anyway
		if c.levels[i].NoStorage {
			l.Keep, l.Bypass, l.NoTemporal = nil, nil, true
		}
		l.Temporal, l.Spatial = c.named(rules.factors[0]), c.named(rules.factors[1])
		if o := rules.orders[0]; o != nil {
			l.Innermost, l.Outermost = c.dimensionNames(o.prefix), c.dimensionNames(o.suffix)
			slices.Reverse(l.Outermost)
		}
		if rules.split != nil {
			l.SpatialX, l.SpatialY = c.sides(rules)
		}
		built.Levels = append(built.Levels, l)
	}
	return built
}

// named are factors by the names of their dimensions.
func (c *constraintsReader) named(list []factor) (named []mapper.Factor) {
	for _, f := range list {
		named = append(named, mapper.Factor{Dimension: c.problem.Dimensions[f.dimension].Name, Trips: f.trips, Max: f.most})
	}
	return named
}

func (c *constraintsReader) dimensionNames(list []int) (names []string) {
	for _, d := range list {
		names = append(names, c.problem.Dimensions[d].Name)
	}
	return names
}

// sides are the dimensions that may spread along X and along Y: the first ones of the permutation, so many as split says, along X. A dimension that
// the permutation leaves open comes after it, in any order.
func (c *constraintsReader) sides(rules levelRules) (x, y []string) {
	x, y = []string{}, []string{}
	var listed []int
	if o := rules.orders[1]; o != nil {
		listed = append(slices.Clone(o.prefix), o.suffix...)
	}
	for i, d := range listed {
		if int64(i) < rules.splitAt {
			x = append(x, c.problem.Dimensions[d].Name)
		} else {
			y = append(y, c.problem.Dimensions[d].Name)
		}
	}
	for d, dim := range c.problem.Dimensions {
		if slices.Contains(listed, d) {
			continue
		}
		if rules.splitAt > int64(len(listed)) {
			x = append(x, dim.Name)
		}
		if rules.splitAt < int64(len(c.problem.Dimensions)) {
			y = append(y, dim.Name)
		}
	}
	return x, y
}
