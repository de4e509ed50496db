package nas

import (
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// Canonical implements SearchSpace: repetitions that make no layer move behind those that do, and there are no more of them than there must be.
func (t *TemplateSpace) Canonical(p space.Point) space.Point {
	c := t.space.Canonical(p)
	settle(t.nodes, c)
	return t.space.Canonical(c)
}

// settle makes the repetitions below nodes canonical, the inner ones first.
func settle(nodes []node, p space.Point) {
	for i := range nodes {
		n := &nodes[i]
		for _, body := range n.bodies {
			settle(body, p)
		}
		if len(n.spans) > 0 {
			n.compact(p)
		}
	}
}

// compact orders the repetitions of a repeat: those that make layers, then the others by their levels.
func (n *node) compact(p space.Point) {
	var full, empty []space.Point // levels of repetitions
	for i := range n.turn.at(p) {
		levels := slices.Clone(p[n.spans[i].first:n.spans[i].end])
		if isEmpty(n.bodies[i], p) {
			empty = append(empty, levels)
		} else {
			full = append(full, levels)
		}
	}
	slices.SortFunc(empty, slices.Compare[space.Point])
	for i, levels := range append(full, empty...) {
		copy(p[n.spans[i].first:n.spans[i].end], levels)
	}
	if n.turn.axis >= 0 && !n.turn.shared {
		p[n.turn.axis] = slices.IndexFunc(n.turn.of, func(times int) bool { return times >= len(full) })
	}
}

// isEmpty tells whether nodes make no layer.
func isEmpty(nodes []node, p space.Point) bool {
	return !slices.ContainsFunc(nodes, func(n node) bool {
		switch n.block.Kind {
		case SkipBlock:
			return false
		case SequenceBlock:
			return !isEmpty(n.bodies[0], p)
		case ChoiceBlock:
			return !isEmpty(n.bodies[n.turn.at(p)], p)
		case OptionalBlock:
			return n.turn.at(p) == 1 && !isEmpty(n.bodies[0], p)
		case RepeatBlock:
			for i := range n.turn.at(p) {
				if !isEmpty(n.bodies[min(i, len(n.bodies)-1)], p) {
					return true
				}
			}
			return false
		}
		return true
	})
}
