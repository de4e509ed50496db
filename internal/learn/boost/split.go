package boost

// split is a way to part the rows of a node.
type split struct {
	feature int
	bin     uint8 // bins up to it go left
	gain    float64
	left    cell
}

// best is the split of a leaf that gains most; of equal ones that of the first feature and bin. Its gain is 0 where no split is allowed.
func (g *grower) best(l leaf) split {
	share(len(g.splits), g.workers(16*g.table.starts[g.table.features]), func(block int) {
		g.splits[block] = split{}
		for f := block * perBlock; f < min((block+1)*perBlock, g.table.features); f++ {
			if g.features[f] {
				g.improve(&g.splits[block], f, l)
			}
		}
	})
	var best split
	for _, s := range g.splits {
		if s.gain > best.gain {
			best = s
		}
	}
	return best
}

// improve replaces the best split by the best one of a feature where that gains more.
func (g *grower) improve(best *split, feature int, l leaf) {
	cells := l.histogram[g.table.starts[feature]:g.table.starts[feature+1]]
	penalty, least := g.options.L2, g.options.MinChildWeight
	whole := score(float64(l.sum.g)*g.ofG, float64(l.sum.h)*g.ofH, penalty)
	var left cell
	for bin, c := range cells[:len(cells)-1] {
		if c == (cell{}) {
			continue // the same rows as one bin before
		}
		left = left.plus(c)
		right := l.sum.minus(left)
		weightLeft, weightRight := float64(left.h)*g.ofH, float64(right.h)*g.ofH
		if weightLeft < least {
			continue
		}
		if weightRight < least {
			return
		}
		gain := (score(float64(left.g)*g.ofG, weightLeft, penalty) + score(float64(right.g)*g.ofG, weightRight, penalty) - whole) / 2
		if gain > best.gain {
			*best = split{feature: feature, bin: uint8(bin), gain: gain, left: left}
		}
	}
}

// score is G² / (H + λ).
func score(g, h, penalty float64) float64 { return g * g / (h + penalty) }
