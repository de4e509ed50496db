package soc

import "slices"

// hanging lists the axes that say on which bus the used processors, accelerators and memories hang.
func (b *board) hanging() (axes []int) {
	for i, n := range b.tasksOn {
		if n > 0 {
			axes = append(axes, b.processor[i].bus)
		}
	}
	for t, a := range b.task {
		if b.accelerated(t) {
			axes = append(axes, a.bus)
		}
	}
	for i, n := range b.flowsIn {
		if n > 0 {
			axes = append(axes, b.memory[i].bus)
		}
	}
	return axes
}

// newBus makes the first free bus after another one a copy of it, linked to it; -1 when none is free.
func (b *board) newBus(bus int) (int, []edit) {
	for free := bus + 1; free < len(b.bus); free++ {
		if b.joins[free] {
			continue
		}
		from, to := b.bus[bus], b.bus[free]
		edits := []edit{{to.bus, bus}, {to.width, b.p[from.width]}, {to.clock, b.p[from.clock]}}
		if to.level != absent {
			edits = append(edits, edit{to.level, b.p[from.level]})
		}
		return free, edits
	}
	return -1, nil
}

// forkBus moves every second block of a bus to a new one that is linked to it.
func (b *board) forkBus(bus int) []edit {
	free, edits := b.newBus(bus)
	if free < 0 || b.blocksOn[bus] < 2 {
		return nil
	}
	second := false
	for _, axis := range b.hanging() {
		if b.p[axis] != bus {
			continue
		}
		if second {
			edits = append(edits, edit{axis, free})
		}
		second = !second
	}
	return edits
}

// joinBus moves all blocks of a bus to another one that is in use.
func (b *board) joinBus(bus, other int) []edit {
	if bus == other || b.blocksOn[bus] == 0 || !b.joins[other] {
		return nil
	}
	var edits []edit
	for _, axis := range b.hanging() {
		if b.p[axis] == bus {
			edits = append(edits, edit{axis, other})
		}
	}
	return edits
}

// hang moves a block to another bus that is in use.
func (b *board) hang(axis, bus int) []edit {
	if axis == absent || b.p[axis] == bus || !b.joins[bus] {
		return nil
	}
	return []edit{{axis, bus}}
}

// relink links a bus to another one before it.
func (b *board) relink(bus, to int) []edit {
	if bus == 0 || to >= bus || !b.joins[bus] || !b.joins[to] || b.up(bus) == to {
		return nil
	}
	return []edit{{b.bus[bus].bus, to}}
}

// isolate moves a memory and the blocks whose tasks use nothing else to a new bus.
func (b *board) isolate(m int) []edit {
	bus := b.p[b.memory[m].bus]
	free, edits := b.newBus(bus)
	if free < 0 {
		return nil
	}
	edits = append(edits, edit{b.memory[m].bus, free})
	g, moved := b.system.Graph(), 0
	elsewhere := func(t int) bool {
		in := func(f int) bool { return b.p[b.flow[f]] != m }
		return slices.ContainsFunc(g.In[t], in) || slices.ContainsFunc(g.Out[t], in)
	}
	for t := range g.Tasks {
		if b.accelerated(t) && b.p[b.task[t].bus] == bus && !elsewhere(t) {
			edits = append(edits, edit{b.task[t].bus, free})
			moved++
		}
	}
	if moved+1 >= b.blocksOn[bus] {
		return nil
	}
	return edits
}
