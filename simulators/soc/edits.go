package soc

import (
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/soc"
)

// edit sets an axis to a level. A change of a design is a list of edits; nil is a change that cannot be made.
type edit struct{ axis, level int }

// after is the repaired point after edits.
func (b *board) after(edits []edit) space.Point {
	q := slices.Clone(b.p)
	for _, e := range edits {
		q[e.axis] = e.level
	}
	return b.layout.at(b.space.Canonical(q)).repaired()
}

// step swaps a block for one whose axis is so many levels higher.
func (b *board) step(axis, by int) []edit {
	if axis == absent {
		return nil
	}
	level := b.p[axis] + by
	if level < 0 || level >= b.space.Levels(axis) {
		return nil
	}
	return []edit{{axis, level}}
}

// allocate gives a task an accelerator of its own, the smallest, on the bus of the processor that it leaves.
func (b *board) allocate(t int) []edit {
	a := b.task[t]
	if a.own == absent || b.accelerated(t) {
		return nil
	}
	edits := []edit{{a.pe, a.own}, {a.unroll, 0}, {a.clock, 0}, {a.bus, b.busOfTask(t)}}
	if a.level != absent {
		edits = append(edits, edit{a.level, 0})
	}
	return edits
}

// migrate moves a task to a processor; one that is not used yet is placed on the bus that the task leaves.
func (b *board) migrate(t, processor int) []edit {
	if !b.accelerated(t) && b.p[b.task[t].pe] == processor || !b.usable(b.tasksOn, processor) {
		return nil
	}
	edits := []edit{{b.task[t].pe, processor}}
	if b.tasksOn[processor] > 0 {
		return edits
	}
	if !b.accelerated(t) && b.tasksOn[b.p[b.task[t].pe]] == 1 {
		return nil // the same design with another name of the processor
	}
	return append(edits, edit{b.processor[processor].bus, b.busOfTask(t)})
}

// usable tells whether a slot is in use, or the first free one: others are the same design by another name.
func (b *board) usable(uses []int, slot int) bool {
	return uses[slot] > 0 || slices.Index(uses, 0) == slot
}

// busOfTask is the bus of the block that a task runs on.
func (b *board) busOfTask(t int) int {
	if b.accelerated(t) {
		return b.p[b.task[t].bus]
	}
	return b.p[b.processor[b.p[b.task[t].pe]].bus]
}

// forkProcessor moves every second task of a processor to a new one beside it.
func (b *board) forkProcessor(i int) []edit {
	free := slices.Index(b.tasksOn, 0)
	if b.tasksOn[i] < 2 || free < 0 {
		return nil
	}
	edits := []edit{{b.processor[free].bus, b.p[b.processor[i].bus]}}
	if axis := b.processor[free].level; axis != absent {
		edits = append(edits, edit{axis, b.p[b.processor[i].level]})
	}
	second := false
	for t, a := range b.task {
		if b.accelerated(t) || b.p[a.pe] != i {
			continue
		}
		if second {
			edits = append(edits, edit{a.pe, free})
		}
		second = !second
	}
	return edits
}

// joinProcessor moves all tasks of a processor to another one that is in use.
func (b *board) joinProcessor(i, other int) []edit {
	if i == other || b.tasksOn[i] == 0 || b.tasksOn[other] == 0 {
		return nil
	}
	var edits []edit
	for t, a := range b.task {
		if !b.accelerated(t) && b.p[a.pe] == i {
			edits = append(edits, edit{a.pe, other})
		}
	}
	return edits
}

// likeMemory makes a free memory a copy of another one.
func (b *board) likeMemory(free, m int) (edits []edit) {
	from, to := b.memory[m], b.memory[free]
	for _, pair := range [...][2]int{{to.kind, from.kind}, {to.width, from.width}, {to.clock, from.clock}, {to.level, from.level}, {to.bus, from.bus}} {
		if pair[0] != absent {
			edits = append(edits, edit{pair[0], b.p[pair[1]]})
		}
	}
	return edits
}

// moveFlow moves data to a memory; a new one is a copy of the memory that the data leaves.
func (b *board) moveFlow(flow, m int) []edit {
	at := b.p[b.flow[flow]]
	if at == m || !b.usable(b.flowsIn, m) {
		return nil
	}
	edits := []edit{{b.flow[flow], m}}
	if b.flowsIn[m] > 0 {
		return edits
	}
	if b.flowsIn[at] == 1 {
		return nil // the same design with another name of the memory
	}
	return append(edits, b.likeMemory(m, at)...)
}

// splitMemory moves the data of a memory for which the condition holds to a new one like it.
func (b *board) splitMemory(m int, moves func(flow int) bool) []edit {
	free := slices.Index(b.flowsIn, 0)
	if free < 0 || b.flowsIn[m] < 2 {
		return nil
	}
	edits := b.likeMemory(free, m)
	moved := 0
	for f, axis := range b.flow {
		if b.p[axis] == m && moves(f) {
			edits = append(edits, edit{axis, free})
			moved++
		}
	}
	if moved == 0 || moved == b.flowsIn[m] {
		return nil
	}
	return edits
}

// forkMemory moves every second flow of a memory to a new one.
func (b *board) forkMemory(m int) []edit {
	second := true
	return b.splitMemory(m, func(int) bool { second = !second; return second })
}

// joinMemory moves all data of a memory to another one that is in use.
func (b *board) joinMemory(m, other int) []edit {
	if m == other || b.flowsIn[m] == 0 || b.flowsIn[other] == 0 {
		return nil
	}
	var edits []edit
	for _, axis := range b.flow {
		if b.p[axis] == m {
			edits = append(edits, edit{axis, other})
		}
	}
	return edits
}

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

// isDRAM tells whether a memory is DRAM.
func (b *board) isDRAM(m int) bool { return memoryKinds()[b.p[b.memory[m].kind]] == soc.DRAM.String() }
