package loopnest

// fit checks fan-outs and capacities. The tile of a kept tensor is what the loops of its level and those inside work on.
func (m *Model) fit(r *Result) {
	n := &r.nest
	for i := range m.levels {
		l, limits := &m.levels[i], &m.architecture.Levels[i]
		x, y := int64(1), int64(1)
		for j := n.start[i+1]; j < n.start[i] && n.loops[j].spatial; j++ {
			if n.loops[j].alongY {
				y = product(y, n.loops[j].trips)
			} else {
				x = product(x, n.loops[j].trips)
			}
		}
		r.exceeds(OverFanoutX, i, -1, x, l.fanoutX)
		r.exceeds(OverFanoutY, i, -1, y, l.fanoutY)
		shared := int64(0)
		for t := range m.tensors {
			if !n.keep[i].Has(t) {
				continue
			}
			result := &r.Levels[i].Tensors[t]
			result.Kept, result.TileWords = true, m.tensors[t].tileWords(&n.tile[i])
			n.words[i][t] = result.TileWords
			need := product(result.TileWords, int64(limits.Buffers))
			if l.parts.Has(t) {
				r.exceeds(OverCapacity, i, t, need, l.part[t])
			} else {
				shared = min(shared+need, 2*MaxCount)
			}
		}
		if limits.CapacityWords > 0 {
			r.exceeds(OverCapacity, i, -1, shared, limits.CapacityWords)
		}
	}
}

// exceeds records a need above its limit, the one that exceeds it by the largest factor.
func (r *Result) exceeds(cause Cause, level, tensor int, need, limit int64) {
	if need <= limit {
		return
	}
	found := Infeasible{Cause: cause, Level: level, Tensor: tensor, Needed: need, Limit: limit}
	if r.Infeasible.Cause == Feasible || found.Violation() > r.Infeasible.Violation() {
		r.Infeasible = found
	}
}

// TilesFit tells whether a level has room for the tiles of some tensors, given how far they reach along every dimension. Tiles that do not fit do not
// do so in any mapping in which they reach as far.
func (m *Model) TilesFit(level int, keep TensorSet, reach *[MaxDimensions]int64) bool {
	l, limits := &m.levels[level], &m.architecture.Levels[level]
	shared := int64(0)
	for t := range m.tensors {
		if !keep.Has(t) {
			continue
		}
		need := product(m.tensors[t].tileWords(reach), int64(limits.Buffers))
		if !l.parts.Has(t) {
			shared = min(shared+need, 2*MaxCount)
		} else if need > l.part[t] {
			return false
		}
	}
	return limits.CapacityWords == 0 || shared <= limits.CapacityWords
}
