package soc

import (
	"slices"

	"github.com/codesign-gym/codesign/env/space"
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
