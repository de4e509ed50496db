package systolic

// layout says which element of an operand enters by which lane and when: lanes are numbered through the tiles.
type layout struct {
	reads     int64 // elements of a pass that are not null, copies included
	different bool  // no element is null or is there twice: where they lie does not matter
	space     int64 // every address is below it

	patches   patches // of the ifmap
	pixels    int64   // of the ifmap
	pixelLane bool    // ifmap: lanes are pixels and depths come in time, else the other way round

	filter     bool
	filterLane bool // filter: lanes are filters and depths come in time, else the other way round
}

func ifmapLayout(d Dataflow, p Problem) layout {
	return layout{
		reads:     p.Ifmap.touches(p.M, p.K),
		different: p.IfmapElements == p.M*p.K,
		space:     p.Ifmap.elements(p.M, p.K),
		patches:   newPatches(p, kept{}),
		pixels:    p.M,
		pixelLane: d != WeightStationary,
	}
}

func filterLayout(d Dataflow, p Problem) layout {
	return layout{
		reads: p.K * p.N, different: true, space: p.K * p.N,
		patches: patches{depth: p.K}, filter: true, filterLane: d != InputStationary,
	}
}

// address is the element of a lane at a step of its stream, or null.
func (l *layout) address(lane, step int64) int64 {
	switch {
	case l.filter && l.filterLane:
		return lane*l.patches.depth + step
	case l.filter:
		return step*l.patches.depth + lane
	case l.pixelLane:
		return l.patches.address(lane, step)
	}
	return l.patches.address(step, lane)
}
