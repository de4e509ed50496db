package loopnest

// Bound costs a mapping as if every tensor had the loops of each level in the order that is best for it alone. No order of the temporal loops within
// the levels has a lower energy, fewer cycles or fewer words anywhere. It tells whether the bound holds: not where trips do not divide a dimension;
// there the result is that of Evaluate.
func (m *Model) Bound(mapping *Mapping, r *Result) (bool, error) {
	if err := m.lay(&r.nest, mapping); err != nil {
		return false, err
	}
	m.reset(r)
	m.fit(r)
	if r.Infeasible.Cause != Feasible {
		return true, nil
	}
	r.nest.anyOrder = r.nest.uneven == 0
	m.count(r)
	m.time(r)
	m.energy(r)
	return r.nest.anyOrder, nil
}

// fewestTrips is trips under the best order for one tensor: from the inner level outwards, loops that are not along the tensor cost nothing up to the
// first level with one that is. Of that level's loops the one with the largest overlap is taken as the innermost.
func (m *Model) fewestTrips(n *nest, t *tensor, s *scope) (count int64, at int) {
	count, at = 1, -1
	saved, still := 0.0, true
	for level := s.inner - 1; level >= 0; level-- {
		across, found := int64(1), false
		for i := n.start[level+1]; i < n.start[level]; i++ {
			l := &n.loops[i]
			switch {
			case l.spatial:
			case t.relevant>>l.dimension&1 == 0:
				across *= l.trips
			default:
				count *= l.trips
				if still && t.sums {
					if part := float64(m.overlap(n, t, s, l.trips, i)) / float64(l.trips); part > saved {
						saved, at = part, i
					}
				}
				found = true
			}
		}
		if !still {
			count *= across
		}
		still = still && !found
	}
	return count, at
}
