package soc

const (
	acceleratorCost = 100
	processorCost   = 1
	memoryCost      = 0.1 // a MiB
	busCost         = 0.1
	routeCost       = 0.1 // a block on the route and a task that uses it
	mib             = 1 << 20
)

// developmentCost is the reference's measure of the effort to develop a design: accelerators by the largest task that they compute, processors by the sum of theirs, both relative
// to the smallest task; memories by capacity; buses; and the routes between processors and memories that share tasks.
func (x *Scratch) developmentCost() float64 {
	cost := 0.0
	for _, b := range x.order {
		switch x.design.Blocks[b].Kind {
		case GPP:
			for _, t := range x.tasks[b] {
				cost += processorCost * x.system.work[t] / x.system.smallestWork
			}
		case IP:
			largest := 0.0
			for _, t := range x.tasks[b] {
				largest = max(largest, x.system.work[t])
			}
			cost += acceleratorCost * largest / x.system.smallestWork
		case Bus:
			cost += busCost
		default:
			cost += memoryCost * float64((x.result.Blocks[b].PeakBytes+mib-1)/mib)
		}
	}
	return cost + x.routesCost()
}

// routesCost is that of every pair of a processor and a memory.
func (x *Scratch) routesCost() float64 {
	cost, blocks, tasks := 0.0, len(x.design.Blocks), len(x.system.graph.Tasks)
	for pe := range x.design.Blocks {
		for memory := range x.design.Blocks {
			slot := x.known[pe*blocks+memory]
			if slot == none {
				continue
			}
			shared := 0
			for _, t := range x.tasks[pe] {
				if x.on[memory*tasks+int(t)] {
					shared++
				}
			}
			cost += routeCost * float64(x.pathAt[slot].n) * float64(shared)
		}
	}
	return cost
}
