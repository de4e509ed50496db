package forest

// tree is a binary regression tree in one array; the root is node 0.
type tree struct {
	nodes  []node
	leaves []leaf
	sets   []uint64 // the level sets of nominal splits, one after the other
}

// node is a split or, with feature leafMark, a leaf.
type node struct {
	feature int32 // leafMark: at is an index of leaves
	at      int32 // ordinal: levels up to at go left; nominal: index in sets of the first word of the levels that go left
	left    int32 // the right child is left + 1
}

const leafMark = -1

// leaf is the mean and the variance of the targets that came to a leaf.
type leaf struct{ mean, variance float64 }

// leaf is the mean and variance of the leaf of a row.
func (t *tree) leaf(features []Feature, row []int) (mean, variance float64) {
	n := &t.nodes[0]
	for n.feature != leafMark {
		next := n.left
		if t.goesRight(features[n.feature], *n, row[n.feature]) {
			next++
		}
		n = &t.nodes[next]
	}
	l := &t.leaves[n.at]
	return l.mean, l.variance
}

// goesRight tells which child of a split a level goes to.
func (t *tree) goesRight(f Feature, n node, level int) bool {
	if f.Nominal {
		return t.sets[int(n.at)+level>>6]>>(level&63)&1 == 0
	}
	return level > int(n.at)
}
