package boost

import (
	"errors"
	"fmt"
	"math"
)

// Model is a fitted sum of trees. It is plain data: a file or another program may hold the same numbers, and a shorter list of Trees is the model after fewer
// rounds. Fit makes valid models; of one from elsewhere Check proves that prediction is safe. It is safe for concurrent use while nobody changes it.
type Model struct {
	Loss     Loss
	Features int     // values of a row
	Base     float64 // score before the first tree
	Trees    []Tree
}

// Tree is a binary tree in parallel lists; the root is node 0 and children come after their parents.
type Tree struct {
	Nodes   []Node
	Values  []float64 // of a leaf: what it adds to the score; of an inner node: the mean of its children's, by weight
	Gains   []float64 // of a split; 0 of a leaf
	Weights []float64 // sums of curvatures of the rows that came there: their number, of the squared loss without weights
	Depth   int       // most splits between root and leaf
}

// Node is a split or, where Left is the node's own index, a leaf; a leaf has feature 0 and the threshold +∞.
type Node struct {
	Threshold float64 // values above it go to Left + 1; others, and NaN, to Left
	Feature   int32
	Left      int32
}

// leafNode is the leaf with that index.
func leafNode(at int) Node { return Node{Threshold: math.Inf(1), Left: int32(at)} }

// Leaf tells whether a node of the tree is a leaf.
func (t Tree) Leaf(node int) bool { return int(t.Nodes[node].Left) == node }

// Check reports what is wrong with a model that does not come from Fit, of each tree the first fault.
func (m *Model) Check() error {
	var errs []error
	if m.Features < 1 {
		errs = append(errs, fmt.Errorf("%d features: need at least 1", m.Features))
	}
	if !finite(m.Base) {
		errs = append(errs, fmt.Errorf("base %v must be finite", m.Base))
	}
	for i, t := range m.Trees {
		if err := t.check(m.Features); err != nil {
			errs = append(errs, fmt.Errorf("tree %d: %w", i, err))
		}
	}
	return errors.Join(errs...)
}

func (t Tree) check(features int) error {
	n := len(t.Nodes)
	if n == 0 || len(t.Values) != n || len(t.Gains) != n || len(t.Weights) != n {
		return fmt.Errorf("%d nodes, %d values, %d gains and %d weights: need as many of each, and at least 1", n, len(t.Values), len(t.Gains), len(t.Weights))
	}
	depths := make([]int, n)
	for i, node := range t.Nodes {
		if !finite(t.Values[i]) || !finite(t.Gains[i]) || !finite(t.Weights[i]) || math.IsNaN(node.Threshold) {
			return fmt.Errorf("node %d: value %v, gain %v and weight %v must be finite, threshold %v a number", i, t.Values[i], t.Gains[i], t.Weights[i], node.Threshold)
		}
		left := int(node.Left)
		if left == i {
			if node != leafNode(i) {
				return fmt.Errorf("node %d: a leaf has feature 0 and threshold +Inf, not %d and %v", i, node.Feature, node.Threshold)
			}
			if depths[i] > t.Depth {
				return fmt.Errorf("node %d: a leaf at depth %d of a tree of depth %d", i, depths[i], t.Depth)
			}
			continue
		}
		if left <= i || left+1 >= n {
			return fmt.Errorf("node %d: children %d and %d: they must come after it, among %d nodes", i, left, left+1, n)
		}
		if node.Feature < 0 || int(node.Feature) >= features {
			return fmt.Errorf("node %d: feature %d out of range [0, %d)", i, node.Feature, features)
		}
		depths[left], depths[left+1] = max(depths[left], depths[i]+1), max(depths[left+1], depths[i]+1)
	}
	return nil
}
