package soc

import (
	"slices"

	"github.com/codesign-gym/codesign/soc"
)

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

// isDRAM tells whether a memory is DRAM.
func (b *board) isDRAM(m int) bool { return memoryKinds()[b.p[b.memory[m].kind]] == soc.DRAM.String() }
