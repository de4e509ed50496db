package mcts

import (
	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

// node is a set of designs: axes before Axis have one level each, this one has the levels left in [low, high), the later ones all.
type node struct {
	axis, low, high int     // axis = the number of axes in a leaf, which is one design
	children        []*node // parallel to the parts; nil entries were not visited
	opened          int     // children that are not nil
	closed          bool    // every design of the set was proposed or told
	shut            int     // children that are closed
	visits          int     // proposals, those in flight included, and given trials
	reward          float64 // sum over the told ones
	best            agents.Trial
}

// tree is the parameter tree of a space.
type tree struct {
	space space.Space
	root  *node
}

func newTree(s space.Space) tree {
	t := tree{space: s}
	t.root = t.at(make(space.Point, s.Len()), 0)
	return t
}

// at is a fresh node for the first axis from the given one that has a choice when the axes before it are those of q.
func (t tree) at(q space.Point, axis int) *node {
	for axis < t.space.Len() && (t.space.Levels(axis) == 1 || !t.space.Active(q, axis)) {
		axis++
	}
	n := &node{axis: axis}
	if axis < t.space.Len() {
		n.high = t.space.Levels(axis)
	}
	return n
}

func (t tree) leaf(n *node) bool { return n.axis == t.space.Len() }

// parts is the number of children: two halves of ordered levels, or every label.
func (t tree) parts(n *node) int {
	if t.space.Param(n.axis).Kind == space.Nominal {
		return n.high - n.low
	}
	return 2
}

// part is the range of levels of a child; the first half is the smaller one.
func (t tree) part(n *node, k int) (low, high int) {
	if t.space.Param(n.axis).Kind == space.Nominal {
		return n.low + k, n.low + k + 1
	}
	middle := (n.low + n.high) / 2
	if k == 0 {
		return n.low, middle
	}
	return middle, n.high
}

// holding is the child whose part holds a level.
func (t tree) holding(n *node, level int) int {
	if t.space.Param(n.axis).Kind == space.Nominal {
		return level - n.low
	}
	if level < (n.low+n.high)/2 {
		return 0
	}
	return 1
}

// child makes the k-th child of a node whose earlier axes are those of q; it sets the axis in q when the part is a single level.
func (t tree) child(n *node, k int, q space.Point) *node {
	low, high := t.part(n, k)
	if high-low > 1 {
		return &node{axis: n.axis, low: low, high: high}
	}
	q[n.axis] = low
	return t.at(q, n.axis+1)
}

// path opens one more node towards the canonical point and returns the nodes that hold it, from the root on. A leaf that it reaches is closed, and so is
// every node all of whose children are.
func (t tree) path(p space.Point) []*node {
	nodes := []*node{t.root}
	q := make(space.Point, len(p))
	for n := t.root; !t.leaf(n); {
		if n.children == nil {
			n.children = make([]*node, t.parts(n))
		}
		k := t.holding(n, p[n.axis])
		fresh := n.children[k] == nil
		if fresh {
			n.children[k] = t.child(n, k, q)
			n.opened++
		} else if low, high := t.part(n, k); high-low == 1 {
			q[n.axis] = low
		}
		n = n.children[k]
		nodes = append(nodes, n)
		if fresh {
			break
		}
	}
	t.close(nodes)
	return nodes
}

// close closes the leaf at the end of a path and what it completes.
func (t tree) close(nodes []*node) {
	last := len(nodes) - 1
	if !t.leaf(nodes[last]) || nodes[last].closed {
		return
	}
	nodes[last].closed = true
	for i := last - 1; i >= 0; i-- {
		if nodes[i].shut++; nodes[i].shut < len(nodes[i].children) {
			return
		}
		nodes[i].closed = true
	}
}
