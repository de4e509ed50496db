package forest

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// grower grows trees on one table. All slices are scratch that trees share.
type grower struct {
	features []Feature
	options  Options
	rng      *rand.Rand
	table    []int32   // features × rows
	targets  []float64 // less their mean, which keeps the sums small
	centre   float64
	tried    int       // features that a split chooses from
	order    []int     // of the features, shuffled as far as tried
	rows     []int32   // of the tree, repeats included; each node owns a stretch
	aside    []int32   // right half of a stretch while it is parted
	counts   []float64 // of one feature and node, by level; zero in between
	sums     []float64
	present  []int // levels with a count, in the order of the scan
	left     []int // levels of the best split of a node, when that is nominal, that go left
	right    []int // present levels that go right
	tree     tree
}

func (g *grower) column(feature int) []int32 {
	return g.table[feature*len(g.targets) : (feature+1)*len(g.targets)]
}

// split is a way to part the rows of a node.
type split struct {
	feature   int
	threshold int     // ordinal: the levels up to it go left; nominal: grower.left and grower.right say it
	gain      float64 // sum of squares explained, up to a constant of the node
}

func newGrower(features []Feature, rows [][]int, targets []float64, o Options, rng *rand.Rand) *grower {
	g := &grower{
		features: slices.Clone(features), options: o, rng: rng,
		table: make([]int32, 0, len(rows)*len(features)), targets: make([]float64, len(rows)),
		tried: max(int(math.Ceil(o.FeatureFrac*float64(len(features)))), min(1, len(features))),
		order: make([]int, len(features)), rows: make([]int32, len(rows)), aside: make([]int32, len(rows)),
	}
	for feature := range features {
		for _, row := range rows {
			g.table = append(g.table, int32(row[feature]))
		}
	}
	for _, y := range targets {
		g.centre += y / float64(len(targets))
	}
	for i, y := range targets {
		g.targets[i] = y - g.centre
	}
	widest := 0
	for i, f := range features {
		g.order[i], widest = i, max(widest, f.Levels)
	}
	g.counts, g.sums = make([]float64, widest), make([]float64, widest)
	return g
}

// grow grows one tree.
func (g *grower) grow() tree {
	for i := range g.rows {
		g.rows[i] = int32(i)
		if !g.options.NoResample {
			g.rows[i] = int32(g.rng.IntN(len(g.rows)))
		}
	}
	g.tree = tree{nodes: make([]node, 1, 2*len(g.rows)), leaves: make([]leaf, 0, len(g.rows))}
	type task struct{ node, start, end int }
	tasks := []task{{0, 0, len(g.rows)}}
	for len(tasks) > 0 {
		last := len(tasks) - 1
		t := tasks[last]
		tasks = tasks[:last]
		rows := g.rows[t.start:t.end]
		best, ok := g.best(rows)
		if !ok {
			g.tree.nodes[t.node] = node{feature: leafMark, at: int32(len(g.tree.leaves))}
			g.tree.leaves = append(g.tree.leaves, g.summary(rows))
			continue
		}
		left := len(g.tree.nodes)
		g.tree.nodes[t.node] = node{feature: int32(best.feature), at: g.store(best), left: int32(left)}
		g.tree.nodes = append(g.tree.nodes, node{}, node{})
		middle := t.start + g.part(rows, g.tree.nodes[t.node])
		tasks = append(tasks, task{left + 1, middle, t.end}, task{left, t.start, middle})
	}
	return g.tree
}

// summary is the mean and the population variance of the rows' targets.
func (g *grower) summary(rows []int32) leaf {
	sum := 0.0
	for _, r := range rows {
		sum += g.targets[r]
	}
	mean, squares := sum/float64(len(rows)), 0.0
	for _, r := range rows {
		squares += (g.targets[r] - mean) * (g.targets[r] - mean)
	}
	return leaf{g.centre + mean, squares / float64(len(rows))}
}

// best is the split of least squared error over a random choice of features; when none of them can part the rows, the others are tried one by
// one. False when the targets are equal or no split leaves enough rows on both sides.
func (g *grower) best(rows []int32) (best split, ok bool) {
	if len(rows) < 2*g.options.MinLeaf || g.equal(rows) {
		return split{}, false
	}
	best.gain = math.Inf(-1)
	for i := range g.order {
		if i >= g.tried && ok {
			break
		}
		j := i + g.rng.IntN(len(g.order)-i)
		g.order[i], g.order[j] = g.order[j], g.order[i]
		if g.improve(&best, g.order[i], rows) {
			ok = true
		}
	}
	return best, ok
}

func (g *grower) equal(rows []int32) bool {
	first := g.targets[rows[0]]
	for _, r := range rows[1:] {
		if g.targets[r] != first {
			return false
		}
	}
	return true
}

// improve replaces the best split by the best one of a feature where that explains more.
func (g *grower) improve(best *split, feature int, rows []int32) bool {
	g.present = g.present[:0]
	column, total := g.column(feature), 0.0
	for _, r := range rows {
		level, y := column[r], g.targets[r]
		if g.counts[level] == 0 {
			g.present = append(g.present, int(level))
		}
		g.counts[level]++
		g.sums[level] += y
		total += y
	}
	improved := false
	if len(g.present) > 1 {
		nominal := g.features[feature].Nominal
		g.sort(nominal)
		if at, gain, ok := g.cut(float64(len(rows)), total); ok && gain > best.gain {
			improved = true
			*best = split{feature: feature, gain: gain}
			if nominal {
				g.left, g.right = append(g.left[:0], g.present[:at]...), append(g.right[:0], g.present[at:]...)
			} else { // any threshold in the gap parts these rows alike
				best.threshold = g.present[at-1] + g.rng.IntN(g.present[at]-g.present[at-1])
			}
		}
	}
	for _, level := range g.present {
		g.counts[level], g.sums[level] = 0, 0
	}
	return improved
}

// sort puts the present levels in the order in which they are cut: nominal ones by the mean of their targets, then by number.
func (g *grower) sort(nominal bool) {
	const few = 16
	switch {
	case !nominal && len(g.present) > few:
		slices.Sort(g.present)
	case nominal && len(g.present) > few:
		slices.SortFunc(g.present, func(a, b int) int {
			return cmp.Or(cmp.Compare(g.sums[a]*g.counts[b], g.sums[b]*g.counts[a]), a-b)
		})
	default: // by insertion: most nodes are small
		for i := 1; i < len(g.present); i++ {
			for k := i; k > 0 && g.before(g.present[k], g.present[k-1], nominal); k-- {
				g.present[k], g.present[k-1] = g.present[k-1], g.present[k]
			}
		}
	}
}

func (g *grower) before(a, b int, nominal bool) bool {
	if nominal {
		if crossA, crossB := g.sums[a]*g.counts[b], g.sums[b]*g.counts[a]; crossA != crossB {
			return crossA < crossB
		}
	}
	return a < b
}

// cut is the place in the present levels that parts them best: those before it go left.
func (g *grower) cut(rows, total float64) (at int, gain float64, ok bool) {
	gain = math.Inf(-1)
	least := float64(g.options.MinLeaf)
	count, sum := 0.0, 0.0
	for i, level := range g.present[:len(g.present)-1] {
		count += g.counts[level]
		sum += g.sums[level]
		if count < least || rows-count < least {
			continue
		}
		if explained := sum*sum/count + (total-sum)*(total-sum)/(rows-count); explained > gain {
			at, gain, ok = i+1, explained, true
		}
	}
	return at, gain, ok
}

// store is what node.at means for a split. A level of a nominal feature that no row of the node has goes to either side by chance.
func (g *grower) store(s split) int32 {
	levels := g.features[s.feature].Levels
	if !g.features[s.feature].Nominal {
		return int32(s.threshold)
	}
	start := len(g.tree.sets)
	for word := 0; word < levels; word += 64 {
		g.tree.sets = append(g.tree.sets, g.rng.Uint64())
	}
	set := g.tree.sets[start:]
	for _, level := range g.left {
		set[level>>6] |= 1 << (level & 63)
	}
	for _, level := range g.right {
		set[level>>6] &^= 1 << (level & 63)
	}
	return int32(start)
}

// part moves the rows of the left child before those of the right one, both in their order, and returns how many go left.
func (g *grower) part(rows []int32, n node) int {
	nominal, column := g.features[n.feature].Nominal, g.column(int(n.feature))
	left, right := 0, 0
	for _, r := range rows {
		level := column[r]
		goesLeft := level <= n.at
		if nominal {
			goesLeft = g.tree.sets[n.at+level>>6]>>(level&63)&1 == 1
		}
		if goesLeft {
			rows[left] = r
			left++
		} else {
			g.aside[right] = r
			right++
		}
	}
	copy(rows[left:], g.aside[:right])
	return left
}
