package forest

// Decomposition is a functional analysis of variance: the parts of a forest's variance over all rows, each combination of levels alike, that the features
// explain alone and in pairs beyond what they explain alone. All parts of all orders add up to 1.
type Decomposition struct {
	Main  []float64   // one a feature
	Pairs [][]float64 // Pairs[i][j], i < j: the interaction of features i and j; symmetric, 0 on the diagonal
}

// Decompose analyses the variance of the prediction tree by tree (F. Hutter, H. H. Hoos and K. Leyton-Brown, ICML 2014). A tree is constant on the boxes of
// its leaves, so that its mean at fixed levels of some features is a sum over the leaves, and nothing is sampled:
//
//	a_U(x) = sum over the leaves that allow x of m · product over the other features of the share of their levels that the leaf allows
//	V_i = mean over x_i of (a_i - a)^2,  V_ij = mean over x_i, x_j of (a_ij - a)^2 - V_i - V_j
//
// The parts are means over the trees of V_U / V. Trees that predict one value for all rows explain nothing and count as 0.
func (f *Forest) Decompose() Decomposition {
	d := Decomposition{Main: make([]float64, len(f.features)), Pairs: make([][]float64, len(f.features))}
	for i := range d.Pairs {
		d.Pairs[i] = make([]float64, len(f.features))
	}
	for i := range f.trees {
		f.decompose(&f.trees[i], &d)
	}
	return d
}

// box is the part of the rows that comes to a leaf: the levels that it allows of each feature, and how many they are.
type box struct {
	mean   float64
	allows [][]bool
	shares []float64 // of each feature's levels
}

// decompose adds one tree's parts, each divided by the number of trees.
func (f *Forest) decompose(t *tree, d *Decomposition) {
	boxes := f.boxes(t)
	mean, square := 0.0, 0.0
	for _, b := range boxes {
		weight := 1.0
		for _, share := range b.shares {
			weight *= share
		}
		mean += weight * b.mean
		square += weight * b.mean * b.mean
	}
	total := 0.0
	for _, b := range boxes {
		weight := 1.0
		for _, share := range b.shares {
			weight *= share
		}
		total += weight * (b.mean - mean) * (b.mean - mean)
	}
	if total <= 1e-12*square {
		return // the noise of rounding
	}
	scale := total * float64(len(f.trees))
	main := make([]float64, len(f.features))
	for i := range f.features {
		main[i] = f.marginal(boxes, i, i, mean)
		d.Main[i] += main[i] / scale
	}
	for i := range f.features {
		for j := range i {
			part := max(0, f.marginal(boxes, i, j, mean)-main[i]-main[j]) / scale
			d.Pairs[i][j] += part
			d.Pairs[j][i] += part
		}
	}
}

// marginal is the variance of the tree's mean at fixed levels of features i and j, or of i alone when they are the same.
func (f *Forest) marginal(boxes []box, i, j int, mean float64) float64 {
	wide := f.features[j].Levels
	if i == j {
		wide = 1
	}
	at := make([]float64, f.features[i].Levels*wide)
	for _, b := range boxes {
		value := b.mean
		for k, share := range b.shares {
			if k != i && k != j {
				value *= share
			}
		}
		for x, allowed := range b.allows[i] {
			for y := 0; allowed && y < wide; y++ {
				if i == j || b.allows[j][y] {
					at[x*wide+y] += value
				}
			}
		}
	}
	variance := 0.0
	for _, v := range at {
		variance += (v - mean) * (v - mean) / float64(len(at))
	}
	return variance
}

// boxes lists the leaves of a tree that some row comes to.
func (f *Forest) boxes(t *tree) []box {
	var found []box
	allows := make([][]bool, len(f.features))
	for i, feature := range f.features {
		allows[i] = make([]bool, feature.Levels)
		for level := range allows[i] {
			allows[i][level] = true
		}
	}
	f.visit(t, 0, allows, &found)
	return found
}

// visit walks the tree below a node with the levels that come to it.
func (f *Forest) visit(t *tree, at int, allows [][]bool, found *[]box) {
	n := t.nodes[at]
	if n.feature == leafMark {
		b := box{mean: t.leaves[n.at].mean, allows: make([][]bool, len(allows)), shares: make([]float64, len(allows))}
		for i, levels := range allows {
			b.allows[i] = levels
			for _, allowed := range levels {
				if allowed {
					b.shares[i] += 1 / float64(len(levels))
				}
			}
		}
		*found = append(*found, b)
		return
	}
	before := allows[n.feature]
	for side := range 2 {
		levels, some := make([]bool, len(before)), false
		for level, allowed := range before {
			levels[level] = allowed && t.goesRight(f.features[n.feature], n, level) == (side == 1)
			some = some || levels[level]
		}
		if some {
			allows[n.feature] = levels
			f.visit(t, int(n.left)+side, allows, found)
		}
	}
	allows[n.feature] = before
}
