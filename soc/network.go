package soc

import "slices"

// none is no block, link or channel.
const none int32 = -1

// network is who neighbours whom, each block's neighbours in order.
type network struct {
	neighbours [][]int32
}

// build takes in the links in their order, both ends at once; a link that is there twice counts once.
func (n *network) build(blocks int, links []Link) {
	for len(n.neighbours) < blocks {
		n.neighbours = append(n.neighbours, nil)
	}
	n.neighbours = n.neighbours[:blocks]
	for i := range n.neighbours {
		n.neighbours[i] = n.neighbours[i][:0]
	}
	for _, l := range links {
		n.join(int32(l.A), int32(l.B))
	}
}

func (n *network) linked(a, b int32) bool { return slices.Contains(n.neighbours[a], b) }

func (n *network) join(a, b int32) {
	if !n.linked(a, b) {
		n.neighbours[a] = append(n.neighbours[a], b)
		n.neighbours[b] = append(n.neighbours[b], a)
	}
}

func (n *network) cut(a, b int32) {
	n.drop(a, b)
	n.drop(b, a)
}

func (n *network) drop(a, b int32) {
	if i := slices.Index(n.neighbours[a], b); i >= 0 {
		n.neighbours[a] = slices.Delete(n.neighbours[a], i, i+1)
	}
}

// walk lists the blocks that are reached from the root, depth first in the order of neighbours, each before what is reached through it.
func (x *Scratch) walk(root int32) {
	x.order = x.order[:0]
	x.reached = resize(x.reached, len(x.design.Blocks), false)
	x.visit(root)
}

func (x *Scratch) visit(b int32) {
	x.reached[b] = true
	x.order = append(x.order, b)
	for _, next := range x.net.neighbours[b] {
		if !x.reached[next] {
			x.visit(next)
		}
	}
}

// resize is a slice of n equal values, in the old memory where that is large enough.
func resize[T any](old []T, n int, value T) []T {
	if cap(old) < n {
		old = make([]T, n)
	}
	old = old[:n]
	for i := range old {
		old[i] = value
	}
	return old
}
