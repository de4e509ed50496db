package soc

// prune takes out links and buses that serve no task, and tells whether it changed anything:
// links between buses that no task uses both of; then, in the order of the walk, buses at the end of a chain without memories (their processors move to the next
// bus) or without processors (their memories move), and buses with neither, whose neighbours are joined.
func (x *Scratch) prune() (changed bool) {
	d := x.design
	isBus := func(b int32) bool { return d.Blocks[b].Kind == Bus }
	for _, a := range x.order {
		for i := 0; isBus(a) && i < len(x.net.neighbours[a]); {
			b := x.net.neighbours[a][i]
			if isBus(b) && !x.shares(a, b) {
				x.net.cut(a, b)
				changed = true
			} else {
				i++
			}
		}
	}
	if changed {
		x.walk(x.root())
	}
	x.walked = append(x.walked[:0], x.order...)
	for _, bus := range x.walked {
		if isBus(bus) && x.pruneBus(bus) {
			changed = true
		}
	}
	return changed
}

// pruneBus takes the bus out if it serves nothing where it is.
func (x *Scratch) pruneBus(bus int32) bool {
	processors, memories, buses, first := 0, 0, 0, none
	for _, b := range x.net.neighbours[bus] {
		switch kind := x.design.Blocks[b].Kind; {
		case kind.IsPE():
			processors++
		case kind.IsMemory():
			memories++
		default:
			if buses++; buses == 1 {
				first = b
			}
		}
	}
	if !(buses == 1 && (memories == 0 || processors == 0)) && processors+memories > 0 {
		return false
	}
	x.around = append(x.around[:0], x.net.neighbours[bus]...)
	for _, b := range x.around {
		x.net.cut(bus, b)
		if b != first && first != none {
			x.net.join(first, b)
		}
	}
	return len(x.around) > 0
}
