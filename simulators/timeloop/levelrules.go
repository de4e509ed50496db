package timeloop

import (
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// levelRules are the constraints of one level.
type levelRules struct {
	keep, bypass         loopnest.TensorSet
	keepLine, bypassLine int
	factors              [2][]factor // temporal, spatial
	orders               [2]*order
	split                *node
	splitAt              int64
}

// order is a permutation constraint, innermost first: the innermost loops, and the outermost ones.
type order struct {
	node           *node
	prefix, suffix []int
}

// dataspace reads what must stay in a level, and what must pass it by.
func (c *constraintsReader) dataspace(n *node, what string, level int) {
	rules, all := &c.rules[level], loopnest.TensorSet(1)<<len(c.problem.Tensors)-1
	keep := c.tensorSet(n.get("keep"), what+": keep", c.problem.Tensors)
	bypass := c.tensorSet(n.get("bypass"), what+": bypass", c.problem.Tensors)
	if v := n.get("keep_only"); v != nil {
		only := c.tensorSet(v, what+": keep_only", c.problem.Tensors)
		keep, bypass = keep|only, bypass|all&^only
	}
	if v := n.get("bypass_only"); v != nil {
		only := c.tensorSet(v, what+": bypass_only", c.problem.Tensors)
		keep, bypass = keep|all&^only, bypass|only
	}
	if both := keep & bypass; both != 0 {
		c.bad(n, "%s: %s must both stay and pass", what, strings.Join(namesOf(both, c.problem), ", "))
		return
	}
	if both := keep & rules.bypass; both != 0 {
		c.bad(n, "%s: keep of %s contradicts its bypass in line %d", what, strings.Join(namesOf(both, c.problem), ", "), rules.bypassLine)
	}
	if both := bypass & rules.keep; both != 0 {
		c.bad(n, "%s: bypass of %s contradicts its keep in line %d", what, strings.Join(namesOf(both, c.problem), ", "), rules.keepLine)
	}
	if c.levels[level].NoStorage && keep != 0 {
		c.bad(n, "%s: %s cannot stay where nothing is stored", what, strings.Join(namesOf(keep, c.problem), ", "))
		return
	}
	if keep != 0 {
		rules.keepLine = n.line
	}
	if bypass != 0 {
		rules.bypassLine = n.line
	}
	rules.keep, rules.bypass = rules.keep|keep, rules.bypass|bypass
}

// loops reads factors and permutation of a level.
func (c *constraintsReader) loops(n *node, what string, level, kind int) {
	dims := c.problem.Dimensions
	list := c.factors(n.get("factors"), what, dims, true)
	if v := n.get("factors_only"); v != nil {
		list = append(list, c.factors(v, what+": factors_only", dims, true)...)
		for d := range dims {
			if !slices.ContainsFunc(list, func(f factor) bool { return f.dimension == d }) {
				list = append(list, factor{dimension: d, trips: 1, node: n})
			}
		}
	}
	if v := n.get("no_iteration_over_dataspaces"); v != nil {
		set := c.tensorSet(v, what+": no_iteration_over_dataspaces", c.problem.Tensors)
		for d := range dims {
			if c.indexes(set, d) {
				list = append(list, factor{dimension: d, trips: 1, node: v})
			}
		}
	}
	for _, f := range list {
		c.addFactor(what, level, kind, f)
	}
	prefix, suffix := c.permutation(n.get("permutation"), what, dims)
	if len(prefix)+len(suffix) == 0 {
		return
	}
	at := &c.rules[level].orders[kind]
	if before := *at; before != nil && !(slices.Equal(before.prefix, prefix) && slices.Equal(before.suffix, suffix)) {
		c.bad(n, "%s: the permutation contradicts that of line %d", what, before.node.line)
		return
	}
	*at = &order{n, prefix, suffix}
}

// indexes tells whether a dimension indexes one of the tensors.
func (c *constraintsReader) indexes(set loopnest.TensorSet, dimension int) bool {
	for i, t := range c.problem.Tensors {
		if set&(1<<i) == 0 {
			continue
		}
		for _, axis := range t.Axes {
			if slices.ContainsFunc(axis, func(term loopnest.Term) bool { return term.Dimension == dimension }) {
				return true
			}
		}
	}
	return false
}

// addFactor adds a factor to a level. As for Timeloop, 0 is the whole dimension, and a factor beyond the dimension says nothing.
func (c *constraintsReader) addFactor(what string, level, kind int, f factor) {
	dim := c.problem.Dimensions[f.dimension]
	if f.trips == 0 {
		f.trips = dim.Size
	}
	if f.trips > dim.Size {
		if !f.most {
			c.note("%s: %s=%d exceeds the dimension of %d: passed over", what, dim.Name, f.trips, dim.Size)
		}
		return
	}
	rules := &c.rules[level]
	for i, before := range rules.factors[kind] {
		if before.dimension != f.dimension {
			continue
		}
		switch {
		case !before.most && !f.most && before.trips != f.trips, before.most && !f.most && f.trips > before.trips, f.most && !before.most && before.trips > f.trips:
			c.bad(f.node, "%s: factor of %s contradicts that of line %d: %d and %d", what, dim.Name, before.node.line, f.trips, before.trips)
		case before.most && f.most:
			rules.factors[kind][i].trips = min(before.trips, f.trips)
		case before.most:
			rules.factors[kind][i] = f
		}
		return
	}
	rules.factors[kind] = append(rules.factors[kind], f)
}
