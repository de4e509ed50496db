package soc

import (
	"slices"
	"strconv"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/soc"
)

// board is a point of the layout with what is used in it.
type board struct {
	*layout
	p space.Point
	// How many tasks run on each processor, how many flows lie in each memory, and how many used blocks hang on each bus.
	tasksOn, flowsIn, blocksOn []int
	joins                      []bool // the bus is needed: it has blocks, or joins buses that have
}

// at is the board of a canonical point.
func (l *layout) at(p space.Point) *board {
	counts := make([]int, l.slots.processors+l.slots.memories+l.slots.buses)
	b := &board{layout: l, p: p, joins: make([]bool, l.slots.buses)}
	b.tasksOn, counts = counts[:l.slots.processors], counts[l.slots.processors:]
	b.flowsIn, b.blocksOn = counts[:l.slots.memories], counts[l.slots.memories:]
	for t, a := range l.task {
		if b.accelerated(t) {
			b.blocksOn[p[a.bus]]++
		} else {
			b.tasksOn[p[a.pe]]++
		}
	}
	for _, axis := range l.flow {
		b.flowsIn[p[axis]]++
	}
	for i, n := range b.tasksOn {
		if n > 0 {
			b.blocksOn[p[l.processor[i].bus]]++
		}
	}
	for i, n := range b.flowsIn {
		if n > 0 {
			b.blocksOn[p[l.memory[i].bus]]++
		}
	}
	b.join()
	return b
}

// join marks the buses of the smallest tree that holds all with blocks: every bus leads up to bus 0, and leaves without blocks are cut.
func (b *board) join() {
	below := make([]int, len(b.bus)) // needed buses linked from further down
	for i := len(b.bus) - 1; i >= 0; i-- {
		b.joins[i] = b.blocksOn[i] > 0 || below[i] > 0
		if i > 0 && b.joins[i] {
			below[b.up(i)]++
		}
	}
	// A bus without blocks at the top of the tree, above a single one, joins nothing. Parents come before their children.
	for top := 0; b.blocksOn[top] == 0 && below[top] == 1; top = slices.Index(b.joins, true) {
		b.joins[top] = false
	}
}

// accelerated tells whether a task runs on its own accelerator.
func (b *board) accelerated(t int) bool {
	return b.task[t].own != absent && b.p[b.task[t].pe] == b.task[t].own
}

// up is the bus that a bus, not the first, is linked to.
func (b *board) up(bus int) int { return b.p[b.bus[bus].bus] }

// level is the level of an axis, 0 when there is none.
func (b *board) level(axis int) int {
	if axis == absent {
		return 0
	}
	return b.p[axis]
}

// repaired is the point with level 0 in all axes of what the design does not use, in memory of its own.
func (b *board) repaired() space.Point {
	q := slices.Clone(b.p)
	zero := func(a blockAxes) {
		for _, axis := range [...]int{a.kind, a.width, a.clock, a.level, a.bus} {
			if axis != absent {
				q[axis] = 0
			}
		}
	}
	for i, n := range b.tasksOn {
		if n == 0 {
			zero(b.processor[i])
		}
	}
	for i, n := range b.flowsIn {
		if n == 0 {
			zero(b.memory[i])
		}
	}
	for i, needed := range b.joins {
		if !needed {
			zero(b.bus[i])
		}
	}
	return q
}

// design writes the design of the board over d: processors, accelerators in task order, memories, buses.
func (b *board) design(d *soc.Design) {
	g := b.system.Graph()
	d.Blocks, d.Links, d.FromFirst = d.Blocks[:0], d.Links[:0], false
	d.TaskPE, d.FlowMemory = resized(d.TaskPE, len(g.Tasks)), resized(d.FlowMemory, len(g.Flows))
	var busOf []int // per processor, accelerator and memory block: its bus
	place := func(block soc.Block, bus int) {
		d.Blocks, busOf = append(d.Blocks, block), append(busOf, bus)
	}
	for i, n := range b.tasksOn {
		if n == 0 {
			continue
		}
		for t, a := range b.task {
			if !b.accelerated(t) && b.p[a.pe] == i {
				d.TaskPE[t] = len(d.Blocks)
			}
		}
		place(soc.Block{ID: b.processorID(i), Kind: soc.GPP, Level: b.level(b.processor[i].level)}, b.p[b.processor[i].bus])
	}
	lib := b.system.Library()
	for t, a := range b.task {
		if b.accelerated(t) {
			d.TaskPE[t] = len(d.Blocks)
			place(soc.Block{
				ID: b.acceleratorID(t), Kind: soc.IP, Task: t,
				Unroll: b.unrolls[t][b.p[a.unroll]], ClockFactor: lib.ClockFactors[b.p[a.clock]], Level: b.level(a.level),
			}, b.p[a.bus])
		}
	}
	pes := len(d.Blocks)
	for i, n := range b.flowsIn {
		if n == 0 {
			continue
		}
		for f, axis := range b.flow {
			if b.p[axis] == i {
				d.FlowMemory[f] = len(d.Blocks)
			}
		}
		kind := soc.DRAM
		if b.p[b.memory[i].kind] > 0 {
			kind = soc.SRAM
		}
		place(b.channel(soc.Block{ID: b.memoryID(i), Kind: kind}, b.memory[i]), b.p[b.memory[i].bus])
	}
	busAt := make([]int, len(b.bus))
	for i, needed := range b.joins {
		if needed {
			busAt[i] = len(d.Blocks)
			d.Blocks = append(d.Blocks, b.channel(soc.Block{ID: b.busID(i), Kind: soc.Bus}, b.bus[i]))
		}
	}
	for i, bus := range busOf[:pes] {
		d.Links = append(d.Links, soc.Link{A: i, B: busAt[bus]})
	}
	for i := 1; i < len(b.bus); i++ {
		if b.joins[i] && b.joins[b.up(i)] {
			d.Links = append(d.Links, soc.Link{A: busAt[i], B: busAt[b.up(i)]})
		}
	}
	for i, bus := range busOf[pes:] {
		d.Links = append(d.Links, soc.Link{A: busAt[bus], B: pes + i})
	}
}

// channel fills in what memories and buses have.
func (b *board) channel(block soc.Block, a blockAxes) soc.Block {
	lib := b.system.Library()
	block.WidthBytes, block.ClockFactor, block.Level = lib.WidthsBytes[b.p[a.width]], lib.ClockFactors[b.p[a.clock]], b.level(a.level)
	return block
}

func (b *board) processorID(i int) string   { return "gpp" + strconv.Itoa(i) }
func (b *board) memoryID(i int) string      { return "mem" + strconv.Itoa(i) }
func (b *board) busID(i int) string         { return "bus" + strconv.Itoa(i) }
func (b *board) acceleratorID(t int) string { return "ip_" + b.system.Graph().Tasks[t].Name }

// slotNumber is the slot of a memory or bus by its block's ID; 0 for other blocks.
func slotNumber(id string) int {
	n, _ := strconv.Atoi(id[min(3, len(id)):])
	return n
}

// resized is a slice of n elements, old memory where it suffices.
func resized(s []int, n int) []int {
	if cap(s) < n {
		return make([]int, n)
	}
	return s[:n]
}
