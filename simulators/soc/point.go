package soc

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/soc"
)

// point is the point of a valid design: the inverse of board.design, up to the blocks' names and the order of links. A design that the layout has no room for is
// an error: too many blocks of a kind, buses that are no tree, a task on an accelerator of another one, a processor on two buses.
func (l *layout) point(d *soc.Design) (space.Point, error) {
	w := pointer{layout: l, d: d, p: make(space.Point, l.space.Len())}
	if err := w.buses(); err != nil {
		return nil, err
	}
	for t, at := range d.TaskPE {
		if err := w.task(t, at); err != nil {
			return nil, err
		}
	}
	for f, at := range d.FlowMemory {
		slot, err := slotOf(&w.memories, at, l.slots.memories, "memories")
		if err != nil {
			return nil, err
		}
		w.p[l.flow[f]] = slot
		if err := w.memory(slot, at); err != nil {
			return nil, err
		}
	}
	return l.at(w.p).repaired(), nil
}

// pointer is the work of layout.point: which block of the design has which slot.
type pointer struct {
	*layout
	d                            *soc.Design
	p                            space.Point
	processors, memories, busses []int // by slot: the index of the block
}

// slotOf is the slot of a block, the next free one when it has none.
func slotOf(taken *[]int, block, most int, kind string) (int, error) {
	if slot := slices.Index(*taken, block); slot >= 0 {
		return slot, nil
	}
	if len(*taken) == most {
		return 0, fmt.Errorf("the design uses more than %d %s: raise the setting %s", most, kind, kind)
	}
	*taken = append(*taken, block)
	return len(*taken) - 1, nil
}

// neighbours are the blocks that a block is linked to, in the order of the links.
func (w *pointer) neighbours(block int) (list []int) {
	for _, link := range w.d.Links {
		switch block {
		case link.A:
			list = append(list, link.B)
		case link.B:
			list = append(list, link.A)
		}
	}
	return list
}

// buses gives slots to the buses, breadth first from the first one, so that each is linked to an earlier one.
func (w *pointer) buses() error {
	first := slices.IndexFunc(w.d.Blocks, func(b soc.Block) bool { return b.Kind == soc.Bus })
	if first < 0 {
		return fmt.Errorf("the design has no bus")
	}
	if _, err := slotOf(&w.busses, first, w.slots.buses, "buses"); err != nil {
		return err
	}
	links := 0
	for slot := 0; slot < len(w.busses); slot++ {
		for _, next := range w.neighbours(w.busses[slot]) {
			if w.d.Blocks[next].Kind != soc.Bus {
				continue
			}
			links++
			if slices.Contains(w.busses, next) {
				continue
			}
			child, err := slotOf(&w.busses, next, w.slots.buses, "buses")
			if err != nil {
				return err
			}
			w.p[w.bus[child].bus] = slot
		}
		if err := w.channel(w.bus[slot], w.busses[slot]); err != nil {
			return err
		}
	}
	if links != 2*(len(w.busses)-1) {
		return fmt.Errorf("the buses are not a tree: there is a ring of links")
	}
	return nil
}

// task places a task on its block.
func (w *pointer) task(t, at int) error {
	block, a := w.d.Blocks[at], w.layout.task[t]
	hangs := a.blockAxes
	switch {
	case block.Kind == soc.IP && (block.Task != t || a.own == absent):
		return fmt.Errorf("task %q is on %q, an accelerator of another task", w.system.Graph().Tasks[t].Name, block.ID)
	case block.Kind == soc.IP:
		w.p[a.pe] = a.own
		unroll := slices.Index(w.unrolls[t], block.Unroll)
		if unroll < 0 {
			return fmt.Errorf("block %q: unroll %d is none of %v", block.ID, block.Unroll, w.unrolls[t])
		}
		w.p[a.unroll] = unroll
		if err := w.clock(a.clock, block); err != nil {
			return err
		}
	default:
		slot, err := slotOf(&w.processors, at, w.slots.processors, "processors")
		if err != nil {
			return err
		}
		w.p[a.pe], hangs = slot, w.processor[slot]
	}
	if hangs.level != absent {
		w.p[hangs.level] = block.Level
	}
	return w.hang(hangs.bus, at)
}

// memory sets the axes of a memory.
func (w *pointer) memory(slot, at int) error {
	a := w.layout.memory[slot]
	if w.d.Blocks[at].Kind == soc.SRAM {
		w.p[a.kind] = 1
	}
	if err := w.channel(a, at); err != nil {
		return err
	}
	return w.hang(a.bus, at)
}

// hang sets the bus of a block.
func (w *pointer) hang(axis, at int) error {
	var on []int
	for _, next := range w.neighbours(at) {
		if slot := slices.Index(w.busses, next); slot >= 0 {
			on = append(on, slot)
		}
	}
	if len(on) != 1 {
		return fmt.Errorf("block %q hangs on %d buses of the tree: want one", w.d.Blocks[at].ID, len(on))
	}
	w.p[axis] = on[0]
	return nil
}

// channel sets width, clock and level of a memory or bus.
func (w *pointer) channel(a blockAxes, at int) error {
	block := w.d.Blocks[at]
	width := slices.Index(w.system.Library().WidthsBytes, block.WidthBytes)
	if width < 0 {
		return fmt.Errorf("block %q: width %d bytes is none of %v", block.ID, block.WidthBytes, w.system.Library().WidthsBytes)
	}
	w.p[a.width] = width
	if a.level != absent {
		w.p[a.level] = block.Level
	}
	return w.clock(a.clock, block)
}

func (w *pointer) clock(axis int, block soc.Block) error {
	clock := slices.Index(w.system.Library().ClockFactors, block.ClockFactor)
	if clock < 0 {
		return fmt.Errorf("block %q: clock factor %d is none of %v", block.ID, block.ClockFactor, w.system.Library().ClockFactors)
	}
	w.p[axis] = clock
	return nil
}
