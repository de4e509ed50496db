package boost

import (
	"math/rand/v2"
	"slices"
)

// parallelWork is from how many values of a node on its histogram is worth several goroutines.
const parallelWork = 1 << 15

// grower grows trees on one table. All slices are scratch that trees share.
type grower struct {
	table    *table
	options  Options
	rng      *rand.Rand
	cells    []cell // gradients of each row
	ordered  []cell // of the rows of a node, in their order
	ofG, ofH float64
	rows     []int32   // of the tree; each node owns a stretch
	aside    []int32   // right half of a stretch while it is parted
	features []bool    // that the tree may use
	columns  []int     // permutation that features are drawn from
	splits   []split   // best of each block
	spare    [][]cell  // histograms that no node uses
	nodes    []Node    // of the tree
	cuts     []uint8   // of the nodes: bins up to it go left
	gains    []float64 // of the nodes
	weights  []float64 // of the nodes
	open     []leaf    // that a split of gains something
	leaves   []leaf    // for good
}

// leaf is a node that was not split, or not yet.
type leaf struct {
	node, depth int
	start, end  int // its stretch of the rows
	sum         cell
	histogram   []cell // while it is open
	best        split
}

func newGrower(t *table, o Options, rng *rand.Rand) *grower {
	g := &grower{
		table: t, options: o, rng: rng, cells: make([]cell, t.rows), ordered: make([]cell, t.rows), rows: make([]int32, t.rows), aside: make([]int32, t.rows),
		features: make([]bool, t.features), columns: make([]int, t.features), splits: make([]split, len(t.blocks)),
	}
	for f := range g.columns {
		g.columns[f] = f
	}
	return g
}

// grow grows the nodes of one tree on the gradients; its leaves have no values yet.
func (g *grower) grow() {
	g.sample()
	g.nodes, g.cuts, g.gains, g.weights = g.nodes[:0], g.cuts[:0], g.gains[:0], g.weights[:0]
	g.leaves = g.leaves[:0]
	root := leaf{node: g.add(), end: len(g.rows)}
	for _, r := range g.rows {
		root.sum = root.sum.plus(g.cells[r])
	}
	if g.splittable(root) {
		root.histogram = g.take()
		g.accumulate(root)
	}
	g.consider(root)
	for len(g.open) > 0 {
		if full := g.options.MaxLeaves > 0 && len(g.leaves)+len(g.open) >= g.options.MaxLeaves; full {
			for _, l := range g.open {
				g.close(l)
			}
			g.open = g.open[:0]
			return
		}
		g.part(g.next())
	}
}

// sample draws the rows and the features of the tree.
func (g *grower) sample() {
	g.rows = g.rows[:cap(g.rows)]
	left, wanted := g.table.rows, max(int(g.options.RowFrac*float64(g.table.rows)+0.5), 1)
	g.rows = g.rows[:0]
	for r := range int32(g.table.rows) {
		if wanted == left || g.rng.IntN(left) < wanted {
			g.rows = append(g.rows, r)
			wanted--
		}
		left--
	}
	clear(g.features)
	wanted = max(int(g.options.FeatureFrac*float64(g.table.features)+0.5), 1)
	for i := range wanted {
		if wanted < len(g.columns) {
			j := i + g.rng.IntN(len(g.columns)-i)
			g.columns[i], g.columns[j] = g.columns[j], g.columns[i]
		}
		g.features[g.columns[i]] = true
	}
}

// add appends a leaf to the nodes.
func (g *grower) add() int {
	at := len(g.nodes)
	g.nodes, g.cuts, g.gains = append(g.nodes, leafNode(at)), append(g.cuts, 0), append(g.gains, 0)
	g.weights = append(g.weights, 0)
	return at
}

// splittable tells whether a split of the leaf can be allowed at all.
func (g *grower) splittable(l leaf) bool {
	return l.depth < g.options.MaxDepth && float64(l.sum.h)*g.ofH >= 2*g.options.MinChildWeight && l.end-l.start > 1
}

// consider opens the leaf if a split gains enough, else closes it.
func (g *grower) consider(l leaf) {
	g.weights[l.node] = float64(l.sum.h) * g.ofH
	if l.histogram != nil {
		if l.best = g.best(l); l.best.gain > g.options.MinGain {
			g.open = append(g.open, l)
			return
		}
	}
	g.close(l)
}

func (g *grower) close(l leaf) {
	if l.histogram != nil {
		g.spare = append(g.spare, l.histogram)
		l.histogram = nil
	}
	g.leaves = append(g.leaves, l)
}

// take is a histogram of any content.
func (g *grower) take() []cell {
	if last := len(g.spare) - 1; last >= 0 {
		h := g.spare[last]
		g.spare = g.spare[:last]
		return h
	}
	return make([]cell, g.table.starts[g.table.features]+padding)
}

// next removes an open leaf: that of the greatest gain or, depth-wise, when all will be split, the newest, whose rows are at hand.
func (g *grower) next() leaf {
	at := len(g.open) - 1
	if g.options.MaxLeaves > 0 {
		for i := range g.open {
			if g.open[i].best.gain > g.open[at].best.gain {
				at = i
			}
		}
	}
	l := g.open[at]
	g.open = slices.Delete(g.open, at, at+1)
	return l
}

// part splits the leaf. The smaller child's histogram is counted, the larger one's is what remains of the parent's.
func (g *grower) part(l leaf) {
	left := g.add()
	g.add()
	middle := l.start + g.divide(g.rows[l.start:l.end], l.best)
	g.nodes[l.node] = Node{Threshold: g.table.edges[l.best.feature][l.best.bin], Feature: int32(l.best.feature), Left: int32(left)}
	g.cuts[l.node], g.gains[l.node] = l.best.bin, l.best.gain
	children := [2]leaf{
		{node: left, depth: l.depth + 1, start: l.start, end: middle, sum: l.best.left},
		{node: left + 1, depth: l.depth + 1, start: middle, end: l.end, sum: l.sum.minus(l.best.left)},
	}
	small, large := &children[0], &children[1]
	if small.end-small.start > large.end-large.start {
		small, large = large, small
	}
	needed := g.splittable(*large)
	if needed || g.splittable(*small) {
		small.histogram = g.take()
		g.accumulate(*small)
	}
	if needed {
		large.histogram = l.histogram
		all := g.table.starts[g.table.features]
		for i, c := range small.histogram[:all] {
			large.histogram[i] = large.histogram[i].minus(c)
		}
	} else {
		g.spare = append(g.spare, l.histogram)
	}
	if small.histogram != nil && !g.splittable(*small) {
		g.spare = append(g.spare, small.histogram)
		small.histogram = nil
	}
	g.consider(children[0])
	g.consider(children[1])
}

// accumulate counts the histogram of a leaf.
func (g *grower) accumulate(l leaf) {
	rows := g.rows[l.start:l.end]
	for i, r := range rows {
		g.ordered[i] = g.cells[r]
	}
	share(len(g.table.blocks), g.workers(len(rows)*g.table.features), func(block int) {
		if g.uses(block) {
			g.table.accumulate(l.histogram, block, rows, g.ordered)
		}
	})
}

// workers is how many goroutines some work is worth.
func (g *grower) workers(work int) int {
	if work < parallelWork {
		return 1
	}
	return g.options.Workers
}

// uses tells whether the tree may use a feature of the block.
func (g *grower) uses(block int) bool {
	first := block * perBlock
	return slices.Contains(g.features[first:min(first+perBlock, g.table.features)], true)
}

// divide moves the rows of the left child before those of the right one, both in their order, and returns how many go left.
func (g *grower) divide(rows []int32, s split) int {
	words, shift := g.table.blocks[s.feature/perBlock], s.feature%perBlock*8
	left, right := 0, 0
	for _, r := range rows {
		rows[left], g.aside[right] = r, r
		if uint8(words[r]>>shift) <= s.bin {
			left++
		} else {
			right++
		}
	}
	copy(rows[left:], g.aside[:right])
	return left
}

// walk is the leaf of a row of the table.
func (g *grower) walk(row int32) int {
	at := 0
	for {
		n := g.nodes[at]
		next := int(n.Left)
		if next == at {
			return at
		}
		if g.table.bin(row, int(n.Feature)) > g.cuts[at] {
			next++
		}
		at = next
	}
}
