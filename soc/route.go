package soc

import "slices"

// A route is the shortest path over buses from a processor to a memory, the first found breadth first in the order of neighbours. Data flows along it from the
// processor when it is written, and back when it is read; a block's incoming link is on the processor's side in both cases.

// route finds the routes of all flows and keeps their blocks from the processor to the memory. It notes the flows without one.
func (x *Scratch) route() {
	d, g := x.design, x.system.graph
	x.hops, x.pathAt = x.hops[:0], x.pathAt[:0]
	x.paths[read] = resize(x.paths[read], len(g.Flows), span{})
	x.paths[write] = resize(x.paths[write], len(g.Flows), span{})
	x.known = resize(x.known, len(d.Blocks)*len(d.Blocks), none)
	x.from = resize(x.from, len(d.Blocks), none)
	searched := none // whose tree x.from is
	for t := range g.Tasks {
		pe := int32(d.TaskPE[t])
		for dir, flows := range [2][]int{g.In[t], g.Out[t]} {
			for _, f := range flows {
				memory := int32(d.FlowMemory[f])
				slot := &x.known[int(pe)*len(d.Blocks)+int(memory)]
				if *slot == none {
					if searched != pe {
						x.search(pe)
						searched = pe
					}
					*slot = x.trace(pe, memory)
				}
				if x.pathAt[*slot].n == 0 {
					x.bad(NoRoute, "task %q is on %s, its data of edge %q to %q in %s: no buses lead there", g.Tasks[t].Name, d.Blocks[pe].ID,
						g.Tasks[g.Flows[f].From].Name, g.Tasks[g.Flows[f].To].Name, d.Blocks[memory].ID)
				}
				x.paths[dir][f] = x.pathAt[*slot]
			}
		}
	}
}

// span is a part of hops.
type span struct{ at, n int32 }

func (x *Scratch) path(dir, flow int) []int32 {
	p := x.paths[dir][flow]
	return x.hops[p.at : p.at+p.n]
}

// search makes the tree of shortest paths from a processor through buses.
func (x *Scratch) search(pe int32) {
	for i := range x.from {
		x.from[i] = none
	}
	x.queue = append(x.queue[:0], pe)
	for head := 0; head < len(x.queue); head++ {
		at := x.queue[head]
		for _, next := range x.net.neighbours[at] {
			if next == pe || x.from[next] != none {
				continue
			}
			x.from[next] = at
			if x.design.Blocks[next].Kind == Bus {
				x.queue = append(x.queue, next)
			}
		}
	}
}

// trace keeps the path to a memory; its length is 0 if there is none.
func (x *Scratch) trace(pe, memory int32) int32 {
	slot := int32(len(x.pathAt))
	if x.from[memory] == none {
		x.pathAt = append(x.pathAt, span{})
		return slot
	}
	start := len(x.hops)
	for b := memory; b != pe; b = x.from[b] {
		x.hops = append(x.hops, b)
	}
	x.hops = append(x.hops, pe)
	slices.Reverse(x.hops[start:])
	x.pathAt = append(x.pathAt, span{int32(start), int32(len(x.hops) - start)})
	return slot
}
