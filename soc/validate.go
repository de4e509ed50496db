package soc

import (
	"fmt"
	"slices"
)

// bad notes a broken rule.
func (x *Scratch) bad(r Reason, format string, args ...any) {
	x.faults = append(x.faults, &Invalid{r, fmt.Sprintf(format, args...)})
}

// validate notes every broken rule that shows without routes, in the order of the rules.
func (x *Scratch) validate() {
	if x.validateForm(); len(x.faults) > 0 {
		return // the other rules take indices for granted
	}
	x.validateLinks()
	d, g := x.design, x.system.graph
	for t, pe := range d.TaskPE {
		if b := &d.Blocks[pe]; b.Kind == IP && b.Task != t {
			x.bad(TaskNotRunnable, "task %q is on %s, an accelerator of %q", g.Tasks[t].Name, b.ID, g.Tasks[b.Task].Name)
		}
	}
}

// validateForm notes what is wrong with lengths, indices, IDs and levels.
func (x *Scratch) validateForm() {
	d, g := x.design, x.system.graph
	if len(d.TaskPE) != len(g.Tasks) {
		x.bad(Malformed, "processors of %d tasks: the graph has %d", len(d.TaskPE), len(g.Tasks))
	}
	if len(d.FlowMemory) != len(g.Flows) {
		x.bad(Malformed, "memories of %d edges: the graph has %d", len(d.FlowMemory), len(g.Flows))
	}
	for i := range d.Blocks {
		x.validateBlock(i)
	}
	known := func(i int) bool { return i >= 0 && i < len(d.Blocks) }
	for _, l := range d.Links {
		if !known(l.A) || !known(l.B) {
			x.bad(Malformed, "link of the blocks %d and %d: there are %d", l.A, l.B, len(d.Blocks))
		}
	}
	for t, pe := range d.TaskPE {
		if !known(pe) || !d.Blocks[pe].Kind.IsPE() {
			x.bad(Malformed, "task %d is on block %d: want the index of a processor or accelerator", t, pe)
		}
	}
	for f, m := range d.FlowMemory {
		if !known(m) || !d.Blocks[m].Kind.IsMemory() {
			x.bad(Malformed, "data of edge %d is in block %d: want the index of a memory", f, m)
		}
	}
}

func (x *Scratch) validateBlock(i int) {
	d, s := x.design, x.system
	b := &d.Blocks[i]
	for j := range i {
		if d.Blocks[j].ID == b.ID {
			x.bad(Malformed, "two blocks have the ID %q", b.ID)
			break
		}
	}
	if b.Level < 0 || b.Level >= len(s.library.Levels) {
		x.bad(Malformed, "block %s has the voltage level %d: want 0 to %d", b.ID, b.Level, len(s.library.Levels)-1)
	}
	if b.Kind >= kinds {
		x.bad(Malformed, "block %s is of unknown kind %d", b.ID, b.Kind)
	}
	if b.Kind != GPP && !slices.Contains(s.library.ClockFactors, b.ClockFactor) {
		x.bad(Malformed, "block %s has the clock factor %d: known are %v", b.ID, b.ClockFactor, s.library.ClockFactors)
	}
	if (b.Kind.IsMemory() || b.Kind == Bus) && !slices.Contains(s.library.WidthsBytes, b.WidthBytes) {
		x.bad(Malformed, "block %s is %d bytes wide: known are %v", b.ID, b.WidthBytes, s.library.WidthsBytes)
	}
	if b.Kind != IP {
		return
	}
	switch {
	case b.Task < 0 || b.Task >= len(s.graph.Tasks):
		x.bad(Malformed, "block %s is an accelerator of task %d: the graph has %d", b.ID, b.Task, len(s.graph.Tasks))
	case s.graph.Tasks[b.Task].Accelerator.Cycles == 0:
		x.bad(Malformed, "block %s: there is no accelerator of task %q", b.ID, s.graph.Tasks[b.Task].Name)
	case b.Unroll < 1 || b.Unroll > max(s.graph.Tasks[b.Task].LoopIterations, 1):
		x.bad(Malformed, "block %s is unrolled %d times: want 1 to %d", b.ID, b.Unroll, max(s.graph.Tasks[b.Task].LoopIterations, 1))
	}
}

// validateLinks notes memories on several buses, links of a block to itself, and links that join what does not belong together.
func (x *Scratch) validateLinks() {
	d := x.design
	x.busOf = resize(x.busOf, len(d.Blocks), none)
	for _, l := range d.Links {
		for _, end := range [2]Link{l, {l.B, l.A}} {
			if !d.Blocks[end.A].Kind.IsMemory() || d.Blocks[end.B].Kind != Bus {
				continue
			}
			if was := x.busOf[end.A]; was != none && was != int32(end.B) {
				x.bad(MemoryOnTwoBuses, "memory %s is on the buses %s and %s", d.Blocks[end.A].ID, d.Blocks[was].ID, d.Blocks[end.B].ID)
			}
			x.busOf[end.A] = int32(end.B)
		}
	}
	for _, l := range d.Links {
		if l.A == l.B {
			x.bad(SelfLink, "block %s is linked to itself", d.Blocks[l.A].ID)
		}
	}
	for _, l := range d.Links {
		if l.A != l.B && d.Blocks[l.A].Kind != Bus && d.Blocks[l.B].Kind != Bus {
			x.bad(BadLink, "%s and %s are linked: one of two linked blocks is a bus", d.Blocks[l.A].ID, d.Blocks[l.B].ID)
		}
	}
}
