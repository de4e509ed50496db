package soc

// The bytes in a memory follow the tasks. Repaired: a flow's bytes are there from the start of its producer to the end of its consumer. Reference: a task's outgoing
// bytes are there from when it is ready, only if it has work or is the source; they are freed by the rule in free.

// startBytes empties the memories.
func (x *Scratch) startBytes() {
	x.bytes = resize(x.bytes, len(x.design.Blocks), 0)
	x.finished = resize(x.finished, len(x.system.graph.Tasks), 0)
}

// reserve adds the outgoing bytes of a task.
func (x *Scratch) reserve(t int32) {
	g := x.system.graph
	if x.system.profile == Reference && x.system.work[t] == 0 && int(t) != g.Source {
		return
	}
	for _, f := range g.Out[t] {
		m := x.design.FlowMemory[f]
		x.bytes[m] += g.Flows[f].Bytes
		use := &x.result.Blocks[m]
		use.PeakBytes = max(use.PeakBytes, x.bytes[m])
	}
}

// release frees what the end of a task makes free.
func (x *Scratch) release(t int32) {
	g := x.system.graph
	if x.system.profile == Reference {
		x.finished[t]++
		for _, f := range g.In[t] {
			x.free(g.Flows[f].From)
		}
		return
	}
	for _, f := range g.In[t] {
		x.bytes[x.design.FlowMemory[f]] -= g.Flows[f].Bytes
	}
}

// free is the reference's rule: a producer's bytes are freed once all its consumers have finished, which uses up one finish of each of them. So of several
// producers of one consumer only the first is freed. The source's bytes never are, though it uses up finishes.
func (x *Scratch) free(producer int) {
	g := x.system.graph
	for _, f := range g.Out[producer] {
		if x.finished[g.Flows[f].To] == 0 {
			return
		}
	}
	for _, f := range g.Out[producer] {
		x.finished[g.Flows[f].To]--
	}
	if producer == g.Source || x.system.work[producer] == 0 {
		return
	}
	for _, f := range g.Out[producer] {
		x.bytes[x.design.FlowMemory[f]] -= g.Flows[f].Bytes
	}
}
