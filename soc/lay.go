package soc

// layout finds the final network and what lies on it: routes are laid, buses that serve nothing are pruned, and routes are laid again.
func (x *Scratch) layout() {
	x.net.build(len(x.design.Blocks), x.design.Links)
	x.lay()
	if len(x.faults) > 0 {
		return
	}
	if x.prune() {
		x.lay()
	}
	x.prioritise()
}

// root is where walks start: the source's processor, or the first block where the design says so and that block is on the same network.
func (x *Scratch) root() int32 {
	source := int32(x.design.TaskPE[x.system.graph.Source])
	if !x.design.FromFirst || source == 0 {
		return source
	}
	if x.walk(0); x.reached[source] {
		return 0
	}
	return source
}

// lay puts tasks on blocks: each block gets the list of the tasks that use it, in the order in which routes are laid through the graph. A processor has its tasks in
// graph order, a memory its writers in flow order before its readers.
func (x *Scratch) lay() {
	d, g := x.design, x.system.graph
	x.route()
	if len(x.faults) > 0 {
		return
	}
	for len(x.tasks) < len(d.Blocks) {
		x.tasks = append(x.tasks, nil)
	}
	for b := range d.Blocks {
		x.tasks[b] = x.tasks[b][:0]
	}
	x.on = resize(x.on, len(d.Blocks)*len(g.Tasks), false)
	for t, pe := range d.TaskPE {
		x.put(int32(t), int32(pe))
	}
	for f, flow := range g.Flows {
		x.put(int32(flow.From), int32(d.FlowMemory[f]))
	}
	x.walk(x.root())
	x.laid = resize(x.laid, len(g.Tasks), false)
	x.follow(g.Source, -1)
}

// follow lays the read of a flow by its consumer and, the first time, what the consumer writes, memory by memory in the order of the walk. Then it follows the flows
// in the same order.
func (x *Scratch) follow(t, flow int) {
	d, g := x.design, x.system.graph
	if flow >= 0 {
		for _, b := range x.path(read, flow)[1:] {
			x.put(int32(t), b)
		}
	}
	if x.laid[t] {
		return
	}
	x.laid[t] = true
	for _, memory := range x.order {
		for _, f := range g.Out[t] {
			if int32(d.FlowMemory[f]) == memory {
				for _, b := range x.path(write, f)[1:] {
					x.put(int32(t), b)
				}
			}
		}
	}
	for _, memory := range x.order {
		for _, f := range g.Out[t] {
			if int32(d.FlowMemory[f]) == memory {
				x.follow(g.Flows[f].To, f)
			}
		}
	}
}

// put notes that a task uses a block.
func (x *Scratch) put(t, b int32) {
	if at := &x.on[int(b)*len(x.system.graph.Tasks)+int(t)]; !*at {
		*at = true
		x.tasks[b] = append(x.tasks[b], t)
	}
}

// shares tells whether some task uses both blocks.
func (x *Scratch) shares(a, b int32) bool {
	tasks := len(x.system.graph.Tasks)
	onA, onB := x.on[int(a)*tasks:][:tasks], x.on[int(b)*tasks:][:tasks]
	for t := range onA {
		if onA[t] && onB[t] {
			return true
		}
	}
	return false
}

// prioritise orders the tasks by their first appearance on the blocks of the walk.
func (x *Scratch) prioritise() {
	priority := x.result.Priority[:0]
	x.laid = resize(x.laid, len(x.system.graph.Tasks), false)
	for _, b := range x.order {
		for _, t := range x.tasks[b] {
			if !x.laid[t] {
				x.laid[t] = true
				priority = append(priority, int(t))
			}
		}
	}
	x.result.Priority = priority
}
